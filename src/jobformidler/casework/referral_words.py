"""What the decision of a referral says: its true reason and the facts it rests on (D.1-36)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.casework.models import Case
from jobformidler.casework.words import exact_day
from jobformidler.registers.enums import ReferralBasis
from jobformidler.registers.models import Clock


def true_reason(basis: str, reason: str) -> str:
    """Why the citizen is referred, as the letter says it: asked, a year, or what the municipality judges (D.1-36)."""
    said = {
        ReferralBasis.RIGHT: _("You have asked for it yourself."),
        ReferralBasis.DUTY: _("You have been unemployed for a year."),
        ReferralBasis.OWN: _("We judge that another provider can do something that fits your goal."),
    }[ReferralBasis(basis)]
    return f"{said} {reason.strip()}".strip()


def facts(case: Case, basis: str, day: dt.date) -> str:
    """What the decision rests on, from the clock: when the right arose or the year was full. One query."""
    row = Clock.objects.filter(citizen=case.citizen_id).running_on(day).order_by("-since", "-cycle").first()
    if basis == ReferralBasis.RIGHT and row is not None and row.right_on is not None:
        return _("The right arose on %(day)s.") % {"day": exact_day(row.right_on)}
    if basis == ReferralBasis.DUTY and row is not None and row.duty_on is not None:
        return _("You had been unemployed for a year on %(day)s.") % {"day": exact_day(row.duty_on)}
    return _("You are approved to fleksjob and registered with us as unemployed.") if row else _("Your case with us.")
