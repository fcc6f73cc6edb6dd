"""Every write of casework, by topic."""

from jobformidler.casework.actions.appointments import (
    cancel_appointment,
    move_appointment,
    plan_appointment,
    plan_meetings,
)
from jobformidler.casework.actions.assignments import assign, cover, end_assignment
from jobformidler.casework.actions.cases import close_case, open_case, reopen_case
from jobformidler.casework.actions.complaints import end_complaint, forward_complaint, let_stand, receive_complaint
from jobformidler.casework.actions.contacts import correct_contact, register_contact
from jobformidler.casework.actions.corrections import mark_transferred, withdraw
from jobformidler.casework.actions.decisions import (
    accept_recommendation,
    correct_decision,
    decide,
    decide_at_once,
    deliver_decision,
    drop_decision,
    edit_decision,
    prepare_decision,
    reject_recommendation,
    take_up_again,
)
from jobformidler.casework.actions.documents import add_document, forget_document
from jobformidler.casework.actions.enquiries import answer_enquiry, receive_enquiry
from jobformidler.casework.actions.exemptions import exempt
from jobformidler.casework.actions.guidance import fetch_letters, order_letters, send_guidance
from jobformidler.casework.actions.hearings import answer_hearing, end_hearing, extend_hearing, send_hearing
from jobformidler.casework.actions.notes import report_incident, write_note
from jobformidler.casework.actions.own import (
    add_own_competence,
    comment_own,
    propose_company,
    read_entries,
    take_own_away,
    write_own_wish,
)
from jobformidler.casework.actions.plans import (
    add_activity,
    add_sub_goal,
    edit_sub_goal,
    move_sub_goal,
    set_goal,
    start_plan,
)
from jobformidler.casework.actions.presenting import present_citizen
from jobformidler.casework.actions.promises import add_promise, agree_meeting_holder, agree_rhythm, keep_promise
from jobformidler.casework.actions.referrals import refer
from jobformidler.casework.actions.states import reach, set_effort_model, set_next_step, settle
from jobformidler.casework.actions.target import (
    answer_pension_question,
    note_education,
    note_effort,
    note_group,
    note_match,
    note_review,
    word_group,
)
from jobformidler.casework.writing import Person

__all__ = [
    "Person",
    "accept_recommendation",
    "add_activity",
    "add_document",
    "add_own_competence",
    "add_promise",
    "add_sub_goal",
    "agree_meeting_holder",
    "agree_rhythm",
    "answer_enquiry",
    "answer_hearing",
    "answer_pension_question",
    "assign",
    "cancel_appointment",
    "close_case",
    "comment_own",
    "correct_contact",
    "correct_decision",
    "cover",
    "decide",
    "decide_at_once",
    "deliver_decision",
    "drop_decision",
    "edit_decision",
    "edit_sub_goal",
    "end_assignment",
    "end_complaint",
    "end_hearing",
    "exempt",
    "extend_hearing",
    "fetch_letters",
    "forget_document",
    "forward_complaint",
    "keep_promise",
    "let_stand",
    "mark_transferred",
    "move_appointment",
    "move_sub_goal",
    "note_education",
    "note_effort",
    "note_group",
    "note_match",
    "note_review",
    "open_case",
    "order_letters",
    "plan_appointment",
    "plan_meetings",
    "prepare_decision",
    "present_citizen",
    "propose_company",
    "reach",
    "read_entries",
    "receive_complaint",
    "receive_enquiry",
    "refer",
    "register_contact",
    "reject_recommendation",
    "reopen_case",
    "report_incident",
    "send_guidance",
    "send_hearing",
    "set_effort_model",
    "set_goal",
    "set_next_step",
    "settle",
    "start_plan",
    "take_own_away",
    "take_up_again",
    "withdraw",
    "word_group",
    "write_note",
    "write_own_wish",
]
