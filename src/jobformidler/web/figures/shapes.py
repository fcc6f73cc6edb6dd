"""The few shapes every figure is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

WIDE, MID, NARROW = 976, 660, 342
Anchor = Literal["start", "middle", "end"]

# Advance of IBM Plex Sans per character as a share of the font size; generous, so that labels never touch.
_CHAR = 0.52


def text_width(text: str, size: float) -> float:
    """Roughly how wide ``text`` is drawn at ``size`` pixels."""
    return len(text) * size * _CHAR


@dataclass(frozen=True)
class Rect:
    """A filled rectangle; ``css`` holds the fill and stroke classes, ``hatched`` fills with the figure's pattern."""

    x: float
    y: float
    w: float
    h: float
    css: str = "f-fjord"
    hatched: bool = False
    dash: str = ""
    stroke: float = 0
    radius: float = 0
    kind: str = "rect"


@dataclass(frozen=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    css: str = "s-line"
    stroke: float = 1
    dash: str = ""
    kind: str = "line"


@dataclass(frozen=True)
class Path:
    """An SVG path; filled when ``css`` names a fill, otherwise stroked."""

    d: str
    css: str = "f-none s-ink"
    stroke: float = 2.5
    dash: str = ""
    kind: str = "path"


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    r: float = 4
    css: str = "f-fjord"
    kind: str = "dot"


@dataclass(frozen=True)
class Text:
    """Words at a point on the base line; with ``url`` a link."""

    x: float
    y: float
    text: str
    css: str = "t2"
    anchor: Anchor = "start"
    url: str = ""
    label: str = ""
    kind: str = "text"


Shape = Rect | Line | Path | Dot | Text


@dataclass
class Drawing:
    """One SVG: its size in pixels, where it is shown ("at-wide", "at-mid", "at-narrow" or "") and its shapes in order."""

    width: float
    height: float
    at: str = ""
    shapes: list[Shape] = field(default_factory=list)

    @property
    def has_links(self) -> bool:
        """Whether the drawing holds links; then it is a group of parts instead of one image."""
        return any(isinstance(shape, Text) and shape.url for shape in self.shapes)

    def add(self, *shapes: Shape) -> None:
        """Draw on top of what is there."""
        self.shapes.extend(shapes)
