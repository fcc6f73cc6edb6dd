"""What following a recommendation about a placement does."""

import datetime as dt

from jobformidler.accounts.models import User
from jobformidler.placements.actions.approval import approve
from jobformidler.placements.models import Placement


def follow_recommendation(placement_id: int, by: User, at: dt.datetime) -> Placement:
    """The caseworker follows a recommendation: the placement is approved."""
    return approve(placement=Placement.objects.get(pk=placement_id), by=by, at=at)
