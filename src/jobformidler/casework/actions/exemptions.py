"""Leaving a citizen out of a share of the target group, by concrete assessment (RULE-01)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import authority
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.decision_enums import DecisionKind
from jobformidler.casework.enums import ShareOf
from jobformidler.casework.models import Case, Exemption
from jobformidler.casework.writing import tenant, told
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.rows import create


@action
def exempt(*, case: Case, about: str, reason: str, decided_on: dt.date, by: User | None, at: dt.datetime) -> Exemption:
    """Exempt the citizen from talks or from an offer, with the reason. Only an authority caseworker does.

    Raises ActionError without a reason, for a day to come, and for somebody exempted already.
    """
    allow(authority.may_decide(by, case, DecisionKind.OTHER, local_date(at)))
    check(about in ShareOf.values, _("Choose what the citizen is exempted from."), "about")
    check(reason.strip(), _("Write why, in a few words."), "reason")
    check(decided_on <= local_date(at), _("The day cannot lie ahead."), "decided_on")
    row = create(Exemption, **tenant(case), about=about, reason=reason.strip(), decided_on=decided_on, by=by)
    told(case, kinds.EXEMPTED, row, by=by, at=at, about=str(ShareOf(about).label))
    return row
