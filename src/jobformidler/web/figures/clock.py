"""A clock drawn as a time-line: what counted, what is paused, what does not count, and the dates it gives (RULE-18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.web import danish
from jobformidler.web.figures.shapes import MID, NARROW, WIDE, Drawing, Line, Path, Rect, Text, text_width

BAR, HEIGHT = 96, 54
COUNTED, LATER, COMING, PAUSED, OTHER = "counted", "later", "coming", "paused", "other"


@dataclass(frozen=True)
class Stretch:
    """Days of one kind, half-open; `role` says how they are drawn."""

    start: dt.date
    end: dt.date
    role: str
    label: str

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.start).days


@dataclass(frozen=True)
class Mark:
    """A day with its words under the line; `strong` for the date the page is about."""

    on: dt.date
    text: str
    note: str = ""
    strong: bool = False


@dataclass(frozen=True)
class ClockFigure:
    """The drawings with title and description."""

    uid: str
    title: str
    desc: str
    drawings: tuple[Drawing, ...]


def clock_figure(
    *,
    stretches: Sequence[Stretch],
    marks: Sequence[Mark],
    window: tuple[dt.date, dt.date, str, str] | None,
    title: str,
    uid: str = "clock",
) -> ClockFigure:
    """Draw a clock. `window` is first day, day after the last, heading and note; marks stand under the line by day."""
    told = [
        f"{danish.day_range(s.start, s.end - dt.timedelta(1))}: {s.label}, {danish.days(s.days)}" for s in stretches
    ]
    told += [f"{danish.day_near(m.on, weekday=False, year=True)}: {m.text}" for m in marks]
    widths = ((WIDE, "at-wide"), (MID, "at-mid"), (NARROW, "at-narrow"))
    drawings = tuple(_Draughtsman(width, at, stretches, marks, window).draw() for width, at in widths)
    return ClockFigure(uid, title, ". ".join(told) + ".", drawings)


class _Draughtsman:
    def __init__(
        self,
        width: int,
        at: str,
        stretches: Sequence[Stretch],
        marks: Sequence[Mark],
        window: tuple[dt.date, dt.date, str, str] | None,
    ):
        self.out = Drawing(width, 0, at)
        self.stretches, self.marks, self.window = stretches, sorted(marks, key=lambda m: m.on), window
        days = [s.start for s in stretches] + [s.end for s in stretches] + [m.on for m in marks]
        if window:
            days += window[:2]
        self.first, self.last = min(days), max(days)
        edge = 12 if width == NARROW else 40
        self.left, self.scale = edge, (width - 2 * edge) / max((self.last - self.first).days, 1)

    def x(self, day: dt.date) -> float:
        return round(self.left + (day - self.first).days * self.scale, 1)

    def draw(self) -> Drawing:
        self._window()
        for stretch in self.stretches:
            self._stretch(stretch)
        base = BAR + HEIGHT
        self.out.add(Line(0, base, self.out.width, base, "s-ink", 1.5))
        self._months(base)
        self.out.height = self._marks(base)
        return self.out

    def _window(self) -> None:
        if self.window is None:
            return
        first, end, heading, note = self.window
        x1, x2 = self.x(first), self.x(end)
        if self.out.width != NARROW:
            self.out.add(Text(x1, 14, heading, "tb16"), Text(x1, 34, note, "t2"))
        self.out.add(Path(f"M{x1} 58V46H{x2}V58", "f-none s-ink", 1.5))

    def _stretch(self, s: Stretch) -> None:
        x, w = self.x(s.start), max(self.x(s.end) - self.x(s.start), 1)
        css = {COUNTED: "f-fjord", LATER: "f-mid", COMING: "f-white s-fjord", OTHER: "f-faint s-line"}.get(s.role, "")
        self.out.add(Rect(x, BAR, w, HEIGHT, "f-white s-strong", stroke=1) if s.role == PAUSED else Rect(
            x, BAR, w, HEIGHT, css, dash="5 4" if s.role == COMING else "", stroke=1.5 if s.role in (COMING, OTHER) else 0
        ))  # fmt: skip
        if s.role == PAUSED:
            self.out.add(Rect(x, BAR, w, HEIGHT, hatched=True))
        self._inside(s, x, w)
        if s.role != COMING and text_width(s.label, 14) < w + 40 and self.out.width != NARROW:
            self.out.add(Text(x, BAR - 14, s.label, "t2"))

    def _inside(self, s: Stretch, x: float, w: float) -> None:
        number = danish.number(s.days)
        days = danish.days(s.days)
        words = {
            COMING: ngettext("%(days)s to go", "%(days)s to go", s.days) % {"days": days},
            PAUSED: ngettext("%(days)s does not count", "%(days)s do not count", s.days) % {"days": days},
            OTHER: days,
        }.get(s.role, days)
        middle, y = x + w / 2, BAR + HEIGHT / 2 + 6
        for text in (words, number):
            wide = text_width(text, 16)
            if wide + 12 <= w:
                if s.role == PAUSED:
                    self.out.add(Rect(middle - wide / 2 - 8, BAR + 11, wide + 16, HEIGHT - 22, "f-white"))
                css = {COUNTED: "ti", LATER: "tb16", PAUSED: "tb16"}.get(s.role, "t16")
                self.out.add(Text(middle, y, text, css, "middle"))
                return

    def _months(self, base: float) -> None:
        """A tick a month; a label every so many that they do not touch."""
        month = self.first.replace(day=1)
        step = next((n for n in (1, 3, 6, 12) if 30.4 * n * self.scale > 70), 24)
        shown_year = 0
        while month <= self.last:
            x = self.x(month)
            if month >= self.first:
                labelled = (month.month - 1) % step == 0 if step < 12 else month.month == 1
                self.out.add(Line(x, base, x, base + (6 if labelled else 4), "s-ink3"))
                if labelled:
                    name = date_format(month, "N").lower()
                    year = f" {month.year}" if month.year != shown_year and month.month == 1 else ""
                    shown_year = month.year
                    self.out.add(Text(x, base + 20, f"{name}{year}", "t2", "middle"))
            month = (month + dt.timedelta(32)).replace(day=1)

    def _marks(self, base: float) -> float:
        """Each mark takes the first line on which its words touch no other; returns the height used."""
        taken: list[list[tuple[float, float]]] = []
        bottom = base + 24
        for mark in self.marks:
            x = self.x(mark.on)
            words = f"{danish.day_near(mark.on, weekday=False, year=True)}: {mark.text}"
            wide = max(text_width(words, 16), text_width(mark.note, 14)) + 16
            crossed = any(x < self.x(other.on) < x + wide for other in self.marks)
            right = x < wide or (x + wide <= self.out.width and not crossed)
            span = (x, x + wide) if right else (x - wide, x)
            row = next((i for i, used in enumerate(taken) if all(span[1] < a or span[0] > b for a, b in used)), None)
            if row is None:
                taken.append([])
                row = len(taken) - 1
            taken[row].append(span)
            y = base + 52 + row * 56
            self.out.add(Line(x, base, x, y + 22, "s-fjord" if mark.strong else "s-strong", 2.5 if mark.strong else 1))
            place, anchor = (x + 8, "start") if right else (x - 8, "end")
            self.out.add(Text(place, y, words, "tf" if mark.strong else "tb15", anchor))  # type: ignore[arg-type]
            if mark.note:
                self.out.add(Text(place, y + 19, mark.note, "t2", anchor))  # type: ignore[arg-type]
            bottom = max(bottom, y + 30)
        return bottom


def today_mark(day: dt.date, note: str = "") -> Mark:
    """Where we are."""
    return Mark(day, _("today"), note)
