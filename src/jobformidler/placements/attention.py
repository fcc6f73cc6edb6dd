"""What placements put on the work lists (danish.md §6, sentences 1 and 4). Each source is set-based.

No row depends on the time of day: it carries the moment it begins to show, and goes when the fact behind it goes.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.casework import words as names
from jobformidler.casework.attention import Action, Item, Scope, register_reason
from jobformidler.casework.enums import AppointmentStatus, CaseRole, ContactKind
from jobformidler.casework.models import Appointment, Attention
from jobformidler.citizens.models import CV
from jobformidler.core import clock
from jobformidler.core.periods import monday
from jobformidler.placements import agreement, ladder, words
from jobformidler.placements.enums import ENDED, RUNNING, PlacementStatus, StepStatus
from jobformidler.placements.models import AgreementVersion, FollowUp, LadderStep, Placement, WeekHours

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
#: How long before its date a matter begins to show, and how long a draft may rest.
MARK_AHEAD = 7 * DAY
END_AHEAD = 21 * DAY
DRAFT_RESTS = 3 * DAY
REMIND_AFTER = DAY


def _morning(day: dt.date) -> dt.datetime:
    return clock.at_time(day, 0)


def _in_state(scope: Scope, *states: str) -> list[Placement]:
    rows = Placement.objects.filter(case__in=scope.case_ids, status__in=states)
    return list(rows.select_related("workplace", "contact").order_by("pk"))


def _facts(placement: Placement, **more: Any) -> dict[str, Any]:
    contact = placement.contact.name if placement.contact else placement.workplace.name
    return {
        "workplace": placement.workplace.name,
        "contact": names.first_name(contact) if placement.contact else contact,
        "placement": placement.pk,
        **more,
    }


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.placement_id, []).append(row)
    return found


def _visits(scope: Scope) -> dict[int, dt.datetime]:
    """The next planned follow-up of each case."""
    rows = Appointment.objects.filter(
        case__in=scope.case_ids, kind=ContactKind.FOLLOW_UP, status=AppointmentStatus.PLANNED
    )
    return dict(rows.order_by("-at").values_list("case", "at"))


def _who(row: Attention) -> str:
    return row.citizen.short_name


def _near(row: Attention, day: dt.date, now: dt.datetime) -> str:
    return names.day_name(day, clock.local_date(now))


# --- follow-up -------------------------------------------------------------------------------------------------------


def _follow_up_due(scope: Scope) -> Iterable[Item]:
    """Agreed days after the last visit or the start, unless a visit is planned (that is an appointment)."""
    running = _in_state(scope, *RUNNING)
    last = dict(
        FollowUp.objects.filter(placement__in=running, contact__withdrawn_at=None)
        .values_list("placement")
        .annotate(at=Max("contact__at"))
        .order_by()
    )
    planned = _visits(scope)
    for placement in running:
        if placement.case_id in planned or placement.starts_on is None:
            continue
        visited = last.get(placement.pk)
        since = clock.local_date(visited) if visited else placement.starts_on
        due = _morning(since + placement.follow_up_days * DAY)
        yield Item(
            placement.case_id,
            since=_morning(since),
            visible_from=due,
            due=due,
            subject_id=placement.pk,
            facts=_facts(placement, days=placement.follow_up_days, visited=visited is not None),
        )


def _follow_up_sentence(row: Attention, now: dt.datetime) -> str:
    values = {
        "name": _who(row),
        "contact": row.facts["contact"],
        "days": names.days((clock.local_date(now) - clock.local_date(row.since)).days),
        "rhythm": names.rhythm(row.facts["days"]),
    }
    if row.facts["visited"]:
        text = _("The last visit to %(name)s and %(contact)s was %(days)s ago. You have agreed %(rhythm)s.")
    else:
        text = _("%(name)s began %(days)s ago and has had no visit. You have agreed %(rhythm)s.")
    return text % values


def _follow_up_action(row: Attention) -> Action:
    return "follow_up", _("Register follow-up")


# --- the ladder ------------------------------------------------------------------------------------------------------


def _stalled(scope: Scope) -> Iterable[Item]:
    """A task mastered for the municipality's number of weeks without its paid hours (PLC-14)."""
    running = {row.pk: row for row in _in_state(scope, *RUNNING)}
    steps = LadderStep.objects.filter(
        placement__in=list(running), status=StepStatus.MASTERED, mastered_on__isnull=False
    ).order_by("mastered_on", "position")
    levels = _levels(list(running))
    first: dict[int, LadderStep] = {}
    for step in steps:
        first.setdefault(step.placement_id, step)
    for key, step in first.items():
        placement = running[key]
        assert step.mastered_on is not None
        shows = _morning(step.mastered_on + scope.municipality.stall_weeks * WEEK)
        yield Item(
            placement.case_id,
            since=_morning(step.mastered_on),
            visible_from=shows,
            due=shows,
            subject_id=key,
            facts=_facts(
                placement, task=step.task, hours=f"{step.paid_hours:.1f}", now=f"{levels.get(key, ladder.NONE):.1f}"
            ),
        )


