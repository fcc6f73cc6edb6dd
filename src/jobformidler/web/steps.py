"""From what waits to the page that answers it; one mapping for the work list and for the first page of a case."""

from urllib.parse import quote

from django.urls import reverse

from jobformidler.casework.models import Attention

#: Code of the step → name of the page, and what it is asked for by: the case, what waits, or both.
PAGES = {
    "answer_enquiry": ("enquiry_answer", "subject"),
    "keep_promise": ("promise_keep", "both"),
    "read_entries": ("case_entries", "case"),
    "register_contact": ("case_contact", "case"),
    "register_next_step": ("case_contact", "case"),
    "register_appointment": ("case_conversation", "case"),
    "assign_jobformidler": ("case_assign", "case"),
    "plan_first_conversation": ("case_appointment", "case"),
    "plan_meeting": ("case_appointment", "case"),
    "start_cv": ("case_cv", "case"),
    "update_cv": ("case_cv", "case"),
    "close_case": ("case_close", "case"),
    "place_match": ("place_match", "case"),
    "decision": ("decision", "subject"),
    "complaint": ("complaint", "subject"),
    "refer": ("case_refer", "case"),
    "clock": ("case_clock", "case"),
    # what waits is the placement
    "approve": ("agreement", "subject"),
    "start": ("agreement", "subject"),
    "remind": ("agreement", "subject"),
    "agreement": ("agreement", "subject"),
    "agree_step": ("follow_up", "subject"),
    "follow_up": ("follow_up", "subject"),
    "hours": ("hours", "subject"),
    "placement_end": ("placement_end", "subject"),
}
#: Steps whose form is short enough to be answered in the row of a list itself.
IN_PLACE = frozenset(
    {
        "answer_enquiry",
        "keep_promise",
        "register_contact",
        "register_next_step",
        "register_appointment",
        "plan_first_conversation",
        "plan_meeting",
        "assign_jobformidler",
        "close_case",
    }
)


def address(row: Attention, code: str, back: str = "") -> str:
    """Where the step `code` of what waits is taken, with the way back to the list it was taken from.

    Raises KeyError for a step without a page: a reason comes with its page, and a test holds the two together.
    """
    name, asked_by = PAGES[code]
    args = {"case": [row.case_id], "subject": [row.subject_id], "both": [row.case_id, row.subject_id]}[asked_by]
    asked = [f"aftale={row.subject_id}"] if code == "register_appointment" else []
    if back:
        asked.append(f"next={quote(back, safe='/')}")
    return "?".join(filter(None, (reverse(name, args=args), "&".join(asked))))
