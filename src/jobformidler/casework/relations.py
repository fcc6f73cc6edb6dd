"""Keeps `citizens.Relation` in step with assignments and cases: who may see the citizen follows from these."""

import datetime as dt

from jobformidler.casework.models import Assignment, Case
from jobformidler.citizens.actions import end_relation, relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Relation

#: The team can find and reopen a closed case for this long.
TEAM_DAYS_AFTER_CLOSING = 90


def give(assignment: Assignment) -> Relation:
    """The relation that belongs to a new assignment."""
    period = assignment.period
    return relate(
        citizen=assignment.case.citizen,
        kind=str(assignment.role),
        user=assignment.user,
        since=period.lower,
        until=period.upper,
    )


def end_at(assignment: Assignment, on: dt.date) -> None:
    """End the relations that belong to an assignment: `on` is the first day without."""
    for relation in _of(assignment):
        if relation.period.upper is None or relation.period.upper > on:
            end_relation(relation=relation, on=on)


def _of(assignment: Assignment):
    return Relation.objects.filter(
        citizen=assignment.case.citizen_id,
        user=assignment.user_id,
        kind=str(assignment.role),
        period__startswith=assignment.period.lower,
    )


def give_team(case: Case, since: dt.date) -> None:
    """See to it that the case's unit, and no other, has an open relation to the citizen from `since`."""
    rows = Relation.objects.filter(citizen=case.citizen_id, kind=RelationKind.TEAM)
    for relation in rows.filter(period__endswith__gt=since) | rows.filter(period__upper_inf=True):
        if relation.unit_id == case.unit_id and relation.period.upper is None and relation.period.lower <= since:
            return
        end_relation(relation=relation, on=since)
    relate(citizen=case.citizen, kind=RelationKind.TEAM, unit=case.unit, since=since)


def end_all(case: Case, day: dt.date) -> None:
    """Close the relations of a case that closes on `day`: those of persons end with the day, the team's later.

    The day of closing still counts, so that whoever closes can look at what they did.
    """
    for assignment in Assignment.objects.filter(case=case).select_related("case", "user"):
        after = day + dt.timedelta(days=1)
        if assignment.period.upper is not None and assignment.period.upper <= after:
            continue
        end_at(assignment, after)
        if assignment.period.lower >= after:
            assignment.delete()
        else:
            assignment.period = type(assignment.period)(assignment.period.lower, after, "[)")
            assignment.save(update_fields=["period"])
    last = day + dt.timedelta(days=TEAM_DAYS_AFTER_CLOSING)
    for relation in Relation.objects.filter(citizen=case.citizen_id, kind=RelationKind.TEAM, period__upper_inf=True):
        end_relation(relation=relation, on=last)
