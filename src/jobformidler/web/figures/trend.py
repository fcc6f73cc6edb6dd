"""A trend: one line from zero, its first value, its last value at a dot, and the goal as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobformidler.web import danish
from jobformidler.web.figures.shapes import Dot, Drawing, Line, Path, Text

LINE, SHORT_LINE, RIGHT, HEAD, PLOT = 400, 290, 52, 24, 104


@dataclass(frozen=True)
class Trend:
    """The drawings (half a page wide, and for the phone), title and description, and the points for the table."""

    uid: str
    title: str
    desc: str
    drawings: list[Drawing]
    points: list[tuple[str, float]]


def _draw(points: Sequence[tuple[str, float]], title: str, goal: float | None, url: str, line: int, at: str) -> Drawing:
    values = [float(value) for _label, value in points]
    top = max([*values, float(goal or 0), 1.0])
    base = HEAD + PLOT
    out = Drawing(line + RIGHT, base + 30, at)

    def x(i: int) -> float:
        return round(line * i / max(len(values) - 1, 1), 1)

    def y(value: float) -> float:
        return round(base - PLOT * 0.92 * value / top, 1)

    out.add(Line(0, base, line, base, "s-strong"))
    if goal is not None:
        out.add(Line(0, y(goal), line, y(goal), "s-mid", 1.5, "3 4"))
        out.add(Text(0, y(goal) - 9, _("goal %(n)s") % {"n": danish.number(goal)}, "t2"))
    if values:
        end_x, end_y, shown = x(len(values) - 1), y(values[-1]), danish.hours(values[-1])
        drawn = "M" + " L".join(f"{x(i)} {y(value)}" for i, value in enumerate(values))
        out.add(Path(drawn, "f-none s-fjord", 2.5), Dot(end_x, end_y))
        out.add(Text(end_x + 12, end_y + 6, shown, "tl", url=url, label=f"{title}: {shown}"))
        clash = goal is not None and abs(y(values[0]) - y(goal) - 1) < 18
        out.add(Text(0, y(values[0]) + (22 if clash else -10), danish.hours(values[0]), "t2"))
        out.add(Text(0, base + 24, points[0][0], "t2"), Text(line, base + 24, points[-1][0], "t2", "end"))
    return out


def trend(
    *, points: Sequence[tuple[str, float]], title: str, goal: float | None = None, url: str = "", uid: str = "trend"
) -> Trend:
    """``points`` are (label, value) in order, e.g. ("uge 36", 8); the last number links to ``url`` when given."""
    drawings = [_draw(points, title, goal, url, line, at) for line, at in ((LINE, "at-half"), (SHORT_LINE, "at-third"))]
    desc = "; ".join(f"{label}: {danish.hours(value)}" for label, value in points)
    return Trend(uid, title, desc, drawings, [(label, float(value)) for label, value in points])
