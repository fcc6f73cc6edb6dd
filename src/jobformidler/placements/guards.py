"""Guards placements put on the states of a case."""

from django.utils.translation import gettext as _

from jobformidler.casework.models import Case
from jobformidler.placements.models import Placement


def nothing_under_way(case: Case) -> str | None:
    """A case is not closed while a placement is under way."""
    running = Placement.objects.running().filter(case=case).select_related("workplace").first()
    if running is None:
        return None
    return _("The placement at %(workplace)s is under way. End it first.") % {"workplace": running.workplace.name}
