"""The road to ordinary hours: five bars to scale from one base line, with what lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobformidler.web import danish
from jobformidler.web.figures.shapes import MID, WIDE, Drawing, Path, Rect, Text

HEAD, PLOT = 40, 189


@dataclass(frozen=True)
class FunnelStep:
    """One step. ``share`` (0–1) and ``median_days`` describe the way from this step to the next; ``goal_days`` its goal.

    ``count`` is None when it is under ten and may not be shown.
    """

    label: str
    count: int | None
    url: str = ""
    share: float | None = None
    median_days: int | None = None
    goal_days: int | None = None

    @property
    def over_goal(self) -> bool:
        """Whether people wait longer than the goal on the way to the next step."""
        return self.median_days is not None and self.goal_days is not None and self.median_days > self.goal_days

    @property
    def shown(self) -> str:
        """The number, or that it is too small to show."""
        return _("not shown") if self.count is None else danish.number(self.count)

    @property
    def share_words(self) -> str:
        """ "86 %", or nothing."""
        return "" if self.share is None else danish.percent(self.share)

    @property
    def days_words(self) -> str:
        """ "4 dage", or nothing."""
        return "" if self.median_days is None else danish.days(self.median_days)

    @property
    def goal_words(self) -> str:
        """ "målet er 14"."""
        return "" if self.goal_days is None else _("the goal is %(n)s") % {"n": self.goal_days}


@dataclass(frozen=True)
class FunnelRow:
    """A step as a row with a horizontal bar, for narrow screens. ``width`` is a share of the longest, 0–100."""

    step: FunnelStep
    width: float
    last: bool


@dataclass(frozen=True)
class Funnel:
    """The drawings, the rows for narrow screens and the table."""

    uid: str
    title: str
    desc: str
    drawings: list[Drawing]
    rows: list[FunnelRow]
    steps: Sequence[FunnelStep]


def _draw(steps: Sequence[FunnelStep], width: float, at: str) -> Drawing:
    out = Drawing(width, HEAD + PLOT + 28, at)
    top = max([s.count or 0 for s in steps] + [1])
    base = HEAD + PLOT
    bar = round(width * 0.1148)
    pitch = (width - bar) / max(len(steps) - 1, 1)
    xs = [round(i * pitch) for i in range(len(steps))]
    ys = [round(base - PLOT * (s.count or 0) / top, 1) for s in steps]
    for i in range(len(steps) - 1):
        right = xs[i] + bar
        out.add(Path(f"M{right} {ys[i]} L{xs[i + 1]} {ys[i + 1]} V{base} H{right} Z", "f-faint", 0))
    for i, step in enumerate(steps):
        out.add(Rect(xs[i], ys[i], bar, base - ys[i], "f-fjord" if i == len(steps) - 1 else "f-soft"))
        label = f"{step.label}: {step.shown}"
        out.add(
            Text(xs[i], ys[i] - 14, step.shown, "tn" if step.count is not None else "t2", url=step.url, label=label)
        )
        out.add(Text(xs[i], base + 26, step.label, "tb15"))
        if i == len(steps) - 1:
            continue
        middle = (xs[i] + bar + xs[i + 1]) / 2
        lift = 21 if step.over_goal else 0
        if step.share is not None:
            out.add(Text(middle, base - 36 - lift, step.share_words, "t15", "middle"))
        if step.median_days is not None:
            out.add(Text(middle, base - 14 - lift, step.days_words, "tw15" if step.over_goal else "tb15", "middle"))
        if step.over_goal:
            out.add(Text(middle, base - 14, step.goal_words, "tw2", "middle"))
    return out


def funnel(*, steps: Sequence[FunnelStep], title: str, uid: str = "funnel") -> Funnel:
    """Five steps (any number from two works) drawn for two widths, and as rows for the phone."""
    top = max([s.count or 0 for s in steps] + [1])
    rows = [FunnelRow(s, round(100 * (s.count or 0) / top, 2), i == len(steps) - 1) for i, s in enumerate(steps)]
    told = [
        " ".join(
            part
            for part in (
                f"{s.label}: {s.shown}.",
                s.share_words and _("%(share)s on, median %(days)s.") % {"share": s.share_words, "days": s.days_words},
            )
            if part
        )
        for s in steps
    ]
    return Funnel(
        uid, title, " ".join(told), [_draw(steps, WIDE, "at-wide"), _draw(steps, MID + 40, "at-mid")], rows, steps
    )
