"""What changes of periods and approvals have in common."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.citizens.models import Citizen
from jobformidler.core.actions import check


def lock_citizen(citizen: Citizen) -> None:
    """One at a time for a citizen: two people entering overlapping periods at once must not both succeed."""
    Citizen.objects.select_for_update(of=("self",)).only("pk").get(pk=citizen.pk)


def check_reason(reason: str) -> None:
    """Raises ActionError without a reason."""
    check(reason.strip(), _("Write why, in a few words."), "reason")


def check_birth(citizen: Citizen, day: dt.date, field: str) -> None:
    """Raises ActionError on the form's `field` for a day before the citizen was born."""
    check(day >= citizen.birth_date, _("The day lies before the citizen was born."), field)
