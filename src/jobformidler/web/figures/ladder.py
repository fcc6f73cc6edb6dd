"""The hours ladder: one column per week, steps agreed as a line over what was really worked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.web import danish
from jobformidler.web.figures.shapes import MID, NARROW, WIDE, Drawing, Line, Path, Rect, Text, text_width

WEEK = dt.timedelta(days=7)
LEFT, GAP, PER_HOUR, TICK = 41, 3, 11.5, 5
BELOW_AXIS = 56


@dataclass(frozen=True)
class Week:
    """Hours of one week (``monday`` is its first day): paid, unpaid internship hours, and whether they are planned."""

    monday: dt.date
    paid: float = 0
    unpaid: float = 0
    absence: bool = False
    planned: bool = False


@dataclass(frozen=True)
class Step:
    """A step of the ladder. ``from_date`` is None while the date is missing; ``label`` is the quiet second line."""

    hours: float
    from_date: dt.date | None
    agreed: bool = True
    label: str = ""


@dataclass(frozen=True)
class Ladder:
    """Everything the template needs: the drawings, the sentence, the description and the table beside it."""

    uid: str
    title: str
    desc: str
    drawings: list[Drawing]
    weeks: Sequence[Week]
    kinds: frozenset[str]
    upcoming: str = ""


@dataclass(frozen=True)
class _Caption:
    x: float
    head: str
    note: str
    missing: bool = False
    through: bool = False


def _hours_name(hours: float) -> str:
    return ngettext("%(n)s paid hour", "%(n)s paid hours", 1 if hours == 1 else 2) % {"n": danish.hours(hours)}


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


class _Pen:
    """Draws one ladder at one width."""

    def __init__(
        self,
        weeks: Sequence[Week],
        steps: Sequence[Step],
        today: dt.date,
        mark13: dt.date | None,
        scale: float,
        end: dt.date,
        width: float,
        at: str,
    ) -> None:
        self.weeks, self.steps, self.today, self.mark13, self.end = weeks, steps, today, mark13, end
        self.compact = width < MID
        self.start = weeks[0].monday if weeks else _monday(today)
        self.left = 28 if self.compact else LEFT
        self.pitch = (width - self.left) / max((end - self.start).days / 7, 1)
        tallest = max([scale, *(w.paid + w.unpaid for w in weeks), *(s.hours for s in steps)])
        self.top_hours = -(-tallest // TICK) * TICK
        self.per_hour = PER_HOUR if self.top_hours <= 20 else PER_HOUR * 20 / self.top_hours
        captions = self._captions(width)
        levels = self._levels(captions, width)
        self.line_height = 26 if self.compact else 46
        self.head = 36 + self.line_height * (max(levels, default=0) + 1)
        self.base = self.head + self.top_hours * self.per_hour
        self.out = Drawing(width, self.base + BELOW_AXIS, at)
        self._grid()
        self._columns()
        self._next_step()
        self._agreed_line()
        self._draw_captions(captions, levels)
        self._axis()

    def x(self, day: dt.date) -> float:
        return round(self.left + (day - self.start).days / 7 * self.pitch, 1)

    def y(self, hours: float) -> float:
        return round(self.base - float(hours) * self.per_hour, 1)

    @property
    def _upcoming(self) -> Step | None:
        return next((step for step in self.steps if not step.agreed), None)

    @property
    def _next_from(self) -> dt.date:
        step = self._upcoming
        if step is not None and step.from_date is not None:
            return step.from_date
        after = _monday(self.today) + WEEK
        return max(after, self.mark13) if self.mark13 is not None and self.mark13 < self.end else after

    def _captions(self, width: float) -> list[_Caption]:
        found = [
            _Caption(self.x(step.from_date), _hours_name(step.hours), step.label)
            for step in self.steps
            if step.agreed and step.from_date is not None and self.start <= step.from_date < self.end
        ]
        if self.mark13 is not None and self.start <= self.mark13 < self.end:
            found.append(_Caption(self.x(self.mark13), _("13 weeks"), danish.day_near(self.mark13), through=True))
        step = self._upcoming
        if step is not None and not self._room_inside(step, width):
            found.append(
                _Caption(self.x(self._next_from) + 6, _hours_name(step.hours), step.label, missing=not step.from_date)
            )
        return sorted(found, key=lambda caption: caption.x)

    def _room_inside(self, step: Step, width: float) -> bool:
        """Whether the words of the next step stand under its own dashed line; else they are a caption on top."""
        return width - self.x(self._next_from) >= 150 and float(step.hours) * self.per_hour >= 64

    def _long(self, caption: _Caption) -> float:
        """Width of a caption's words; on narrow drawings the quiet second line is left out."""
        head = text_width(caption.head, 16)
        return head if self.compact else max(head, text_width(caption.note, 14))

    def _flips(self, caption: _Caption, width: float) -> bool:
        """Whether a caption does not fit to the right of its line and is set against the right edge instead."""
        return caption.missing or caption.x + 10 + self._long(caption) > width

    def _levels(self, captions: list[_Caption], width: float) -> list[int]:
        """The row each caption stands in, counted upwards, so that no line runs through another caption's words.

        A caption to the left stands above those its words reach over; one set against the right edge stands on top.
        """
        levels = dict.fromkeys(range(len(captions)), 0)
        normal = [i for i, caption in enumerate(captions) if not self._flips(caption, width)]
        for i in reversed(normal):
            reach = captions[i].x + 16 + self._long(captions[i])
            levels[i] = max((levels[j] + 1 for j in normal if j > i and captions[j].x < reach), default=0)
        placed = list(normal)
        for i in (i for i in levels if i not in normal):
            begin = width - self._long(captions[i]) - 12
            levels[i] = max(
                (levels[j] + 1 for j in placed if captions[j].x + 16 + self._long(captions[j]) > begin), default=0
            )
            placed.append(i)
        return [levels[i] for i in range(len(captions))]

    def _grid(self) -> None:
        for hours in range(0, int(self.top_hours) + 1, TICK):
            y = self.y(hours)
            self.out.add(Text(self.left - 11, y + 5, str(hours), "t2", "end"))
            if hours:
                self.out.add(Line(self.left, y, self.out.width, y))

    def _columns(self) -> None:
        gap = GAP if self.pitch > 12 else 1
        for week in self.weeks:
            x, w = self.x(week.monday) + 0.5, round(self.pitch - gap, 1)
            if week.planned:
                if week.paid:
                    self.out.add(
                        Rect(
                            x + 1,
                            self.y(week.paid),
                            w - 2,
                            float(week.paid) * self.per_hour,
                            "f-tint s-fjord",
                            stroke=1.5,
                        )
                    )
                continue
            top = self.y(week.paid + week.unpaid)
            if week.unpaid:
                self.out.add(Rect(x, top, w, self.y(week.paid) - top, "", hatched=True))
            if week.paid:
                self.out.add(Rect(x, self.y(week.paid), w, float(week.paid) * self.per_hour))
            if week.absence:
                word, middle = _("absence"), x + w / 2
                if text_width(word, 14) <= self.pitch + 8:
                    self.out.add(
                        Rect(x - GAP, top - 22, w + 2 * GAP, 21, "f-white"), Text(middle, top - 7, word, "t2", "middle")
                    )
                else:
                    self.out.add(Text(middle, top - 7, "*", "t2", "middle"))

    def _agreed_line(self) -> None:
        agreed = sorted(
            (s for s in self.steps if s.agreed and s.from_date is not None), key=lambda s: s.from_date or self.start
        )
        if not agreed:
            return
        upcoming = self._upcoming
        until = min(self._next_from, self.end) if upcoming is not None else self.end
        if upcoming is not None and self.mark13 is not None:
            until = min(until, max(self.mark13, _monday(self.today) + WEEK))
        moves, height = [f"M{self.left} {self.y(0)}"], 0.0
        for step in agreed:
            x = self.x(max(step.from_date or self.start, self.start))
            if step.hours != height or len(moves) == 1:
                moves.append(f"H{x} V{self.y(step.hours)}")
            height = step.hours
        moves.append(f"H{self.x(until) - 1}")
        self.out.add(Path(" ".join(moves)))

    def _next_step(self) -> None:
        step = self._upcoming
        if step is None:
            return
        x, y, right = self.x(self._next_from) + 6, self.y(step.hours), self.out.width
        self.out.add(Path(f"M{x} {self.base} V{y} H{right}", "f-none s-fjord", 2, "6 5"))
        if self._room_inside(step, right):
            self.out.add(Text(x + 18, y + 31, _hours_name(step.hours), "tl"))
            self.out.add(Text(x + 18, y + 55, step.label, "t2" if step.from_date else "tw"))

    def _draw_captions(self, captions: list[_Caption], levels: list[int]) -> None:
        deepest = max(levels, default=0)
        for caption, level in zip(captions, levels, strict=True):
            y = (deepest - level) * self.line_height
            bottom = self.base if caption.through else self.head - 4
            flip = self._flips(caption, self.out.width)
            tx = self.out.width if flip else caption.x + 9.5
            if not caption.missing:
                top = self.head - 24 if flip and level else y
                self.out.add(Line(caption.x, top, caption.x, bottom, "s-strong"))
            self.out.add(Text(tx, y + 13, caption.head, "t1", "end" if flip else "start"))
            if not self.compact:
                self.out.add(
                    Text(tx, y + 34, caption.note, "tw" if caption.missing else "t2", "end" if flip else "start")
                )

    def _axis(self) -> None:
        out, base = self.out, self.base
        out.add(Line(self.left, base, out.width, base, "s-ink", 2))
        days = [
            s.from_date
            for s in self.steps
            if s.agreed and s.from_date is not None and self.start <= s.from_date < self.end
        ]
        today_x = self.x(_monday(self.today)) + self.pitch / 2
        drawn = -100.0
        for day in sorted(set(days)):
            x = self.x(day)
            if x - drawn > 52 and abs(x + 16 - today_x) > 56:
                out.add(Text(x, base + 24, danish.day_month(day), "t2"))
                drawn = x
        if out.width - today_x > 84:
            out.add(Text(out.width, base + 24, danish.day_month(self.end), "t2", "end"))
        if self.start <= self.today < self.end:
            number = (_monday(self.today) - self.start).days // 7 + 1
            tx = min(max(today_x, 24), out.width - 24)
            out.add(Path(f"M{today_x - 7} {base + 9} L{today_x} {base + 2} L{today_x + 7} {base + 9} Z", "f-ink", 0))
            out.add(Text(tx, base + 26, _("Today"), "tb", "middle"))
            out.add(Text(tx, base + 46, (_("week %(n)s") % {"n": number}), "t2", "middle"))


