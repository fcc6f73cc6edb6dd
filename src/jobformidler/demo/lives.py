"""Who lives which history: drawn with a seed before anything is written, so that parts can be lived side by side."""

import datetime as dt
import random
from dataclasses import dataclass, field

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import User
from jobformidler.casework.models import Case
from jobformidler.citizens.models import Citizen
from jobformidler.demo import files
from jobformidler.demo.firms import SOLKROGEN, Firm
from jobformidler.demo.setting import Stage
from jobformidler.openings.models import Place

#: How far a case has come: how many in a hundred are there, and how many weeks ago it opened.
STAGES: dict[str, tuple[int, tuple[int, int]]] = {
    "created": (2, (0, 1)),
    "opened": (3, (0, 1)),
    "talked": (5, (1, 2)),
    "cv": (13, (3, 8)),
    "plan": (13, (4, 12)),
    "visit": (6, (5, 14)),
    "idea": (4, (5, 12)),
    "dialogue": (4, (6, 14)),
    "dropped": (3, (6, 16)),
    "draft": (4, (6, 14)),
    "signing": (4, (7, 14)),
    "approval": (3, (7, 14)),
    "approved": (3, (8, 16)),
    "internship": (14, (10, 24)),
    "mastered": (4, (16, 28)),
    "hours": (15, (14, 36)),
}
ORDER = list(STAGES)
#: How histories end; "hired": became a job, and nobody has closed the case yet.
ENDS = {"converted": 34, "hired": 6, "completed": 25, "stopped": 22, "switched": 13}
RUNNING = ("internship", "mastered", "hours")
#: Line's calm citizens beside the five of the tour.
CALM = [
    *("hours", "internship", "plan", "cv", "hours", "visit", "internship", "cv", "plan", "hours"),
    *("internship", "dialogue", "visit", "hours", "internship", "cv", "plan", "hours", "internship"),
]
#: What Solkrogen had beside Jonas: two under way, six over, one of them with paid hours.
_AT_SOLKROGEN = {"internship": 2, "converted": 1, "completed": 2, "stopped": 2, "switched": 1}


@dataclass
class Life:
    """What a history is to become. `start`: days from day 0; `long`: every week is registered.

    A `calm` history leaves nothing waiting on day 0. `earlier`: the workplace of a placement that is over.
    """

    key: str
    citizen: Citizen
    jobformidler: User
    caseworker: User
    stage: str
    start: int
    rng: random.Random
    long: bool = False
    calm: bool = False
    end: str = ""
    firm: Firm | None = None
    earlier: Firm | None = None
    opening: Place | None = None
    case: Case | None = None

    def reaches(self, stage: str) -> bool:
        """Whether the history comes as far as the stage."""
        return ORDER.index(self.stage) >= ORDER.index(stage)


@dataclass
class Rooms:
    """The places of the register and how many of each are still free."""

    by_firm: dict[str, list[Place]] = field(default_factory=dict)
    free: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Rooms":
        """All places. One query."""
        found = cls()
        for place in Place.objects.select_related("workplace").order_by("pk"):
            found.by_firm.setdefault(place.workplace.p_number, []).append(place)
            found.free[place.pk] = place.capacity
        return found

    def take(self, firm: Firm, start: dt.date, *, stays: bool) -> Place | None:
        """A place of the firm that was there on the day; `stays`: it is taken on day 0."""
        for place in self.by_firm.get(firm.p_number, []):
            if place.starts_on <= start and (not stays or self.free[place.pk]):
                self.free[place.pk] -= stays
                return place
        return None


def plan(
    stage: Stage,
    rows: list[files.Row],
    citizens: dict[str, Citizen],
    firms: list[Firm],
    *,
    active: int,
    every_week: int,
    closed: int,
) -> list[Life]:
    """Draw the histories: `active` open cases, Line's calm ones first, then `closed` that are over."""
    others = [row for row in rows if row.key not in files.PERSONAS]
    calm = [row for row in others if row.unit == 0][: min(24 - len(files.PERSONAS), active // 4)]
    taken = {row.key for row in calm}
    rest = [row for row in others if row.key not in taken]
    lives = [
        _life(stage, row, citizens, stage.user("Line"), stage.user("Peter"), name, long=True, calm=True)
        for row, name in zip(calm, CALM, strict=False)
    ]
    brokers = _Turns(stage, Role.JOBFORMIDLER)
    workers = _Turns(stage, Role.CASEWORKER)
    for number, row in enumerate(rest[: active - len(calm) + closed]):
        ended = number >= active - len(calm)
        name, end = _drawn(stage.rng, number - (active - len(calm)) if ended else number, ended=ended)
        life = _life(stage, row, citizens, brokers.next(row.unit), workers.next(row.unit), name, end=end)
        life.long = not ended and len(lives) < every_week
        lives.append(life)
    _give_workplaces(stage, lives, firms)
    return lives


class _Turns:
    """Who of a unit is next. Line's caseload is full; Omar takes one more in nine, so that somebody is over the limit."""

    def __init__(self, stage: Stage, role: Role):
        self.people = [
            [user for user in stage.with_role(role, unit) if not user.name.startswith("Line")] for unit in stage.units
        ]
        self.extra = next((user for user in self.people[0] if user.name.startswith("Omar")), None)
        self.turn = [0] * len(self.people)

    def next(self, unit: int) -> User:
        """The next of the unit."""
        self.turn[unit] += 1
        if unit == 0 and self.extra and self.turn[0] % 9 == 0:
            return self.extra
        people = self.people[unit]
        return people[self.turn[unit] % len(people)]


def _drawn(rng: random.Random, number: int, *, ended: bool) -> tuple[str, str]:
    """Stage and end; the first ones go through all there are, so that the smallest demo has every state."""
    if ended:
        ends = list(ENDS)
        first = [*ends, "completed", "stopped", "stopped"]
        return "hours", first[number] if number < len(first) else rng.choices(ends, list(ENDS.values()))[0]
    first = [name for name in ORDER if name != "hours"]
    first.insert(ORDER.index("internship"), "internship")
    if number < len(first):
        return first[number], ""
    return rng.choices(ORDER, [share for share, _weeks in STAGES.values()])[0], ""


def _life(
    stage: Stage,
    row: files.Row,
    citizens: dict[str, Citizen],
    jobformidler: User,
    caseworker: User,
    name: str,
    **values,
) -> Life:
    rng = random.Random(f"{row.key}-{row.cpr}")  # noqa: S311  # a demo, not a secret
    low, high = (20, 50) if values.get("end") else STAGES[name][1]
    start = -7 * rng.randint(low, high) + rng.randint(0, 3)
    return Life(row.key, citizens[row.key], jobformidler, caseworker, name, min(start, -1), rng, **values)


def _give_workplaces(stage: Stage, lives: list[Life], firms: list[Firm]) -> None:
    rooms, left = Rooms.read(), dict(_AT_SOLKROGEN)
    rooms.take(SOLKROGEN, stage.day(-77), stays=True)  # Jonas
    for life in lives:
        kind = life.end or life.stage
        if not life.reaches("visit"):
            continue
        if left.get(kind) and not life.calm:
            left[kind] -= 1
            life.firm = SOLKROGEN
        else:
            life.firm = life.rng.choice(firms[3:])
        running = life.reaches("draft") and not life.end
        if life.reaches("draft"):
            life.opening = rooms.take(life.firm, stage.day(max(life.start, -60)), stays=running)
        spare = (life.end and life.start < -200) or (life.stage in RUNNING and life.start < -140 and not life.calm)
        if spare and life.rng.random() < 0.75:
            life.earlier = life.rng.choice(firms[3:])
