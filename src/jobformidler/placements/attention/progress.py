"""Reasons of placements under way and just over: visits, hours, the ladder, the end, the CV."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max
from django.utils.translation import gettext as _

from jobformidler.casework import words as names
from jobformidler.casework.attention import Action, Item, Scope, register_reason
from jobformidler.casework.models import Attention
from jobformidler.citizens.models import CV
from jobformidler.core import clock
from jobformidler.core.periods import monday
from jobformidler.placements import ladder, words
from jobformidler.placements.attention.rows import DAY, WEEK, facts, facts_of, in_state, morning, near, who
from jobformidler.placements.enums import ENDED, RUNNING, StepStatus
from jobformidler.placements.models import FollowUp, LadderStep, Placement

#: How long before its date a matter begins to show.
MARK_AHEAD = 7 * DAY
END_AHEAD = 21 * DAY


# --- follow-up -------------------------------------------------------------------------------------------------------


def _follow_up_due(scope: Scope) -> Iterable[Item]:
    """Agreed days after the last visit or the start, unless a visit is planned (that is an appointment)."""
    running = in_state(scope, *RUNNING)
    last = dict(
        FollowUp.objects.filter(placement__in=running, contact__withdrawn_at=None)
        .values_list("placement")
        .annotate(at=Max("contact__at"))
        .order_by()
    )
    planned = facts(scope).visits
    for placement in running:
        if placement.case_id in planned or placement.starts_on is None:
            continue
        visited = last.get(placement.pk)
        since = clock.local_date(visited) if visited else placement.starts_on
        due = morning(since + placement.follow_up_days * DAY)
        yield Item(
            placement.case_id,
            since=morning(since),
            visible_from=due,
            due=due,
            subject_id=placement.pk,
            facts=facts_of(placement, days=placement.follow_up_days, visited=visited is not None),
        )


def _follow_up_sentence(row: Attention, now: dt.datetime) -> str:
    values = {
        "name": who(row),
        "contact": row.facts["contact"],
        "days": names.days((clock.local_date(now) - clock.local_date(row.since)).days),
        "rhythm": names.rhythm(row.facts["days"]),
    }
    if row.facts["visited"]:
        text = _("The last visit to %(name)s and %(contact)s was %(days)s ago. You have agreed %(rhythm)s.")
    else:
        text = _("%(name)s began %(days)s ago and has had no visit. You have agreed %(rhythm)s.")
    return text % values


def _follow_up_action(row: Attention, now: dt.datetime) -> Action:
    return "follow_up", _("Register follow-up")


def _visits(scope: Scope) -> Iterable[Item]:
    """The planned visit, from the morning of its day until it is registered or cancelled."""
    seen: set[int] = set()
    for placement in in_state(scope, *RUNNING):
        at = facts(scope).visits.get(placement.case_id)
        if at is None or placement.case_id in seen:
            continue
        seen.add(placement.case_id)
        yield Item(
            placement.case_id,
            since=at,
            visible_from=morning(clock.local_date(at)),
            due=at,
            subject_id=placement.pk,
            facts=facts_of(placement),
        )


def _visit_sentence(row: Attention, now: dt.datetime) -> str:
    values = {"name": who(row), "contact": row.facts["contact"], "when": names.moment_name(row.since, now)}
    if row.since > now:
        return _("You visit %(name)s and %(contact)s %(when)s.") % values
    return _("You were to visit %(name)s and %(contact)s %(when)s. Register how it went, or move it.") % values


def _visit_action(row: Attention, now: dt.datetime) -> Action:
    return "follow_up", _("Prepare the visit") if row.since > now else _("Register the visit")


# --- the ladder ------------------------------------------------------------------------------------------------------


def _stalled(scope: Scope) -> Iterable[Item]:
    """A task mastered for the municipality's number of weeks without its paid hours (PLC-14)."""
    running = {row.pk: row for row in in_state(scope, *RUNNING)}
    weeks = facts(scope).weeks
    first: dict[int, LadderStep] = {}
    for key, steps in facts(scope).steps.items():
        waiting = [step for step in steps if step.status == StepStatus.MASTERED and step.mastered_on]
        if waiting:
            first[key] = min(waiting, key=lambda step: step.mastered_on or dt.date.max)
    for key, step in first.items():
        placement = running[key]
        assert step.mastered_on is not None
        shows = morning(step.mastered_on + scope.municipality.stall_weeks * WEEK)
        yield Item(
            placement.case_id,
            since=morning(step.mastered_on),
            visible_from=shows,
            due=shows,
            subject_id=key,
            facts=facts_of(
                placement, task=step.task, hours=f"{step.paid_hours:.1f}", now=f"{ladder.level(weeks.get(key, [])):.1f}"
            ),
        )


