"""One citizen's clock as a page shows it: drawing, table of days, other readings, next step."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.models import Case
from jobformidler.citizens.models import Citizen
from jobformidler.core.periods import last_day
from jobformidler.law import KINDS, Approval, ClockRules, Day, Event, Explanation, Interval, Kind, Spell, explain
from jobformidler.law.explain import counts_for
from jobformidler.registers.enums import ClockState, ReferralBasis, RequestWay
from jobformidler.registers.models import Clock, FleksjobApproval, Guidance, ReferralDecision, ReferralRequest
from jobformidler.registers.models import Spell as Period
from jobformidler.registers.perms import may_refer
from jobformidler.web import danish
from jobformidler.web.deadlines import known, words
from jobformidler.web.figures import clock as figure

ONE = dt.timedelta(days=1)
_DAY_OF = {
    Kind.LEDIGHEDSYDELSE: Day.LEDIGHEDSYDELSE,
    Kind.UNEMPLOYED: Day.UNEMPLOYED,
    Kind.FLEKSJOB: Day.WORK,
    Kind.ORDINARY_JOB: Day.WORK,
    Kind.MATERNITY: Day.MATERNITY,
}


def law_spells(rows: list[Period]) -> list[Spell]:
    """Registered periods as the law reads them."""
    return [Spell(KINDS[row.kind], row.start, last_day(row.end)) for row in rows]


def law_approval(approval: FleksjobApproval, later: dt.date | None) -> Approval:
    """An approval as the law reads it: the day of the next one ends it at the latest."""
    ends = [day - ONE for day in (approval.ended_on, later) if day is not None]
    return Approval(approval.approved_on, min(ends, default=None))


def running(case: Case, day: dt.date) -> tuple[Clock | None, FleksjobApproval | None, dt.date | None]:
    """The cycle running on the day with its facts, its approval, and the day of the next approval. One query mostly."""
    mine = FleksjobApproval.objects.filter(citizen=case.citizen)
    later = mine.filter(approved_on__gt=OuterRef("approval__approved_on")).order_by("approved_on")
    rows = Clock.objects.filter(citizen=case.citizen).running_on(day).with_facts(day).select_related("approval")
    row = rows.annotate(next_on=Subquery(later.values("approved_on")[:1])).order_by("-since", "-cycle").first()
    if row is not None:
        return row, row.approval, row.next_on
    return None, mine.filter(approved_on__lte=day).order_by("-approved_on").first(), None


def context(case: Case, rules: ClockRules, day: dt.date, viewer: Viewer) -> dict[str, Any]:
    """Everything the page shows."""
    citizen = case.citizen
    periods = list(Period.objects.filter(citizen=citizen).select_related("delivery").order_by("start", "pk"))
    shared: dict[str, Any] = {
        "banner": words.banner_of(rules.rule_set),
        "rules": rules,
        "periods_url": reverse("case_periods", args=[case.pk]),
        "back_url": reverse("deadlines"),
    }
    row, current, later = running(case, day)
    if current is None:
        return shared | {"title": _("%(name)s: no approval to fleksjob") % {"name": citizen.full_name}}
    told = explain(law_spells(periods), law_approval(current, later), rules, day=day)
    standing = words.standings(row, day) if row else None
    return (
        shared
        | {
            "title": _("%(name)s: right to another provider") % {"name": citizen.full_name},
            "badge": words.state_words(standing[0]).capitalize() if standing else "",
            "duty_badge": words.state_words(standing[1]) if standing else "",
            "sentence": words.sentence(told, citizen.short_name, current.approved_on),
            "figure": draw(told, current.approved_on),
            "days": table(told, periods, known.sources(periods)[0]),
            "total": total(told),
            "readings": readings(told),
        }
        | next_step(case, row, day, viewer)
    )


def _shown(told: Explanation) -> list[Any]:
    """The events of the cycle running on the day, and the one before anything arose in it."""
    cycle = told.progress[0].cycle if told.progress else 1
    return [e for e in told.events if e.event.cycle == cycle and e.event.event is not Event.REARM]


def draw(told: Explanation, approved_on: dt.date, *, uid: str = "clock", title: str = "") -> figure.ClockFigure:
    """The time-line from the cycle's first day to the last date that is known."""
    events = _shown(told)
    since = told.progress[0].since if told.progress else approved_on
    cycle = told.progress[0].cycle if told.progress else 1
    dates = [event.event.date for event in events]
    end = max([told.day + ONE, *dates])
    right = next((e.event for e in events if e.event.event is Event.RIGHT), None)
    cuts = sorted({told.day, end, *([right.date] if right else [])})
    stretches = []
    for part in told.days:
        first, stop = max(part.start, since), min(part.end, end)
        while first < stop:
            cut = next((c for c in cuts if first < c < stop), stop)
            stretches.append(_stretch(Interval(first, cut, part.day), told.day, right.date if right else None, cycle))
            first = cut
    marks = [
        figure.Mark(since, _("approved to fleksjob") if since == approved_on else _("counts anew after work")),
        figure.today_mark(told.day),
    ]
    for one in events:
        arisen = one.event.date <= told.day
        days = danish.days(one.event.counted_days)
        text = {
            (True, True): _("the right arose"),
            (True, False): _("the right may arise"),
            (False, True): _("a year has passed"),
            (False, False): _("the duty may arise"),
        }[one.event.event is Event.RIGHT, arisen]
        marks.append(figure.Mark(one.event.date, text, days, strong=one.event.event is Event.RIGHT))
    progress = next((p for p in told.progress if p.event is Event.RIGHT and p.last_day), None)
    window = None
    if progress is not None and progress.last_day is not None:
        paused = sum(
            max((min(p.end, progress.last_day) - max(p.start, since)).days, 0)
            for p in told.days
            if p.day is Day.MATERNITY
        )
        heading = _("The window: 9 months after the approval")
        if paused:
            heading = _("The window: 9 months after the approval, extended by %(days)s of maternity") % {
                "days": danish.days(paused)
            }
        note = _("%(range)s. 6 months of ledighedsydelse must lie here.") % {
            "range": danish.day_range(since, progress.last_day - ONE)
        }
        window = (since, progress.last_day, heading, note)
    return figure.clock_figure(
        stretches=stretches, marks=marks, window=window, title=title or _("The days that count"), uid=uid
    )


