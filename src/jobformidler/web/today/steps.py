"""From what waits to the form that answers it, and whether that form opens in the row."""

from urllib.parse import quote

from jobformidler.casework.models import Attention
from jobformidler.web.cases import reasons
from jobformidler.web.cases.words import link

#: Steps of placements: code → page, and whether it is asked for by the placement or by the case.
PLACEMENT_PAGES = {
    "approve": ("agreement", "placement"),
    "start": ("agreement", "placement"),
    "remind": ("agreement", "placement"),
    "agreement": ("agreement", "placement"),
    "agree_step": ("follow_up", "placement"),
    "follow_up": ("follow_up", "placement"),
    "hours": ("hours", "placement"),
    "placement_end": ("placement_end", "placement"),
    "place_match": ("place_match", "case"),
    "update_cv": ("case_cv", "case"),
}
#: Steps whose form is short enough to be answered in the row itself.
IN_PLACE = frozenset(
    {
        "answer_enquiry",
        "keep_promise",
        "register_contact",
        "register_next_step",
        "register_appointment",
        "plan_first_conversation",
        "assign_jobformidler",
        "close_case",
    }
)


def address(code: str, row: Attention, back: str) -> str:
    """Where the step is taken, with the way back to the list; empty when this installation has no such page."""
    if code in PLACEMENT_PAGES:
        name, of = PLACEMENT_PAGES[code]
        url = link(name, row.subject_id if of == "placement" else row.case_id)
    else:
        url = reasons.address(code, row)
    return f"{url}?next={quote(back, safe='/')}" if url else ""
