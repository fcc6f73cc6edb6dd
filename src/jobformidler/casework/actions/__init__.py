"""Every write of casework, by topic."""

from jobformidler.casework.actions.appointments import cancel_appointment, move_appointment, plan_appointment
from jobformidler.casework.actions.assignments import assign, cover, end_assignment
from jobformidler.casework.actions.cases import close_case, open_case, reopen_case
from jobformidler.casework.actions.contacts import correct_contact, register_contact
from jobformidler.casework.actions.corrections import mark_transferred, withdraw
from jobformidler.casework.actions.enquiries import answer_enquiry, known_email, receive_enquiry
from jobformidler.casework.actions.notes import report_incident, write_note
from jobformidler.casework.actions.plans import (
    add_activity,
    add_sub_goal,
    edit_sub_goal,
    move_sub_goal,
    set_goal,
    start_plan,
)
from jobformidler.casework.actions.promises import add_promise, agree_rhythm, keep_promise
from jobformidler.casework.actions.states import reach, set_effort_model, set_next_step, settle
from jobformidler.casework.writing import Person

__all__ = [
    "Person",
    "add_activity",
    "add_promise",
    "add_sub_goal",
    "agree_rhythm",
    "answer_enquiry",
    "assign",
    "cancel_appointment",
    "close_case",
    "correct_contact",
    "cover",
    "edit_sub_goal",
    "end_assignment",
    "keep_promise",
    "known_email",
    "mark_transferred",
    "move_appointment",
    "move_sub_goal",
    "open_case",
    "plan_appointment",
    "reach",
    "receive_enquiry",
    "register_contact",
    "reopen_case",
    "report_incident",
    "set_effort_model",
    "set_goal",
    "set_next_step",
    "settle",
    "start_plan",
    "withdraw",
    "write_note",
]