def _stalled_sentence(row: Attention, now: dt.datetime) -> str:
    paid = words.number(row.facts["now"]) or ladder.NONE
    weeks = max((clock.local_date(now) - clock.local_date(row.since)).days // 7, 0)
    values = {
        "name": who(row),
        "task": row.facts["task"],
        "weeks": words.weeks(weeks),
        "contact": row.facts["contact"],
        "paid": words.paid_hours(paid),
        "hours": words.hours(row.facts["hours"]),
    }
    if paid:
        text = _(
            "%(name)s masters «%(task)s» alone and has for %(weeks)s, but has %(paid)s, not %(hours)s."
            " Talk with %(contact)s about hours, or find a new workplace."
        )
    else:
        text = _(
            "%(name)s masters «%(task)s» alone and has for %(weeks)s, but has no paid hours."
            " Talk with %(contact)s about hours, or find a new workplace."
        )
    return text % values


def _stalled_action(row: Attention, now: dt.datetime) -> Action:
    return "place_match", _("Find a place")


def _mark13(scope: Scope) -> Iterable[Item]:
    """A week before thirteen weeks at the same workplace, while the next step has no date."""
    running = in_state(scope, *RUNNING)
    citizens = {placement.case_id: scope.cases[placement.case_id].citizen_id for placement in running}
    stays = _stays(list(citizens.values()))
    steps = facts(scope).steps
    visits = facts(scope).visits
    for placement in running:
        coming = ladder.next_step_of(steps.get(placement.pk, []))
        if coming is not None and coming.planned_on is not None:
            continue
        mark = ladder.mark_day(stays.get((citizens[placement.case_id], placement.workplace_id), []))
        if mark is None:
            continue
        visit = visits.get(placement.case_id)
        yield Item(
            placement.case_id,
            since=morning(mark),
            visible_from=morning(mark) - MARK_AHEAD,
            due=morning(mark),
            subject_id=placement.pk,
            facts=facts_of(
                placement,
                hours=f"{coming.paid_hours:.1f}" if coming else None,
                visit=clock.local_date(visit).isoformat() if visit else None,
            ),
        )


def _stays(citizen_ids: list[int]) -> dict[tuple[int, int], list[ladder.Stay]]:
    found: dict[tuple[int, int], list[ladder.Stay]] = {}
    rows = Placement.objects.begun().filter(case__citizen__in=citizen_ids)
    for citizen, workplace, start, end in rows.values_list("case__citizen", "workplace", "starts_on", "ended_on"):
        found.setdefault((citizen, workplace), []).append(ladder.Stay(start, end))
    return found


def _mark13_sentence(row: Attention, now: dt.datetime) -> str:
    today, mark = clock.local_date(now), clock.local_date(row.since)
    left = (mark - today).days
    if left > 0:
        time = words.weeks(left // 7) if left % 7 == 0 else names.days(left)
        text = _("%(name)s: %(time)s to 13 weeks at the same workplace.") % {"name": who(row), "time": time}
    else:
        text = _("%(name)s: 13 weeks at the same workplace.") % {"name": who(row)}
    hours = row.facts["hours"]
    if hours:
        goal = _("The next goal is %(hours)s.") % {"hours": words.paid_hours(words.number(hours) or ladder.NONE)}
        ask = (
            _("Agree the date at the visit today.") if row.facts["visit"] == today.isoformat() else _("Agree the date.")
        )
        return f"{text} {goal} {ask}"
    return f"{text} " + _("Agree the next step.")


def _mark13_action(row: Attention, now: dt.datetime) -> Action:
    return "agree_step", _("Agree the date")


def _hours_missing(scope: Scope) -> Iterable[Item]:
    """The first week nobody has reported, from the Monday after it."""
    running = in_state(scope, *RUNNING)
    weeks = facts(scope).weeks
    for placement in running:
        if placement.starts_on is None:
            continue
        reported = {row.week for row in weeks.get(placement.pk, [])}
        week = monday(placement.starts_on)
        while week in reported:
            week += WEEK
        shows = morning(week + WEEK)
        yield Item(
            placement.case_id,
            since=morning(week),
            visible_from=shows,
            due=shows + 2 * DAY,
            subject_id=placement.pk,
            facts=facts_of(placement, week=week.isoformat(), number=week.isocalendar().week),
        )


def _hours_sentence(row: Attention, now: dt.datetime) -> str:
    return _("The hours of week %(week)s are missing for %(name)s. Ask %(contact)s, or write them yourself.") % {
        "week": row.facts["number"],
        "name": who(row),
        "contact": row.facts["contact"],
    }


def _hours_action(row: Attention, now: dt.datetime) -> Action:
    return "hours", _("Register hours")


# --- the end ---------------------------------------------------------------------------------------------------------


def _ending(scope: Scope) -> Iterable[Item]:
    for placement in in_state(scope, *RUNNING):
        if placement.ends_on is not None:
            last = placement.ends_on - DAY
            yield Item(
                placement.case_id,
                since=morning(last),
                visible_from=morning(last) - END_AHEAD,
                due=morning(last),
                subject_id=placement.pk,
                facts=facts_of(placement, last_on=last.isoformat()),
            )


def _ending_sentence(row: Attention, now: dt.datetime) -> str:
    last = dt.date.fromisoformat(row.facts["last_on"])
    values = {"name": who(row), "workplace": row.facts["workplace"], "day": near(row, last, now)}
    if last < clock.local_date(now):
        return _("The last day of %(name)s at %(workplace)s was %(day)s. Register what happens now.") % values
    return _("The last day of %(name)s at %(workplace)s is %(day)s. Agree what comes after.") % values


def _ending_action(row: Attention, now: dt.datetime) -> Action:
    return "placement_end", _("Extend or end")


def _cv_update(scope: Scope) -> Iterable[Item]:
    """After a placement the CV is brought up to date (PLC-14, Part 3.4), until one is updated after its end."""
    updated = dict(
        CV.objects.standing()
        .filter(citizen__cases__in=scope.case_ids)
        .values_list("citizen__cases")
        .annotate(day=Max("updated_on"))
        .order_by()
    )
    newest: dict[int, Placement] = {}
    for placement in in_state(scope, *ENDED):
        known = newest.get(placement.case_id)
        if placement.ended_on and (known is None or known.ended_on is None or placement.ended_on > known.ended_on):
            newest[placement.case_id] = placement
    for case_id, placement in newest.items():
        assert placement.ended_on is not None
        if case_id in updated and updated[case_id] >= placement.ended_on:
            continue
        since = morning(placement.ended_on)
        yield Item(
            case_id,
            since=since,
            visible_from=since,
            due=since + WEEK,
            subject_id=placement.pk,
            facts=facts_of(placement),
        )


def _cv_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(name)s has tried something at %(workplace)s. Write it into the CV together.") % {
        "name": who(row),
        "workplace": row.facts["workplace"],
    }


def _cv_action(row: Attention, now: dt.datetime) -> Action:
    return "update_cv", _("Update the CV")


for _name, _group, _order, _source, _sentence, _action in (
    ("visit", "follow_up", 5, _visits, _visit_sentence, _visit_action),
    ("follow_up_due", "follow_up", 10, _follow_up_due, _follow_up_sentence, _follow_up_action),
    ("mark13", "follow_up", 20, _mark13, _mark13_sentence, _mark13_action),
    ("ending", "follow_up", 30, _ending, _ending_sentence, _ending_action),
    ("hours_missing", "follow_up", 40, _hours_missing, _hours_sentence, _hours_action),
    ("stalled", "stalled", 10, _stalled, _stalled_sentence, _stalled_action),
    ("cv_update", "other", 35, _cv_update, _cv_sentence, _cv_action),
):
    register_reason(_name, group=_group, order=_order, source=_source, sentence=_sentence, action=_action)
