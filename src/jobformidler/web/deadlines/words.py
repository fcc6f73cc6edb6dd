"""What a clock says in sentences a citizen understands (RULE-18)."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.law import Day, Event, Explained, Explanation, Interval, rule_set
from jobformidler.registers.enums import ClockState
from jobformidler.registers.models import Clock
from jobformidler.registers.states import Facts, Standing, duty, right
from jobformidler.web import danish


def banner_of(name: str) -> str:
    """The sentence that stands wherever results of this rule set show."""
    return rule_set(name).banner


def facts_of(clock: Clock) -> Facts:
    """The facts an annotated clock carries (`ClockQuerySet.with_facts`)."""
    found = {name: getattr(clock, name) for name in ("unemployed", "working", "on_maternity", "asked", "referred")}
    return Facts(**found, assessed=False if getattr(clock, "unavailable", False) else None)


def standings(clock: Clock, day: dt.date) -> tuple[Standing, Standing]:
    """Where right and duty stand on the day."""
    facts = facts_of(clock)
    doubt = {what for _parameter, _value, what, on in clock.readings if on}
    return (
        right(clock.right_on, day, facts, in_doubt="right" in doubt),
        duty(clock.duty_on, day, facts, in_doubt="duty" in doubt),
    )


def state_words(standing: Standing) -> str:
    """The state as a badge says it."""
    if standing.state == ClockState.ARISES and standing.days is not None:
        return _("arises in %(days)s") % {"days": danish.days(standing.days)}
    return str(standing.state.label)


def _long(day: dt.date) -> str:
    return danish.day_near(day, weekday=False, year=True)


def why_words(clock: Clock, name: str, day: dt.date) -> str:
    """The row of a list in one sentence: what is due, and what the caseworker is to do about it."""
    mine, years = standings(clock, day)
    words = {"name": name}
    if years.overdue and clock.duty_on:
        said = _(
            "%(name)s had been unemployed for 1 year on %(day)s. Assess availability; if the conditions are met, the"
            " municipality is to refer."
        )
        return said % {**words, "day": _long(clock.duty_on)}
    if mine.state == ClockState.ASKED and clock.right_on:
        return _("The right arose on %(day)s, and %(name)s has asked for referral.") % {
            **words,
            "day": _long(clock.right_on),
        }
    if mine.state == ClockState.UNUSED and clock.right_on:
        return _("The right arose on %(day)s. %(name)s has not asked for referral.") % {
            **words,
            "day": _long(clock.right_on),
        }
    if mine.state == ClockState.ARISES and mine.on:
        return _("The right arises on %(day)s, if nothing changes.") % {"day": _long(mine.on)}
    if years.state == ClockState.ARISES and years.on:
        return _("%(name)s will have been unemployed for 1 year on %(day)s, if nothing changes.") % {
            **words,
            "day": _long(years.on),
        }
    if ClockState.DEPENDS in (mine.state, years.state):
        return _("Whether the right has arisen depends on how the rule is read.")
    return _("By the letter the right has not arisen. The municipality can refer all the same.")


def sentence(explanation: Explanation, name: str, approved_on: dt.date) -> str:
    """Why the date is what it is, first the right, else the duty, else how far it has come."""
    now = [one for one in explanation.events if one.event.date <= explanation.day]
    for kind in (Event.RIGHT, Event.DUTY):
        found = next((one for one in reversed(now) if one.event.event is kind), None)
        if found is not None:
            return _arose(found, name, approved_on)
    coming = next((one for one in explanation.events if one.event.event in (Event.RIGHT, Event.DUTY)), None)
    if coming is not None:
        return _arises(coming, name, explanation)
    return _("By the letter the right has not arisen. The municipality can refer all the same.")


def _arose(one: Explained, name: str, approved_on: dt.date) -> str:
    values = {
        "day": _long(one.event.date),
        "name": name,
        "days": danish.days(one.event.counted_days),
        "approved": _long(approved_on),
    }
    if one.event.event is Event.DUTY:
        said = _("%(name)s had been unemployed for %(days)s on %(day)s.") % values
    elif one.event.cycle > 1:
        said = _("The right arose on %(day)s, because %(name)s has been unemployed for %(days)s after the last job.")
        said %= values
    else:
        said = _(
            "The right arose on %(day)s, because %(name)s has received ledighedsydelse for %(days)s after the approval on"
            " %(approved)s."
        )
        said %= values
    return " ".join([said, *_paused(one.paused)])


def _arises(one: Explained, name: str, explanation: Explanation) -> str:
    progress = next(p for p in explanation.progress if p.event is one.event.event) if explanation.progress else None
    values = {"day": _long(one.event.date), "name": name}
    said = (
        _("The right arises on %(day)s, if nothing changes.")
        if one.event.event is Event.RIGHT
        else _("%(name)s will have been unemployed for 1 year on %(day)s, if nothing changes.")
    ) % values
    if progress is not None and progress.needed_days:
        counted = danish.number(progress.counted_days)
        said += " " + _("%(counted)s of %(needed)s have passed.") % {
            "counted": counted,
            "needed": danish.days(progress.needed_days),
        }
    return " ".join([said, *_paused(one.paused)])


def _paused(paused: Sequence[Interval]) -> list[str]:
    if not paused:
        return []
    spans = ", ".join(danish.day_range(part.start, part.last) for part in paused)
    return [
        ngettext("Maternity %(spans)s does not count.", "Maternity %(spans)s does not count.", len(paused))
        % {"spans": spans}
    ]


def reading_words(parameter: str, value: str) -> str:
    """Another reading of the rules, in plain words."""
    texts = {
        ("window", "rolling"): _("If the 9 months may lie anywhere after the approval"),
        ("window", "literal"): _("If the 9 months begin with the approval"),
        ("duty_counting", "accumulated"): _("If all days of unemployment are added up"),
        ("duty_counting", "continuous"): _("If the year must be unbroken"),
        ("rearm_duty", "immediate"): _("If the duty is there at once after the last job"),
        ("rearm_duty", "new_year"): _("If a new year of unemployment is needed after the last job"),
        ("other_benefit", "ignored"): _("If unemployment on another benefit does not count"),
        ("other_benefit", "counts"): _("If unemployment on another benefit counts"),
        ("gap_days", "7"): _("If breaks of up to 7 days are overlooked"),
        ("gap_days", "0"): _("If no break is overlooked"),
    }
    return texts.get((parameter, str(value)), f"{parameter} = {value}")


def day_kind_words(day: Day) -> str:
    """What a stretch of days is called."""
    return {
        Day.NONE: _("nothing registered"),
        Day.UNEMPLOYED: _("unemployed on another benefit"),
        Day.LEDIGHEDSYDELSE: _("ledighedsydelse"),
        Day.WORK: _("in work"),
        Day.MATERNITY: _("maternity"),
    }[day]
