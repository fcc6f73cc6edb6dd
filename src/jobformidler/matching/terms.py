"""The words of the matching engine: a need, places as columns, findings, and the named numbers. Pure, without Django."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """Why a place cannot be proposed now, in the order it is told: a place with several counts under the first."""

    CLOSED = "closed"
    FULL = "full"
    APPROVAL = "approval"
    HOURS = "hours"
    START = "start"
    TRAVEL = "travel"
    LATER = "later"
    NO_PAID_HOURS = "paid"


#: The reasons a "what if" can lift; the others are facts about the place.
RELAXABLE = (Reason.START, Reason.TRAVEL, Reason.HOURS, Reason.LATER, Reason.NO_PAID_HOURS)


class Criterion(StrEnum):
    """What a place is held against. CONTACT, FRESH and BEFORE are only things to clarify."""

    PAID_HOURS = "paid_hours"
    CONSIDERATION = "consideration"
    TASKS = "tasks"
    START = "start"
    HOURS = "hours"
    TRAVEL = "travel"
    CONTACT = "contact"
    FRESH = "fresh"
    BEFORE = "before"


class Verdict(StrEnum):
    """What a fact means for this citizen."""

    FOR = "for"
    ASKS = "asks"
    AGAINST = "against"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Parameters:
    """The engine's named numbers; all of them conventions of the platform that a manager may change."""

    weight_paid_hours: float = 3
    weight_consideration_most: float = 3
    weight_consideration_much: float = 2
    weight_consideration_some: float = 1
    weight_tasks: float = 2
    weight_start: float = 1
    weight_hours: float = 1
    weight_travel: float = 1
    #: Share of earlier placements with paid hours that speaks for a place, and the share below which it speaks against.
    good_share: float = 0.5
    low_share: float = 0.25
    #: So many earlier placements must be known before a low share counts.
    known_after: int = 3
    #: A place that opens later than this is kept for later.
    wait_days: int = 56
    #: A place not confirmed for so long is asked about first.
    stale_days: int = 60
    #: What the chips try: so many minutes earlier, so many hours more a week.
    start_step: int = 60
    hours_step: float = 5

    def of_importance(self, importance: str) -> float:
        """The weight of a consideration by the citizen's own judgement: most, much or some."""
        return float(getattr(self, f"weight_consideration_{importance}"))


@dataclass(frozen=True)
class Consideration:
    """A known consideration: code of the accommodation ("" for free text only), words, and how much it matters."""

    code: str
    text: str
    importance: str = "much"


@dataclass(frozen=True)
class Need:
    """The citizen's side. None means unknown, which never filters.

    `earliest_start` is minutes after midnight; `start_firm` and `near_firm` say whether these filter or only count.
    Phrases are short texts: what the citizen can, would like to try, and cannot do.
    """

    id: int = 0
    considerations: tuple[Consideration, ...] = ()
    can: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    earliest_start: int | None = None
    start_firm: bool = True
    hours_max: float | None = None
    near: bool = False
    near_firm: bool = False
    postal_code: str = ""
    city: str = ""
    fleksjob: bool | None = None
    here: frozenset[int] = frozenset()
    stopped_at: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Places:
    """Places as columns of one length. Times are minutes after midnight, hours per week, dates half-open.

    `accommodates` are codes, `also_accommodates` and `words` stems of words.
    """

    id: Sequence[int]
    workplace: Sequence[int]
    fleksjob: Sequence[bool]
    hours_min: Sequence[float]
    hours_max: Sequence[float]
    free: Sequence[int]
    starts_on: Sequence[dt.date]
    ends_on: Sequence[dt.date | None]
    closed_on: Sequence[dt.date | None]
    starts_at: Sequence[int | None]
    accommodates: Sequence[frozenset[str]]
    also_accommodates: Sequence[frozenset[str]]
    words: Sequence[frozenset[str]]
    postal_code: Sequence[str]
    city: Sequence[str]
    paid_expected: Sequence[bool]
    earlier: Sequence[int]
    earlier_paid: Sequence[int]
    has_contact: Sequence[bool]
    confirmed_on: Sequence[dt.date]

    def __len__(self) -> int:
        return len(self.id)


class Finding(NamedTuple):
    """One criterion held against one place: meaning, level 0–4 for the bar, fact as a code with its values, weight."""

    criterion: Criterion
    verdict: Verdict
    level: int
    fact: str
    values: tuple = ()
    weight: float = 0.0


class Read(NamedTuple):
    """One criterion read at a place: its findings, their weighted sum, and how many things told speak for the place."""

    findings: tuple[Finding, ...]
    fit: float
    speaks: int


class Match(NamedTuple):
    """A place that fits: its row, its id, whether the citizen is there now, and every criterion as it was read."""

    row: int
    id: int
    here: bool
    read: tuple[Read, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding in the order it is told: put together where it is shown, not for every place."""
        return tuple(finding for read in self.read for finding in read.findings)


@dataclass(frozen=True)
class Ranking:
    """What fits, best first; what does not, by its first reason; and what each relaxed condition would add."""

    matches: list[Match]
    filtered: dict[Reason, list[int]]
    effects: dict[Reason, int] = field(default_factory=dict)

    @property
    def filtered_count(self) -> int:
        """How many places were left out."""
        return sum(map(len, self.filtered.values()))
