"""Work of casework that waits for a day."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jobformidler.casework.actions.states import reach
from jobformidler.casework.attention import rebuild, refresh
from jobformidler.casework.enums import CaseRole, CaseStatus
from jobformidler.casework.models import Assignment
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality


@app.task(name="casework.begin_assignment", retry=RetryStrategy(max_attempts=3, exponential_wait=2))
def begin_assignment(assignment_id: int, municipality_id: int) -> None:
    """On the first day of an assignment made in advance: move the state and the work list to the new holder."""
    municipality = Municipality.objects.get(pk=municipality_id)
    with db.enter(municipality, reason="an assignment begins"):
        now = clock.now()
        found = Assignment.objects.active_on(clock.local_date(now)).filter(pk=assignment_id).select_related("case")
        for assignment in found:
            if assignment.role == CaseRole.JOBFORMIDLER:
                reach(case=assignment.case, status=CaseStatus.ASSIGNED, at=now, by=None)
            refresh([assignment.case_id], clock.local_date(now))


@app.task(name="casework.begin_rules", retry=RetryStrategy(max_attempts=3, exponential_wait=2))
def begin_rules(municipality_id: int) -> None:
    """On the first day of rules chosen in advance: make the work lists anew."""
    municipality = Municipality.objects.get(pk=municipality_id)
    with db.enter(municipality, reason="rules begin"):
        rebuild(clock.today())