def _levels(keys: list[int]) -> dict[int, Any]:
    weeks = _grouped(WeekHours.objects.standing().filter(placement__in=keys).order_by("week"))
    return {key: ladder.level(rows) for key, rows in weeks.items()}


def _stalled_sentence(row: Attention, now: dt.datetime) -> str:
    paid = words.number(row.facts["now"]) or ladder.NONE
    weeks = max((clock.local_date(now) - clock.local_date(row.since)).days // 7, 0)
    values = {
        "name": _who(row),
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


def _stalled_action(row: Attention) -> Action:
    return "place_match", _("Find a place")


def _mark13(scope: Scope) -> Iterable[Item]:
    """A week before thirteen weeks at the same workplace, while the next step has no date."""
    running = _in_state(scope, *RUNNING)
    citizens = {placement.case_id: scope.cases[placement.case_id].citizen_id for placement in running}
    stays = _stays(list(citizens.values()))
    steps = _grouped(LadderStep.objects.filter(placement__in=running))
    visits = _visits(scope)
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
            since=_morning(mark),
            visible_from=_morning(mark) - MARK_AHEAD,
            due=_morning(mark),
            subject_id=placement.pk,
            facts=_facts(
                placement,
                hours=f"{coming.paid_hours:.1f}" if coming else None,
                visit=clock.local_date(visit).isoformat() if visit else None,
            ),
        )


def _stays(citizen_ids: list[int]) -> dict[tuple[int, int], list[ladder.Stay]]:
    found: dict[tuple[int, int], list[ladder.Stay]] = {}
    rows = Placement.objects.begun().filter(case__citizen__in=citizen_ids)
    for citizen, workplace, start, end in rows.values_list(
        "case__citizen", "workplace", "starts_on", "ended_on"
    ):
        found.setdefault((citizen, workplace), []).append(ladder.Stay(start, end))
    return found


def _mark13_sentence(row: Attention, now: dt.datetime) -> str:
    today, mark = clock.local_date(now), clock.local_date(row.since)
    left = (mark - today).days
    if left > 0:
        time = words.weeks(left // 7) if left % 7 == 0 else names.days(left)
        text = _("%(name)s: %(time)s to 13 weeks at the same workplace.") % {"name": _who(row), "time": time}
    else:
        text = _("%(name)s: 13 weeks at the same workplace.") % {"name": _who(row)}
    hours = row.facts["hours"]
    if hours:
        goal = _("The next goal is %(hours)s.") % {"hours": words.paid_hours(words.number(hours) or ladder.NONE)}
        ask = _("Agree the date at the visit today.") if row.facts["visit"] == today.isoformat() else _("Agree the date.")
        return f"{text} {goal} {ask}"
    return f"{text} " + _("Agree the next step.")


def _mark13_action(row: Attention) -> Action:
    return "agree_step", _("Agree the date")


def _hours_missing(scope: Scope) -> Iterable[Item]:
    """The first week nobody has reported, from the Monday after it."""
    running = _in_state(scope, *RUNNING)
    weeks = _grouped(WeekHours.objects.standing().filter(placement__in=running))
    for placement in running:
        if placement.starts_on is None:
            continue
        reported = {row.week for row in weeks.get(placement.pk, [])}
        week = monday(placement.starts_on)
        while week in reported:
            week += WEEK
        shows = _morning(week + WEEK)
        yield Item(
            placement.case_id,
            since=_morning(week),
            visible_from=shows,
            due=shows + 2 * DAY,
            subject_id=placement.pk,
            facts=_facts(placement, week=week.isoformat(), number=week.isocalendar().week),
        )


def _hours_sentence(row: Attention, now: dt.datetime) -> str:
    return _("The hours of week %(week)s are missing for %(name)s. Ask %(contact)s, or write them yourself.") % {
        "week": row.facts["number"],
        "name": _who(row),
        "contact": row.facts["contact"],
    }


def _hours_action(row: Attention) -> Action:
    return "hours", _("Register hours")


# --- the agreement ---------------------------------------------------------------------------------------------------


def _newest(placements: list[Placement]) -> dict[int, AgreementVersion]:
    rows = AgreementVersion.objects.filter(placement__in=placements).order_by("number")
    return {row.placement_id: row for row in rows.prefetch_related("confirmations")}


def _draft_waiting(scope: Scope) -> Iterable[Item]:
    drafts = _in_state(scope, PlacementStatus.DRAFT)
    newest = _newest(drafts)
    for placement in drafts:
        version = newest.get(placement.pk)
        if version is None:
            continue
        shows = version.made_at + DRAFT_RESTS
        yield Item(
            placement.case_id,
            since=version.made_at,
            visible_from=shows,
            due=shows,
            subject_id=placement.pk,
            facts=_facts(placement, missing=len(agreement.missing(version.content))),
        )


def _draft_sentence(row: Attention, now: dt.datetime) -> str:
    count = row.facts["missing"]
    text = _("The agreement for %(name)s with %(workplace)s is not sent.") % {
        "name": _who(row),
        "workplace": row.facts["workplace"],
    }
    if not count:
        return f"{text} " + _("Nothing is missing. Send it for signature.")
    return f"{text} " + ngettext("%(n)s thing is missing.", "%(n)s things are missing.", count) % {"n": count}


def _draft_action(row: Attention) -> Action:
    return "agreement", _("Open the agreement")


def _signature(scope: Scope) -> Iterable[Item]:
    """A day after sending, while somebody has not signed: then a reminder may go out."""
    waiting = _in_state(scope, PlacementStatus.AWAITING_SIGNATURE, *RUNNING)
    newest = _newest(waiting)
    for placement in waiting:
        version = newest.get(placement.pk)
        if version is None or version.sent_at is None:
            continue
        done = {row.party for row in version.confirmations.all() if row.confirmed_at}
        missing = [version.signer(party) for party in ("citizen", "employer") if party not in done]
        if not missing:
            continue
        shows = version.sent_at + REMIND_AFTER
        yield Item(
            placement.case_id,
            since=version.sent_at,
            visible_from=shows,
            due=_morning(placement.starts_on) if placement.starts_on else None,
            subject_id=placement.pk,
            facts=_facts(placement, missing=missing),
        )


def _signature_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(missing)s has not signed the agreement for %(name)s. It was sent %(day)s.") % {
        "missing": words.joined(row.facts["missing"]),
        "name": _who(row),
        "day": _near(row, clock.local_date(row.since), now),
    }


def _signature_action(row: Attention) -> Action:
    return "remind", _("Send a new link")


def _approval(scope: Scope) -> Iterable[Item]:
    for placement in _in_state(scope, PlacementStatus.AWAITING_APPROVAL):
        signed = _morning(placement.status_since)
        yield Item(
            placement.case_id,
            since=signed,
            visible_from=signed,
            due=_morning(placement.starts_on) if placement.starts_on else None,
            subject_id=placement.pk,
            owner=CaseRole.CASEWORKER,
            facts=_facts(placement, starts_on=str(placement.starts_on)),
        )


def _approval_sentence(row: Attention, now: dt.datetime) -> str:
    start = dt.date.fromisoformat(row.facts["starts_on"])
    return _("Everybody has signed the agreement for %(name)s with %(workplace)s. It begins %(day)s. Approve it.") % {
        "name": _who(row),
        "workplace": row.facts["workplace"],
        "day": _near(row, start, now),
    }


def _approval_action(row: Attention) -> Action:
    return "approve", _("Read and approve")


def _start_due(scope: Scope) -> Iterable[Item]:
    for placement in _in_state(scope, PlacementStatus.APPROVED):
        if placement.starts_on is not None:
            morning = _morning(placement.starts_on)
            yield Item(
                placement.case_id,
                since=morning,
                visible_from=morning,
                due=morning,
                subject_id=placement.pk,
                facts=_facts(placement),
            )


def _start_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(name)s begins at %(workplace)s %(day)s. Register the start.") % {
        "name": _who(row),
        "workplace": row.facts["workplace"],
        "day": _near(row, clock.local_date(row.since), now),
    }


