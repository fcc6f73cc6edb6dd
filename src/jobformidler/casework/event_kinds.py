"""What can happen in a case, and how the timeline says it.

`who`, `citizen` and `user` in the sentences are filled in by the timeline from actor, citizen and payload.
"""

from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import ContactKind
from jobformidler.core.events import register_kind

OPENED = register_kind("case.opened", _("%(who)s opened the case of %(citizen)s"), group="case")
REACHED = register_kind("case.reached", _("%(citizen)s is now here: %(status)s"), group="case")
CLOSED = register_kind("case.closed", _("%(who)s closed the case: %(outcome)s"), group="case")
AFTERCARE = register_kind(
    "case.aftercare_begun", _("%(citizen)s is in work: %(outcome)s. The lifeline is open."), group="case"
)
REOPENED = register_kind("case.reopened", _("%(who)s reopened the case"), group="case")
NEXT_STEP_SET = register_kind("case.next_step_set", _("%(who)s set the next step"), group="case")
EFFORT_MODEL_SET = register_kind("case.effort_model_set", _("%(who)s chose a model of the effort"), group="case")

ASSIGNED = register_kind("case.assigned", _("%(user)s became %(role)s for %(citizen)s"), group="people")
COVERED = register_kind("case.covered", _("%(user)s covers for %(covered)s"), group="people")
ASSIGNMENT_ENDED = register_kind("case.assignment_ended", _("%(user)s is no longer %(role)s"), group="people")

FIRST_CONVERSATION_HELD = register_kind(
    "case.first_conversation_held", _("%(who)s held the first conversation with %(citizen)s"), group="conversation"
)
CONVERSATION_HELD = register_kind("case.conversation_held", _("%(who)s talked with %(citizen)s"), group="conversation")
CONTACT_MADE = register_kind("case.contact_made", _("%(who)s was in contact with %(with)s"), group="contact")
TASTER_VISIT_HELD = register_kind(
    "case.taster_visit_held", _("%(who)s and %(citizen)s were on a company visit"), group="contact"
)
FOLLOW_UP_HELD = register_kind(
    "case.follow_up_held", _("%(who)s followed up at the workplace with %(citizen)s"), group="conversation"
)
CONTACT_CORRECTED = register_kind("case.contact_corrected", _("%(who)s corrected a registration"), group="contact")
WITHDRAWN = register_kind("case.registration_withdrawn", _("%(who)s withdrew a registration"), group="other")

APPOINTMENT_PLANNED = register_kind("case.appointment_planned", _("%(who)s made an appointment"), group="contact")
APPOINTMENT_MOVED = register_kind("case.appointment_moved", _("%(who)s moved an appointment"), group="contact")
APPOINTMENT_CANCELLED = register_kind(
    "case.appointment_cancelled", _("%(who)s cancelled an appointment"), group="contact"
)

ENQUIRY_RECEIVED = register_kind("case.enquiry_received", _("%(sender)s wrote"), group="contact")
ENQUIRY_ANSWERED = register_kind("case.enquiry_answered", _("%(who)s answered %(sender)s"), group="contact")
CITIZEN_WROTE = register_kind("case.citizen_wrote", _("%(citizen)s wrote on the own pages: %(entry)s"), group="contact")
ENTRIES_READ = register_kind(
    "case.entries_read", _("%(who)s has read what %(citizen)s wrote on the own pages"), group="contact"
)
RHYTHM_AGREED = register_kind(
    "case.rhythm_agreed", _("%(who)s and %(citizen)s agreed to be in contact every %(days)s days"), group="contact"
)
MEETING_HOLDER_AGREED = register_kind(
    "case.meeting_holder_agreed", _("%(who)s decided who holds the contact meetings: %(holder)s"), group="contact"
)
EXEMPTED = register_kind(
    "case.exempted", _("%(who)s exempted %(citizen)s from the share of the target group: %(about)s"), group="case"
)
PROMISE_MADE = register_kind("case.promise_made", _("%(owner)s made a promise"), group="contact")
PROMISE_KEPT = register_kind("case.promise_kept", _("%(owner)s kept a promise"), group="contact")
INCIDENT_REPORTED = register_kind("case.incident_reported", _("%(who)s noted an event: %(incident)s"), group="contact")
NOTE_WRITTEN = register_kind("case.note_written", _("%(who)s wrote a note"), group="note")
NOTE_CORRECTED = register_kind("case.note_corrected", _("%(who)s corrected a note with a new one"), group="note")
DOCUMENT_ADDED = register_kind("case.document_added", _("%(who)s added a document"), group="note")
DOCUMENT_FORGOTTEN = register_kind(
    "case.document_forgotten", _("A document was removed because its time was over"), group="note"
)

PLAN_STARTED = register_kind("case.plan_started", _("%(who)s and %(citizen)s started the plan"), group="plan")
GOAL_SET = register_kind("case.goal_set", _("%(who)s and %(citizen)s set goal %(letter)s"), group="plan")
SUB_GOAL_ADDED = register_kind("case.sub_goal_added", _("%(who)s and %(citizen)s agreed a small step"), group="plan")
SUB_GOAL_EDITED = register_kind("case.sub_goal_edited", _("%(who)s and %(citizen)s changed a small step"), group="plan")
SUB_GOAL_MOVED = register_kind("case.sub_goal_moved", _("A small step now stands here: %(stand)s"), group="plan")
ACTIVITY_ADDED = register_kind("case.activity_added", _("%(who)s put an activity into the plan"), group="plan")
TRANSFERRED = register_kind("case.transferred", _("%(who)s transferred %(what)s to the case system"), group="other")

LETTERS_ORDERED = register_kind("case.letters_ordered", _("%(who)s ordered %(count)s letters"), group="other")
LETTERS_FETCHED = register_kind("case.letters_fetched", _("%(who)s fetched %(count)s letters to print"), group="other")

OF_CONTACT = {
    ContactKind.FIRST_CONVERSATION: FIRST_CONVERSATION_HELD,
    ContactKind.CONVERSATION: CONVERSATION_HELD,
    ContactKind.CONTACT: CONTACT_MADE,
    ContactKind.TASTER_VISIT: TASTER_VISIT_HELD,
    ContactKind.FOLLOW_UP: FOLLOW_UP_HELD,
}

#: Kinds after which the case's attention list is looked at again.
MOVING = (
    OPENED,
    REACHED,
    CLOSED,
    AFTERCARE,
    REOPENED,
    NEXT_STEP_SET,
    ASSIGNED,
    COVERED,
    ASSIGNMENT_ENDED,
    *OF_CONTACT.values(),
    CONTACT_CORRECTED,
    WITHDRAWN,
    APPOINTMENT_PLANNED,
    APPOINTMENT_MOVED,
    APPOINTMENT_CANCELLED,
    ENQUIRY_RECEIVED,
    ENQUIRY_ANSWERED,
    CITIZEN_WROTE,
    ENTRIES_READ,
    RHYTHM_AGREED,
    MEETING_HOLDER_AGREED,
    PROMISE_MADE,
    PROMISE_KEPT,
)
