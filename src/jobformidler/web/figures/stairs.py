"""The citizen's own ladder: up to four stairs to scale, the current one darkest, the next one dashed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobformidler.web import danish
from jobformidler.web.figures.shapes import NARROW, Drawing, Path, Rect, Text

HEIGHT, HEAD, GAP = 134, 34, 10


@dataclass(frozen=True)
class Stair:
    """Hours a week from a day. Exactly one stair is ``current``; a later one is not reached yet."""

    hours: float
    from_date: dt.date | None = None
    current: bool = False
    coming: bool = False


@dataclass(frozen=True)
class Stairs:
    """The drawing with its title and description."""

    uid: str
    title: str
    desc: str
    drawing: Drawing


def stairs(*, steps: Sequence[Stair], title: str, uid: str = "stairs") -> Stairs:
    """The last four steps, drawn 342 wide. The description reads the same numbers aloud."""
    shown = list(steps)[-4:]
    out = Drawing(NARROW, HEAD + HEIGHT + 28)
    tallest = max([float(s.hours) for s in shown] + [1])
    width = (NARROW - GAP * (len(shown) - 1)) / max(len(shown), 1)
    base = HEAD + HEIGHT
    told = []
    for i, step in enumerate(shown):
        x, h = i * (width + GAP), max(HEIGHT * float(step.hours) / tallest, 3)
        y, middle = base - h, i * (width + GAP) + width / 2
        below = (
            _("now")
            if step.current
            else _("next")
            if step.coming
            else danish.day_month(step.from_date)
            if step.from_date
            else ""
        )
        if step.coming:
            r = 3
            left, right, top = x + 1, x + width - 1, y + 1
            d = (
                f"M{left} {base - 1} V{top + r} Q{left} {top} {left + r} {top} H{right - r} "
                f"Q{right} {top} {right} {top + r} V{base - 1} Z"
            )
            out.add(Path(d, "f-none s-fjord", 2, "6 4"))
        else:
            out.add(Rect(x, y, width, h, "f-fjord" if step.current else "f-mid", radius=2))
        out.add(
            Text(
                middle,
                y - 12 if step.current else y - 10,
                danish.hours(step.hours),
                "td" if step.current else "ts",
                "middle",
            )
        )
        out.add(Text(middle, base + 26, below, "tb16" if step.current else "t16", "middle"))
        told.append(f"{below}: {danish.hours(step.hours)}")
    return Stairs(uid, title, ". ".join(told) + ".", out)