def _start_action(row: Attention) -> Action:
    return "start", _("Start the placement")


def _ending(scope: Scope) -> Iterable[Item]:
    for placement in _in_state(scope, *RUNNING):
        if placement.ends_on is not None:
            last = placement.ends_on - DAY
            yield Item(
                placement.case_id,
                since=_morning(last),
                visible_from=_morning(last) - END_AHEAD,
                due=_morning(last),
                subject_id=placement.pk,
                facts=_facts(placement, last_on=last.isoformat()),
            )


def _ending_sentence(row: Attention, now: dt.datetime) -> str:
    last = dt.date.fromisoformat(row.facts["last_on"])
    values = {"name": _who(row), "workplace": row.facts["workplace"], "day": _near(row, last, now)}
    if last < clock.local_date(now):
        return _("The last day of %(name)s at %(workplace)s was %(day)s. Register what happens now.") % values
    return _("The last day of %(name)s at %(workplace)s is %(day)s. Agree what comes after.") % values


def _ending_action(row: Attention) -> Action:
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
    for placement in _in_state(scope, *ENDED):
        known = newest.get(placement.case_id)
        if placement.ended_on and (known is None or known.ended_on is None or placement.ended_on > known.ended_on):
            newest[placement.case_id] = placement
    for case_id, placement in newest.items():
        assert placement.ended_on is not None
        if case_id in updated and updated[case_id] >= placement.ended_on:
            continue
        since = _morning(placement.ended_on)
        yield Item(
            case_id, since=since, visible_from=since, due=since + WEEK, subject_id=placement.pk, facts=_facts(placement)
        )


