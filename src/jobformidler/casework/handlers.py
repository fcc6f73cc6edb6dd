"""What casework does when something has happened: state and work list follow."""

import datetime as dt

from jobformidler.casework import (  # noqa: F401 - imported for their registrations
    decision_reasons,
    details,
    entry_reasons,
    meeting_reasons,
    met,
    reasons,
    referral_handlers,
    referral_reasons,
)
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.actions import reach, settle
from jobformidler.casework.attention import rebuild, refresh_on
from jobformidler.casework.enums import OPEN, CaseStatus
from jobformidler.casework.models import Case
from jobformidler.casework.next_steps import start_of_the_cv
from jobformidler.casework.tasks import begin_assignment, begin_rules
from jobformidler.citizens import event_kinds as citizen_kinds
from jobformidler.core import clock
from jobformidler.core.events import handles
from jobformidler.core.models import Event, Municipality
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.event_kinds import RULES_CHOSEN


def _open_cases(event: Event) -> list[Case]:
    if event.citizen_id is None:
        return []
    return list(Case.objects.filter(citizen_id=event.citizen_id, status__in=OPEN))


@handles(citizen_kinds.CV_STARTED, citizen_kinds.CV_UPDATED, at_once=True)
def move_to_cv_started(event: Event) -> None:
    """A started CV brings the citizen's open case to "CV under way" and is the step to start it (CV-01)."""
    for case in _open_cases(event):
        start_of_the_cv(case)
        reach(case=case, status=CaseStatus.CV_STARTED, at=event.at, by=event.actor)


@handles(citizen_kinds.REGISTRATION_WITHDRAWN, at_once=True)
def follow_withdrawn_cv(event: Event) -> None:
    """Without its CV a case goes back to what the other evidence supports."""
    if event.payload.get("what") == "cv":
        for case in _open_cases(event):
            settle(case=case, at=event.at, by=event.actor)


@handles(kinds.ASSIGNED, at_once=True)
def prepare_coming_assignment(event: Event) -> None:
    """Somebody who takes over on a coming day gets state and work list on that day."""
    since = dt.date.fromisoformat(event.payload["since"])
    if since <= clock.local_date(event.at):
        return
    municipality = Municipality.objects.get(pk=event.municipality_id)
    moment = clock.at_time(since, 0) - (municipality.clock_shift or dt.timedelta(0))
    begin_assignment.configure(schedule_at=moment).defer(
        assignment_id=event.subject_id, municipality_id=event.municipality_id
    )


@handles(RULES_CHOSEN)
def follow_contact_rules(event: Event) -> None:
    """Other rules of contact meetings give everybody other days: at once, or on the day they begin."""
    if event.payload.get("family") != RuleFamily.CONTACT:
        return
    since = dt.date.fromisoformat(event.payload["since"])
    rebuild(clock.local_date(event.at))
    if since > clock.local_date(event.at):
        municipality = Municipality.objects.get(pk=event.municipality_id)
        moment = clock.at_time(since, 0) - (municipality.clock_shift or dt.timedelta(0))
        begin_rules.configure(schedule_at=moment).defer(municipality_id=event.municipality_id)


refresh_on(*kinds.MOVING, *citizen_kinds.ALL)
