"""The states of a case as a table (Part 3.1). A case may run past steps: place first, train there, is allowed."""

from django.utils.translation import gettext_lazy as _

from jobformidler.casework import decision_transitions  # noqa: F401 - imported for its tables
from jobformidler.casework.enums import ACTIVE, OPEN, CaseStatus
from jobformidler.casework.perms import STEERERS, SYSTEM
from jobformidler.core.transitions import table

CASE = table("casework.case")

#: What happens on its own, in order: each from any earlier state.
STEPS = {
    CaseStatus.ASSIGNED: ("assign", _("A jobformidler is named")),
    CaseStatus.FIRST_CONVERSATION: ("hold_first_conversation", _("The first conversation is held")),
    CaseStatus.CV_STARTED: ("start_cv", _("The CV is started")),
    CaseStatus.PLAN_MADE: ("make_plan", _("The first goal is set")),
    CaseStatus.COMPANY_VISIT: ("visit_company", _("A company is visited")),
    CaseStatus.MATCHED: ("find_match", _("A match is found")),
    CaseStatus.IN_PLACEMENT: ("start_placement", _("A placement starts")),
    CaseStatus.ORDINARY_HOURS: ("earn_hours", _("The first paid hours are worked")),
    CaseStatus.IN_JOB: ("get_job", _("A job, fleksjob or education begins")),
}
_way = (*ACTIVE, CaseStatus.IN_JOB)
for _status, (_name, _label) in STEPS.items():
    CASE.add(_name, _label, _way[: _way.index(_status)], _status, who=[SYSTEM])

_steerers = sorted(str(power) for power in STEERERS)
CASE.add("begin_aftercare", _("Close with a job; the lifeline stays open"), _way, CaseStatus.AFTERCARE, who=_steerers)
CASE.add("close", _("Close the case"), OPEN, CaseStatus.CLOSED, who=_steerers)
CASE.add(
    "reopen",
    _("Reopen the case"),
    (CaseStatus.CLOSED, CaseStatus.AFTERCARE),
    CaseStatus.CREATED,
    who=_steerers,
    needs_reason=True,
)
