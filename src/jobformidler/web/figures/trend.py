"""A trend: one line from zero, its first value, its last value at a dot, and the goal as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobformidler.web import danish
from jobformidler.web.figures.shapes import Dot, Drawing, Line, Path, Text

LINE, RIGHT, HEAD, PLOT = 400, 52, 24, 104


@dataclass(frozen=True)
class Trend:
    """The drawing, its title and description, and the points for the table beside it."""

    uid: str
    title: str
    desc: str
    drawing: Drawing
    points: list[tuple[str, float]]


def trend(*, points: Sequence[tuple[str, float]], title: str, goal: float | None = None, url: str = "", uid: str = "trend") -> Trend:
    """``points`` are (label, value) in order, e.g. ("uge 36", 8); the last number links to ``url`` when given."""
    values = [float(value) for _label, value in points]
    top = max([*values, float(goal or 0), 1.0])
    base = HEAD + PLOT
    out = Drawing(LINE + RIGHT, base + 30)

    def x(i: int) -> float:
        return round(LINE * i / max(len(values) - 1, 1), 1)

    def y(value: float) -> float:
        return round(base - PLOT * 0.92 * value / top, 1)

    out.add(Line(0, base, LINE, base, "s-strong"))
    if goal is not None:
        out.add(Line(0, y(goal), LINE, y(goal), "s-mid", 1.5, "3 4"))
        goal_words = _("goal %(n)s") % {"n": danish.number(goal)}
        out.add(Text(0, y(goal) - 9, goal_words, "t2"))
    if values:
        d = "M" + " L".join(f"{x(i)} {y(value)}" for i, value in enumerate(values))
        out.add(Path(d, "f-none s-fjord", 2.5), Dot(x(len(values) - 1), y(values[-1])))
        out.add(Text(x(len(values) - 1) + 12, y(values[-1]) + 6, danish.number(values[-1]), "tl", url=url, label=f"{title}: {danish.number(values[-1])}"))
        clash = goal is not None and abs(y(values[0]) - 10 - (y(goal) - 9)) < 18
        out.add(Text(0, y(values[0]) + (22 if clash else -10), danish.number(values[0]), "t2"))
        out.add(Text(0, base + 24, points[0][0], "t2"), Text(LINE, base + 24, points[-1][0], "t2", "end"))
    desc = "; ".join(f"{label}: {danish.number(value)}" for label, value in points)
    return Trend(uid, title, desc, out, [(label, float(value)) for label, value in points])