def ladder(
    *,
    weeks: Sequence[Week],
    steps: Sequence[Step],
    today: dt.date,
    title: str,
    mark13: dt.date | None = None,
    scale: float = 15,
    end: dt.date | None = None,
    uid: str = "ladder",
) -> Ladder:
    """The ladder of one placement, drawn for three widths.

    ``scale`` is the least number of hours on the axis; ``end`` the right edge (default five weeks after this week).
    ``title`` is the sentence that stands above. Hours are hours a week.
    """
    last = max([w.monday + WEEK for w in weeks] + [_monday(today) + WEEK])
    until = end or max(last, _monday(today) + 5 * WEEK)
    drawings = [
        _Pen(weeks, steps, today, mark13, scale, until, width, at).out
        for width, at in ((WIDE, "at-wide"), (MID, "at-mid"), (NARROW, "at-narrow"))
    ]
    told = [f"{_hours_name(step.hours)} {step.label}".strip() for step in steps]
    coming = next((step for step in steps if not step.agreed), None)
    upcoming = f"{_hours_name(coming.hours)}: {coming.label}" if coming is not None else ""
    kinds = {"agreed"} if any(step.agreed for step in steps) else set()
    kinds |= {"paid"} if any(w.paid and not w.planned for w in weeks) else set()
    kinds |= {"unpaid"} if any(w.unpaid and not w.planned for w in weeks) else set()
    kinds |= {"planned"} if any(w.planned for w in weeks) else set()
    kinds |= {"absence"} if any(w.absence for w in weeks) else set()
    return Ladder(uid, title, ". ".join(told) + ".", drawings, list(weeks), frozenset(kinds), upcoming)
