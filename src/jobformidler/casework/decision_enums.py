"""Fixed choices of decisions, hearings and complaints."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DecisionKind(TextChoices):
    """What can be decided; who may is the table in `authority.py`."""

    PLACEMENT_APPROVAL = "placement_approval", _("approval of a placement")
    FLEKSJOB_APPROVAL = "fleksjob_approval", _("approval to fleksjob")
    REFERRAL = "referral", _("referral to another provider")
    PLAN_DUTY = "plan_duty", _("duty to take part in an offer")
    AVAILABILITY = "availability", _("assessment of availability")
    SANCTION = "sanction", _("consequence for the benefit")
    AID_GRANT = "aid_grant", _("grant of aid or mentor")
    PENSION_CASE = "pension_case", _("start of a case about førtidspension")
    EFFORT_COMPLAINT = "effort_complaint", _("answer to a complaint about the effort")
    OTHER = "other", _("another decision")


class DecisionStatus(TextChoices):
    """Where a decision is."""

    RECOMMENDED = "recommended", _("Recommended, awaits the caseworker")
    DRAFT = "draft", _("Being prepared")
    HEARING = "hearing", _("Being heard with the citizen")
    READY = "ready", _("Heard, ready to be decided")
    DECIDED = "decided", _("Decided, not delivered")
    DELIVERED = "delivered", _("Delivered")
    REMITTED = "remitted", _("Sent back by Ankestyrelsen")
    REPLACED = "replaced", _("Replaced by a new decision")
    REJECTED = "rejected", _("Recommendation not followed")
    DROPPED = "dropped", _("Not made after all")


#: Preparing; still nothing decided.
PREPARING = (DecisionStatus.DRAFT, DecisionStatus.HEARING, DecisionStatus.READY)
#: Decided by somebody with authority, whatever came after.
AFTER_DECIDED = (
    DecisionStatus.DECIDED,
    DecisionStatus.DELIVERED,
    DecisionStatus.REMITTED,
    DecisionStatus.REPLACED,
)
#: What "Til afgørelse" lists.
WAITING = (DecisionStatus.RECOMMENDED, *PREPARING, DecisionStatus.DECIDED, DecisionStatus.REMITTED)


class Answer(TextChoices):
    """What the decision says. All but the first is a burden for the citizen: hearing, reasons, guidance on complaint."""

    GRANTED = "granted", _("granted in full")
    PARTLY = "partly", _("granted in part")
    REFUSED = "refused", pgettext_lazy("decision", "refused")
    IMPOSED = "imposed", _("imposed on the citizen")


class Delivery(TextChoices):
    """How a decision reached the citizen."""

    DIGITAL = "digital", _("Digital Post")
    LETTER = "letter", _("letter by mail")
    HANDED = "handed", _("handed over")


class ComplaintStatus(TextChoices):
    """Where a complaint is (GOV-10)."""

    RECEIVED = "received", _("Received, is looked at again")
    REASSESSED = "reassessed", _("Looked at again, the decision stands")
    FORWARDED = "forwarded", _("Sent to Ankestyrelsen")
    CLOSED = "closed", _("Ended")


class ComplaintOutcome(TextChoices):
    """How a complaint ended."""

    CHANGED = "changed", _("the municipality changed its decision")
    UPHELD = "upheld", _("the decision stands")
    OVERTURNED = "overturned", _("Ankestyrelsen changed the decision")
    REMITTED = "remitted", _("Ankestyrelsen sent the decision back")
    WITHDRAWN = "withdrawn", _("the complaint was withdrawn")
    DISMISSED = "dismissed", _("the complaint could not be taken")
