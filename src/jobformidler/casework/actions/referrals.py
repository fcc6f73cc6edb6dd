"""Referral to another provider: the ground in the registers and the decision about it are made together (RULE-05, D.1-36)."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.actions.decisions import decide_at_once
from jobformidler.casework.decision_enums import Answer, DecisionKind
from jobformidler.casework.models import Case, Decision
from jobformidler.casework.referral_words import facts, true_reason
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.registers.actions import decide_referral
from jobformidler.registers.models import ReferralRequest
from jobformidler.registers.perms import may_refer

TITLE_LENGTH = 160


@action
def refer(
    *,
    cases: Sequence[Case],
    basis: str,
    decided_on: dt.date,
    by: User,
    at: dt.datetime,
    reason: str = "",
    legal_basis: str = "",
    no_hearing_reason: str = "",
) -> list[Decision]:
    """Decide that the citizens are to be referred, on this ground; also many at once. Returns the new decisions.

    Who has asked gets what was asked for; for others it is imposed, and the decision says how they were heard or why
    not. The letter is made by a job. Who is to be referred already keeps that decision. Raises PermissionDenied for
    whoever does not decide, ActionError where the ground lacks its request, its reason or the words about the hearing.
    """
    for case in cases:
        allow(may_refer(by, case.citizen, local_date(at)))
    by_citizen = {case.citizen_id: case for case in cases}
    asked = set(
        ReferralRequest.objects.filter(citizen__in=list(by_citizen), withdrawn_at=None).values_list(
            "citizen", flat=True
        )
    )
    imposed = set(by_citizen) - asked
    check(
        not imposed or no_hearing_reason.strip(),
        _("Write how the citizen was heard, or why it is not needed."),
        "no_hearing_reason",
    )
    made = []
    for row in decide_referral(
        citizens=[case.citizen for case in cases],
        basis=basis,
        decided_on=decided_on,
        reason=reason,
        legal_basis=legal_basis,
        by=by,
        at=at,
    ):
        case = by_citizen[row.citizen_id]
        burden = row.citizen_id in imposed
        made.append(
            decide_at_once(
                case=case,
                kind=DecisionKind.REFERRAL,
                title=_("Referral to another provider")[:TITLE_LENGTH],
                subject=row,
                outcome=Answer.IMPOSED if burden else Answer.GRANTED,
                paragraph=legal_basis.strip()[:80],
                facts=facts(case, basis, decided_on),
                reasons=true_reason(basis, reason),
                no_hearing_reason=no_hearing_reason.strip() if burden else "",
                by=by,
                at=at,
            )
        )
    return made
