"""From what waits in a case to the page that answers it."""

from jobformidler.casework.models import Attention
from jobformidler.web.cases.words import link

#: Code of the step → name of the page, and whether it is asked for by the case or by what waits.
PAGES = {
    "answer_enquiry": ("enquiry_answer", "subject"),
    "keep_promise": ("promise_keep", "both"),
    "register_contact": ("case_contact", "case"),
    "register_next_step": ("case_contact", "case"),
    "register_appointment": ("case_conversation", "case"),
    "assign_jobformidler": ("case_assign", "case"),
    "plan_first_conversation": ("case_appointment", "case"),
    "start_cv": ("case_cv", "case"),
    "close_case": ("case_close", "case"),
}
#: Pages that ask for the placement that waits.
OF_PLACEMENT = ("agreement", "hours", "follow_up", "placement_end")


def address(code: str, row: Attention) -> str:
    """Where the step with this code is taken; the list of placements for a step this screen does not know."""
    name, of = PAGES.get(code, ("", ""))
    if not name and code in OF_PLACEMENT and row.subject_id:
        return link(code, row.subject_id)
    if not name:
        return link("case_placements", row.case_id)
    if of == "both":
        return link(name, row.case_id, row.subject_id)
    return link(name, row.subject_id if of == "subject" else row.case_id)
