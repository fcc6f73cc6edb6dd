"""Events of placements, with the sentence each shows in the timeline."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

PROPOSED = register_kind("placement.proposed", _("%(workplace)s was proposed"), group="placement")
DIALOGUE = register_kind("placement.dialogue_opened", _("The dialogue with %(workplace)s began"), group="placement")
DROPPED = register_kind("placement.dropped", _("The placement at %(workplace)s came to nothing"), group="placement")
DRAFTED = register_kind(
    "placement.agreement_drafted", _("An agreement with %(workplace)s was begun"), group="placement"
)
CHANGED = register_kind(
    "placement.agreement_changed", _("The agreement with %(workplace)s was changed"), group="placement"
)
SENT = register_kind(
    "placement.agreement_sent", _("Version %(number)s of the agreement was sent for signature"), group="placement"
)
READ = register_kind("placement.agreement_read", _("%(name)s read version %(number)s"), group="placement")
CONFIRMED = register_kind("placement.agreement_confirmed", _("%(name)s signed version %(number)s"), group="placement")
SIGNED_BY_ALL = register_kind("placement.agreement_signed", _("Everybody has signed the agreement"), group="placement")
LINK_SENT = register_kind("placement.link_sent", _("A new link was sent to %(name)s"), group="placement")
LINK_REVOKED = register_kind("placement.link_revoked", _("A link was made invalid"), group="placement")
APPROVED = register_kind(
    "placement.approved", _("The municipality approved the placement at %(workplace)s"), group="placement"
)
SENT_BACK = register_kind("placement.sent_back", _("The agreement was sent back to be changed"), group="placement")
STARTED = register_kind("placement.started", _("The placement at %(workplace)s started"), group="placement")
HOURS_REPORTED = register_kind(
    "placement.hours_reported",
    _("Week %(week_number)s: %(paid)s paid hours, %(unpaid)s internship hours"),
    group="hours",
)
HOURS_CORRECTED = register_kind(
    "placement.hours_corrected",
    _("Week %(week_number)s was corrected: %(paid)s paid hours, %(unpaid)s internship hours"),
    group="hours",
)
HOURS_WITHDRAWN = register_kind(
    "placement.hours_withdrawn", _("The hours of week %(week_number)s were withdrawn"), group="hours"
)
FIRST_HOURS = register_kind("placement.first_hours", _("The first paid hours at %(workplace)s"), group="hours")
HOURS_GONE = register_kind(
    "placement.hours_gone", _("After a correction there are no paid hours at %(workplace)s yet"), group="hours"
)
STEP_REACHED = register_kind("placement.step_reached", _("%(hours)s paid hours a week were reached"), group="hours")
STEP_MASTERED = register_kind("placement.step_mastered", _("Mastered: %(task)s"), group="hours")
STEP_AGREED = register_kind("placement.step_agreed", _("A date was agreed for %(hours)s paid hours"), group="hours")
STEP_ADDED = register_kind("placement.step_added", _("The next step is %(hours)s paid hours"), group="hours")
STEP_DROPPED = register_kind(
    "placement.step_dropped", _("The step to %(hours)s paid hours was given up"), group="hours"
)
STEPS_SET = register_kind("placement.steps_set", _("The plan for paid hours was written"), group="hours")
FOLLOWED_UP = register_kind("placement.followed_up", _("Follow-up at %(workplace)s"), group="contact")
EXTENDED = register_kind("placement.extended", _("The placement at %(workplace)s was extended"), group="placement")
CONVERTED = register_kind("placement.converted", _("The placement at %(workplace)s became a job"), group="placement")
COMPLETED = register_kind("placement.completed", _("The placement at %(workplace)s was completed"), group="placement")
SWITCHED = register_kind(
    "placement.switched", _("The placement at %(workplace)s ended, a new workplace is being found"), group="placement"
)
STOPPED = register_kind("placement.stopped", _("The placement at %(workplace)s stopped"), group="placement")
CV_DUE = register_kind("placement.cv_update_due", _("The CV is to be updated after %(workplace)s"), group="placement")
TRANSFERRED = register_kind(
    "placement.transferred", _("%(who)s transferred the placement to the case system"), group="other"
)
VITAS = register_kind("placement.vitas_set", _("VITAS: %(status)s"), group="placement")
CARD_COMPOSED = register_kind(
    "placement.card_composed", _("A disclosure card for %(workplace)s was composed"), group="placement"
)
CARD_APPROVED = register_kind(
    "placement.card_approved", _("%(citizen)s approved the disclosure card for %(workplace)s"), group="placement"
)
CARD_SENT = register_kind(
    "placement.card_sent", _("The disclosure card was sent to %(name)s at %(workplace)s"), group="placement"
)
CARD_READ = register_kind(
    "placement.card_read", _("%(name)s at %(workplace)s read the disclosure card"), group="placement"
)
CARD_WITHDRAWN = register_kind(
    "placement.card_withdrawn", _("The disclosure card for %(workplace)s was taken back"), group="placement"
)
STORY_WRITTEN = register_kind("placement.story_written", _("%(who)s wrote a success story"), group="other")
STORY_AGREED = register_kind("placement.story_agreed", _("%(workplace)s said yes to a success story"), group="other")
STORY_PUBLISHED = register_kind("placement.story_published", _("A success story was published"), group="other")
STORY_TAKEN_DOWN = register_kind("placement.story_taken_down", _("A success story was taken down"), group="other")

#: The events that end a placement.
ENDINGS = (CONVERTED, COMPLETED, SWITCHED, STOPPED)

#: Events after which the work list of the case is looked at again.
MOVING = (
    DIALOGUE,
    DROPPED,
    DRAFTED,
    CHANGED,
    SENT,
    CONFIRMED,
    SIGNED_BY_ALL,
    APPROVED,
    SENT_BACK,
    STARTED,
    HOURS_REPORTED,
    HOURS_CORRECTED,
    HOURS_WITHDRAWN,
    STEP_MASTERED,
    STEP_AGREED,
    STEP_ADDED,
    STEP_DROPPED,
    STEPS_SET,
    FOLLOWED_UP,
    EXTENDED,
    *ENDINGS,
)
