"""The Friday question to a workplace: was the week as planned? (PLC-24)"""

import datetime as dt

from jobformidler.core.actions import action, check
from jobformidler.placements import links
from jobformidler.placements.actions.signing import renew_link
from jobformidler.placements.enums import Party
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import Placement, SignedLink


@action
def ask_for_hours(*, placement: Placement, at: dt.datetime) -> SignedLink | None:
    """Send the contact person a fresh link to the week; None when no address is known: then the work list asks.

    Raises ActionError where the municipality has switched the question off, and within minutes of another link.
    """
    check(placement.case.municipality.hours_reminder, "The municipality does not ask.")
    if not links.reach(placement, Party.EMPLOYER, LinkPurpose.HOURS):
        return None
    return renew_link(placement=placement, party=Party.EMPLOYER, purpose=LinkPurpose.HOURS, at=at)
