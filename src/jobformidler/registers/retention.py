"""What happens to periods, approvals and the dates counted from them: dates and kinds stay, texts go."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.retention import classify

WITHDRAWN = "withdrawn_at withdrawn_by_id"
DATES = "dates and kinds are the statistics"

classify("registers.Spell", title=_("Periods"), keep="citizen_id kind start end delivery_id", why=DATES)
classify(
    "registers.FleksjobApproval",
    title=_("Approvals to fleksjob"),
    keep="citizen_id approved_on ended_on delivery_id by_id",
    why=DATES,
)
classify(
    "registers.RuleChoice",
    keep="family rule_set parameters period old_cases_stay holder reason decided_on by_id",
    why="settings of the municipality; about nobody",
)
classify(
    "registers.Clock",
    title=_("Rights and duties by date"),
    keep="citizen_id approval_id rule_set cycle since until right_on right_days right_from duty_on duty_days duty_from"
    " readings",
    why=DATES,
)
classify(
    "registers.UnemploymentRun",
    title=_("Unbroken periods of unemployment"),
    keep="citizen_id since until half_on year_on",
    why=DATES,
)
classify(
    "registers.ReferralRequest",
    title=_("Requests for referral"),
    keep=f"{WITHDRAWN} citizen_id asked_on way by_id",
    anonymise="withdrawn_reason",
    why=DATES,
)
classify(
    "registers.Guidance", title=_("Guidance given"), keep="citizen_id about given_on way arises_on by_id", why=DATES
)
classify(
    "registers.ReferralDecision",
    title=_("Referrals decided"),
    keep=f"{WITHDRAWN} citizen_id basis decided_on legal_basis by_id",
    anonymise="withdrawn_reason reason",
    why=DATES,
)