def _cv_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(name)s has tried something at %(workplace)s. Write it into the CV together.") % {
        "name": _who(row),
        "workplace": row.facts["workplace"],
    }


def _cv_action(row: Attention) -> Action:
    return "update_cv", _("Update the CV")


for _name, _group, _order, _source, _sentence, _action in (
    ("follow_up_due", "follow_up", 10, _follow_up_due, _follow_up_sentence, _follow_up_action),
    ("mark13", "follow_up", 20, _mark13, _mark13_sentence, _mark13_action),
    ("ending", "follow_up", 30, _ending, _ending_sentence, _ending_action),
    ("hours_missing", "follow_up", 40, _hours_missing, _hours_sentence, _hours_action),
    ("stalled", "stalled", 10, _stalled, _stalled_sentence, _stalled_action),
    ("approval", "signature", 10, _approval, _approval_sentence, _approval_action),
    ("signature", "signature", 20, _signature, _signature_sentence, _signature_action),
    ("start_due", "other", 5, _start_due, _start_sentence, _start_action),
    ("cv_update", "other", 35, _cv_update, _cv_sentence, _cv_action),
    ("draft_waiting", "other", 70, _draft_waiting, _draft_sentence, _draft_action),
):
    register_reason(_name, group=_group, order=_order, source=_source, sentence=_sentence, action=_action)