def _stretch(part: Interval, day: dt.date, right_on: dt.date | None, cycle: int) -> figure.Stretch:
    if part.day is Day.MATERNITY:
        role = figure.PAUSED
    elif part.day not in counts_for(Event.DUTY, cycle):
        role = figure.OTHER
    elif part.start >= day:
        role = figure.COMING
    elif right_on is not None and part.start >= right_on:
        role = figure.LATER
    else:
        role = figure.COUNTED
    return figure.Stretch(part.start, part.end, role, words.day_kind_words(part.day))


def table(told: Explanation, periods: list[Period], sources: dict[int, str]) -> list[dict[str, Any]]:
    """The days of the newest date's window, stretch by stretch, with where each comes from."""
    events = _shown(told)
    arisen = [e for e in events if e.event.date <= told.day] or events
    if not arisen:
        rows = [(part, "") for part in told.days if part.start <= told.day]
    else:
        one = arisen[0]
        rows = [(part, _("Counts")) for part in one.counted]
        rows += [(part, _("Does not count. The window is extended.")) for part in one.paused]
        rows += [(part, _("Does not count.")) for part in one.excluded]
    shown = []
    for part, meaning in sorted(rows, key=lambda row: row[0].start):
        period = next((p for p in periods if _gives(p, part)), None)
        shown.append(
            {
                "range": danish.day_range(part.start, part.last),
                "what": words.day_kind_words(part.day).capitalize(),
                "days": danish.number(part.days),
                "meaning": meaning,
                "source": sources.get(period.pk, "") if period else "",
            }
        )
    return shown


def _gives(period: Period, part: Interval) -> bool:
    """Whether the stretch of days comes from this period: it covers its first day and is of its kind."""
    covers = period.start <= part.start and (period.end is None or period.end > part.start)
    return covers and _DAY_OF[KINDS[period.kind]] is part.day


