"""What can happen to decisions and complaints, and how the timeline says it. No payload holds what was decided and why."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

RECOMMENDED = register_kind("decision.recommended", _("%(who)s recommended: %(what)s"), group="case")
PREPARED = register_kind("decision.prepared", _("%(who)s began to prepare a decision: %(what)s"), group="case")
FOLLOWED = register_kind("decision.followed", _("%(who)s follows the recommendation: %(what)s"), group="case")
REJECTED = register_kind("decision.rejected", _("%(who)s did not follow the recommendation: %(what)s"), group="case")
EDITED = register_kind("decision.edited", _("%(who)s wrote on the decision: %(what)s"), group="case")
HEARING_SENT = register_kind(
    "decision.hearing_sent", _("%(citizen)s is heard before the decision: %(what)s"), group="case"
)
HEARING_EXTENDED = register_kind(
    "decision.hearing_extended", _("%(citizen)s got more time to answer: %(what)s"), group="case"
)
HEARING_ANSWERED = register_kind(
    "decision.hearing_answered", _("%(citizen)s answered the hearing: %(what)s"), group="case"
)
HEARING_ENDED = register_kind("decision.hearing_ended", _("The hearing is over: %(what)s"), group="case")
DECIDED = register_kind("decision.decided", _("%(who)s decided: %(what)s"), group="case")
DELIVERED = register_kind("decision.delivered", _("The decision is delivered: %(what)s"), group="case")
CORRECTED = register_kind(
    "decision.corrected", _("%(who)s corrected an obvious error in a letter: %(what)s"), group="case"
)
REPLACING = register_kind("decision.replacing", _("%(who)s takes the decision up again: %(what)s"), group="case")
DROPPED = register_kind("decision.dropped", _("%(who)s gave up a decision: %(what)s"), group="case")
COMPLAINT_RECEIVED = register_kind("decision.complaint_received", _("%(citizen)s complained: %(what)s"), group="case")
COMPLAINT_STANDS = register_kind(
    "decision.complaint_stands", _("%(who)s looked at the case again, the decision stands: %(what)s"), group="case"
)
COMPLAINT_FORWARDED = register_kind(
    "decision.complaint_forwarded", _("The complaint was sent to Ankestyrelsen: %(what)s"), group="case"
)
COMPLAINT_ENDED = register_kind("decision.complaint_ended", _("The complaint ended: %(what)s"), group="case")

ALL = (
    RECOMMENDED,
    PREPARED,
    FOLLOWED,
    REJECTED,
    EDITED,
    HEARING_SENT,
    HEARING_EXTENDED,
    HEARING_ANSWERED,
    HEARING_ENDED,
    DECIDED,
    DELIVERED,
    CORRECTED,
    REPLACING,
    DROPPED,
    COMPLAINT_RECEIVED,
    COMPLAINT_STANDS,
    COMPLAINT_FORWARDED,
    COMPLAINT_ENDED,
)
