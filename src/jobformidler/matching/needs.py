"""From what is registered about citizens to what the engine holds against places. Two queries for any number of cases."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from jobformidler.casework.models import Case, Goal
from jobformidler.citizens.enums import Ability, ConsiderationCategory, Importance
from jobformidler.citizens.models import Competence, Consideration, TaskAbility, Wish
from jobformidler.matching import terms
from jobformidler.placements.enums import BEFORE_START, ENDED, RUNNING, PlacementStatus
from jobformidler.placements.models import Placement
from jobformidler.registers.models import FleksjobApproval

#: Known considerations the engine reads as time and travel instead of asking the workplace (list "accommodation").
START_CODES = {"start_after_9": 9 * 60, "start_after_10": 10 * 60}
NEAR_CODES = frozenset({"near_home"})
CODES_READ = frozenset({*START_CODES, *NEAR_CODES})
FIRM = frozenset({Importance.MOST, Importance.MUCH})
ORDER = {Importance.MOST: 0, Importance.MUCH: 1, Importance.SOME: 2}

_CLOCK = re.compile(r"(?:kl\.?|efter)\s*(\d{1,2})(?:[.:](\d{2}))?(?!\d)", re.IGNORECASE)
_HOURS = re.compile(
    r"(?:højst|maks\w*|op til)\s*(\d{1,2}(?:,\d)?)\s*(?:timer|t\.?)\s*(?:om ugen|ugentligt|pr\.? uge|/\s*uge)",
    re.IGNORECASE,
)


def start_in(text: str) -> int | None:
    """Minutes after midnight from words such as "start efter 9" or "kan begynde kl. 9.30"; None without."""
    found = _CLOCK.search(text)
    if not found or int(found[1]) > 23:
        return None
    return int(found[1]) * 60 + int(found[2] or 0)


def hours_in(text: str) -> float | None:
    """Hours a week from words such as "højst 15 timer om ugen"; None without."""
    found = _HOURS.search(text)
    return float(found[1].replace(",", ".")) if found else None


@dataclass(frozen=True)
class Wanted:
    """A consideration as the screen shows it: the effect at work, its category and how much it matters."""

    pk: int
    code: str
    text: str
    category: str
    importance: str


@dataclass
class Known:
    """A citizen's need for the engine, with what a screen shows beside it."""

    case: Case
    need: terms.Need = field(default_factory=terms.Need)
    considerations: list[Wanted] = field(default_factory=list)
    phrases: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    placements: list[Placement] = field(default_factory=list)

    @property
    def running(self) -> list[Placement]:
        """Placements under way."""
        return [p for p in self.placements if p.status in RUNNING]

    @property
    def proposed(self) -> dict[int, Placement]:
        """Placements being prepared, by place."""
        return {p.opening_id: p for p in self.placements if p.status in BEFORE_START and p.opening_id}

    @property
    def stopped(self) -> list[Placement]:
        """Placements that stopped or were switched."""
        return [p for p in self.placements if p.status in (PlacementStatus.STOPPED, PlacementStatus.SWITCHED)]

    @property
    def learnings(self) -> list[str]:
        """What we take with us from placements that are over, however they ended, the newest first (CIT-14)."""
        over = [p for p in self.placements if p.status in ENDED and p.learning]
        return [p.learning for p in sorted(over, key=lambda p: (p.ended_on or dt.date.min, p.pk), reverse=True)]

    @property
    def waiting_since(self) -> dt.date:
        """Since the last placement ended, or since the case opened."""
        ends = [p.ended_on for p in self.placements if p.status in ENDED and p.ended_on]
        return max([self.case.opened_on, *ends])


def with_facts(cases: QuerySet[Case], day: dt.date) -> QuerySet[Case]:
    """The cases with their citizen and, in the same query, what is registered about the citizen's work."""

    def about(model: Any, *names: str) -> ArraySubquery:
        rows = model.objects.standing().filter(citizen=OuterRef("citizen")).order_by("pk")
        return ArraySubquery(rows.values(row=JSONObject(**{name: name for name in names})))

    approval = FleksjobApproval.objects.filter(citizen=OuterRef("citizen"), approved_on__lte=day)
    goals = Goal.objects.filter(plan__case=OuterRef("pk")).order_by("letter")
    return cases.select_related("citizen").annotate(
        approved=Exists(approval.filter(Q(ended_on=None) | Q(ended_on__gt=day))),
        wanted=about(Consideration, "pk", "code", "text", "category", "importance"),
        competences=about(Competence, "text", "tasks"),
        abilities=about(TaskAbility, "text", "ability"),
        wish_texts=about(Wish, "text"),
        goals=ArraySubquery(goals.values(row=JSONObject(text="text", detail="detail"))),
    )


def known_for(cases: Sequence[Any]) -> list[Known]:
    """What is known about the citizens of these cases (from `with_facts`), in their order. One query."""
    placements = defaultdict(list)
    for placement in (
        Placement.objects.filter(case__in=[case.pk for case in cases])
        .select_related("workplace", "contact")
        .order_by("pk")
    ):
        placements[placement.case_id].append(placement)
    found = []
    for case in cases:
        rows = sorted(
            (Wanted(**row) for row in case.wanted), key=lambda row: (ORDER[Importance(row.importance)], row.pk)
        )
        known = Known(case, considerations=rows, phrases=_phrases(case), placements=placements[case.pk])
        known.need = _need(known, case.approved)
        found.append(known)
    return found


def _phrases(case: Any) -> dict[str, list[str]]:
    """The citizen's words about tasks: by ability, and as competences, tasks, wishes and goals."""
    said: dict[str, list[str]] = defaultdict(list)
    for row in case.abilities:
        said[row["ability"]].append(row["text"])
    for row in case.competences:
        said["competence"].append(row["text"])
        said["tasks"] += row["tasks"]
    said["wish"] += [row["text"] for row in case.wish_texts]
    said["goal"] += [row["text"] for row in case.goals]
    said["goal detail"] += [row["detail"] for row in case.goals if row["detail"]]
    return said


def _need(known: Known, approved: bool) -> terms.Need:
    citizen = known.case.citizen
    starts, hours, others = [], [], []
    near = near_firm = start_firm = False
    for row in known.considerations:
        firm = row.importance in FIRM
        about_time = row.category == ConsiderationCategory.WORKING_TIME
        start = START_CODES.get(row.code) or (start_in(row.text) if about_time and not row.code else None)
        if about_time and (most := hours_in(row.text)) is not None:
            hours.append(most)
        elif start is not None:
            starts.append(start)
            start_firm |= firm
        elif row.code in NEAR_CODES:
            near, near_firm = True, near_firm or row.importance == Importance.MOST
        else:
            others.append(terms.Consideration(row.code, row.text, row.importance))
    words = known.phrases
    return terms.Need(
        id=known.case.pk,
        considerations=tuple(others),
        can=(*words[Ability.CAN], *words["competence"], *words["tasks"]),
        wants=(*words[Ability.WANTS], *words["goal"], *words["goal detail"], *words["wish"]),
        cannot=tuple(words[Ability.CANNOT]),
        earliest_start=max(starts, default=None),
        start_firm=start_firm,
        hours_max=min(hours, default=None),
        near=near,
        near_firm=near_firm,
        # A protected address is not used: the order of places must not give it away.
        postal_code="" if citizen.protected_address else citizen.postal_code,
        city="" if citizen.protected_address else citizen.city,
        fleksjob=approved,
        here=frozenset(p.opening_id for p in known.running if p.opening_id),
        stopped_at=frozenset(p.workplace_id for p in known.stopped),
    )