def total(told: Explanation) -> dict[str, str]:
    """The sum under the table."""
    events = _shown(told)
    arisen = [e.event for e in events if e.event.date <= told.day]
    if arisen:
        return {"days": danish.number(arisen[0].counted_days), "words": _("enough")}
    progress = told.progress[0] if told.progress else None
    if progress is None or not progress.needed_days:
        return {}
    left = progress.needed_days - progress.counted_days
    return {
        "days": danish.number(progress.counted_days),
        "words": ngettext("%(days)s to go", "%(days)s to go", left) % {"days": danish.days(left)},
    }


def readings(told: Explanation) -> list[str]:
    """Where another reading gives another date: both dates, never a bare no."""
    found = []
    cycle = told.progress[0].cycle if told.progress else 1
    for other in told.alternatives:
        if other.cycle != cycle or other.event is Event.REARM:
            continue
        what = _("the right") if other.event is Event.RIGHT else _("the duty")
        values = {"reading": words.reading_words(other.parameter, str(other.value)), "what": what}
        if other.other_date is None:
            found.append(_("%(reading)s: %(what)s does not arise.") % values)
        else:
            day = danish.day_near(other.other_date, weekday=False, year=True)
            found.append(_("%(reading)s: %(what)s arises %(day)s.") % {**values, "day": day})
    return found


def next_step(case: Case, row: Clock | None, day: dt.date, viewer: Viewer) -> dict[str, Any]:
    """What has been said and done, and the one thing to do now."""
    citizen = case.citizen
    facts = words.facts_of(row) if row else None
    asked, decided = _said_and_decided(citizen) if facts is None or facts.asked or facts.referred else (None, None)
    told = list(Guidance.objects.filter(citizen=citizen).select_related("by").order_by("-given_on", "-pk")[:4])
    right_now = words.standings(row, day)[0].state if row else None
    said = []
    if asked:
        said.append(
            _("%(name)s asked for referral %(way)s %(day)s.")
            % {
                "name": citizen.short_name,
                "way": RequestWay(asked[1]).label,
                "day": danish.day_near(asked[0], weekday=False),
            }
        )
    if decided:
        said.append(
            _("It was decided %(day)s that %(name)s is to be referred. Ground: %(basis)s.")
            % {
                "name": citizen.short_name,
                "day": danish.day_near(decided[0], weekday=False),
                "basis": ReferralBasis(decided[1]).label,
            }
            + (" " + _("Law: %(law)s.") % {"law": decided[2]} if decided[2] else "")
        )
    return {
        "said": said,
        "told": [
            _("Told of %(about)s %(day)s by %(who)s.")
            % {
                "about": one.get_about_display(),
                "day": danish.day_near(one.given_on, weekday=False),
                "who": one.by.name if one.by else _("the system"),
            }
            for one in told
        ],
        "ask_url": "" if asked or decided else reverse("case_ask_referral", args=[case.pk]),
        "refer_url": reverse("case_refer", args=[case.pk])
        if not decided and may_refer(viewer.user, citizen, day)
        else "",
        "refer_first": right_now == ClockState.ASKED or bool(row and row.duty_on and row.duty_on <= day),
        "guide_url": reverse("case_guidance", args=[case.pk]),
        "assess_url": reverse("decision_new", args=[case.pk]) + "?slags=availability" if row else "",
    }


_Said = tuple[dt.date, str, str] | None


def _said_and_decided(citizen: Citizen) -> tuple[_Said, _Said]:
    """The standing request (day, way, nothing) and the standing decision (day, ground, law). One query."""
    mine = {"citizen": citizen, "withdrawn_at": None}
    asked = ReferralRequest.objects.filter(**mine).values_list(Value("asked"), "asked_on", "way", Value(""))
    decided = ReferralDecision.objects.filter(**mine).values_list(
        Value("decided"), "decided_on", "basis", "legal_basis"
    )
    found = {what: (day, how, law) for what, day, how, law in asked.union(decided, all=True)}
    return found.get("asked"), found.get("decided")
