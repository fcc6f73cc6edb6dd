"""What a change would do to the dates, as a page shows it: old date, new date, and the line drawn before and after."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.law import ClockRules
from jobformidler.registers.trial import Dates
from jobformidler.web import danish
from jobformidler.web.deadlines import explained, words
from jobformidler.web.figures.clock import ClockFigure


@dataclass(frozen=True)
class Move:
    """One date before and after, as words."""

    what: str
    old: str
    new: str
    how: str
    moved: bool


@dataclass(frozen=True)
class Moves:
    """Everything a change does to the dates, in one sentence, in rows and drawn."""

    sentence: str
    rows: tuple[Move, ...]
    before: ClockFigure | None
    after: ClockFigure | None
    banner: str


def moves(before: Dates | None, after: Dates | None, rules: ClockRules) -> Moves:
    """The dates of the citizen before and after a change; None where there is no approval."""
    labels = (_("The right"), _("The duty"), _("Counts anew after work"))
    rows = tuple(_move(what, old, new) for what, old, new in zip(labels, _of(before), _of(after), strict=True))
    moved = [row for row in rows if row.moved]
    if after is None:
        sentence = _("Without an approval to fleksjob neither right nor duty is counted.")
    elif not moved:
        sentence = _("No date moves.")
    else:
        sentence = ngettext("%(n)s date moves.", "%(n)s dates move.", len(moved)) % {"n": danish.number(len(moved))}
    drawn = moved or before != after
    return Moves(
        sentence=sentence,
        rows=rows,
        before=_drawn(before, "clock-before", _("The days that count now")) if drawn else None,
        after=_drawn(after, "clock-after", _("The days that count after the change")) if drawn else None,
        banner=words.banner_of(rules.rule_set),
    )


def _of(held: Dates | None) -> tuple[dt.date | None, ...]:
    return (held.right, held.duty, held.rearm) if held else (None, None, None)


def _drawn(held: Dates | None, uid: str, title: str) -> ClockFigure | None:
    return explained.draw(held.told, held.approved_on, uid=uid, title=title) if held else None


def _move(what: str, old: dt.date | None, new: dt.date | None) -> Move:
    if old == new:
        how = _("does not move")
    elif old is None:
        how = _("arises")
    elif new is None:
        how = _("does not arise")
    else:
        away = abs((new - old).days)
        how = (_("%(days)s later") if new > old else _("%(days)s earlier")) % {"days": danish.days(away)}
    return Move(what, _said(old), _said(new), how, old != new)


def _said(day: dt.date | None) -> str:
    return "–" if day is None else danish.day_near(day, weekday=False, year=True)
