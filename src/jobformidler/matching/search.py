"""From querysets to the engine and back: places for a case, candidates for a place. Five queries at most each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import ACTIVE
from jobformidler.casework.met import CONVERSATIONS
from jobformidler.casework.models import Assignment, Case, Contact
from jobformidler.employers.models import Workplace
from jobformidler.matching.engine import STANDARD, candidates, rank
from jobformidler.matching.needs import START_CODES, Known, known_for, with_facts
from jobformidler.matching.stems import stems
from jobformidler.matching.terms import Match, Parameters, Places, Ranking, Reason
from jobformidler.openings.enums import PlaceKind
from jobformidler.openings.models import Place, PlaceTask
from jobformidler.placements.enums import ENDED, RUNNING, TAKING_A_PLACE, PlacementStatus
from jobformidler.placements.models import Placement, WeekHours
from jobformidler.placements.perms import WORK

#: Earlier placements count for so many years back: what a workplace did long ago says little about it now.
YEARS_BACK = 3
#: For fewer places than this their placements are looked up; for more, all of the municipality's are read.
FEW = 50


@dataclass
class PlacesFound:
    """The answer for a case: the ranking and what it was held against.

    `met`: a conversation with the citizen has been held (MAT-05). `may_propose`: the viewer fills a role in the case
    that prepares placements.
    """

    known: Known
    ranking: Ranking
    met: bool
    may_propose: bool
    free: Sequence[int]
    parameters: Parameters

    def page(self, matches: Sequence[Match]) -> dict[int, Place]:
        """The places of some matches with workplace and contact person, by id. One query."""
        return load_places([match.id for match in matches])


@dataclass
class Candidate:
    """A citizen a place fits, with the case, since when they wait, and the findings."""

    known: Known
    match: Match

    @property
    def waiting_since(self) -> dt.date:
        """Since the last placement ended, or since the case opened."""
        return self.known.waiting_since


def places_for(
    case: Case, viewer: Viewer, what_if: Iterable[Reason] = (), parameters: Parameters = STANDARD
) -> PlacesFound:
    """Ranked places for one case over all of the municipality's open places (MAT-02). Four queries."""
    day = viewer.day
    met = Contact.objects.standing().filter(case=OuterRef("pk"), kind__in=CONVERSATIONS, at__date__lte=day)
    mine = Assignment.objects.active_on(day).filter(case=OuterRef("pk"), user=viewer.user, role__in=WORK)
    row = with_facts(Case.objects.filter(pk=case.pk), day).annotate(met=Exists(met), mine=Exists(mine)).get()
    known = known_for([row])[0]
    places = Place.objects.visible_to(viewer).open_on(day) | Place.objects.filter(pk__in=known.need.here)
    table = columns(places, day)
    ranking = rank(known.need, table, day=day, parameters=parameters, lifted=what_if)
    return PlacesFound(known, ranking, row.met, row.mine, table.free, parameters)


def candidates_for(
    place: Place, viewer: Viewer, parameters: Parameters = STANDARD
) -> tuple[list[Candidate], dict[Reason, int]]:
    """Citizens the viewer works with whom the place fits, longest waiting first, and why others are not here (MAT-03).

    Active cases without a placement under way or on its way. Four queries.
    """
    day = viewer.day
    busy = Placement.objects.filter(case=OuterRef("pk")).filter(
        Q(status__in=RUNNING) | Q(pk__in=Placement.objects.taking_a_place().values("pk"))
    )
    cases = Case.objects.visible_to(viewer).filter(~Exists(busy), status__in=ACTIVE).order_by("opened_on", "pk")
    known = known_for(list(with_facts(cases, day)))
    place_row = columns(Place.objects.visible_to(viewer).filter(pk=place.pk), day)
    if not len(place_row):
        return [], {}
    found, out = candidates(
        [one.need for one in known], [one.waiting_since for one in known], place_row, day=day, parameters=parameters
    )
    return [Candidate(known[index], match) for index, match in found], out


def load_places(ids: Sequence[int]) -> dict[int, Place]:
    """Places by id with workplace and contact person."""
    return {place.pk: place for place in Place.objects.for_list().filter(pk__in=ids)}


def columns(rows: QuerySet[Place], day: dt.date) -> Places:
    """The engine's columns of some places: two queries, one for the places and one for what workplaces gave before.

    The database hands over whole columns: for thousands of places that takes a fraction of the time of as many rows.
    """
    tasks = PlaceTask.objects.filter(place=OuterRef("pk")).order_by("pk").values("text")
    one_a_place = rows.order_by().annotate(
        fleksjob=ExpressionWrapper(Q(kind=PlaceKind.FLEKSJOB), BooleanField()),
        low=Cast("hours_min", FloatField()),
        high=Cast("hours_max", FloatField()),
        codes=_joined(F("accommodates")),
        parts=_joined(ArraySubquery(tasks)),
        has_contact=ExpressionWrapper(Q(contact__isnull=False), BooleanField()),
    )
    found = one_a_place.aggregate(**{f"all_{name}": ArrayAgg(path, default=[]) for name, path in COLUMNS.items()})
    table = {name: found[f"all_{name}"] for name in COLUMNS}
    few = Q(opening__in=table["id"]) | Q(workplace__in=table["workplace"]) if len(table["id"]) < FEW else Q()
    taken, begun, gave = _placements(day, few) if table["id"] else (_NEVER, _NEVER, _NEVER)
    accommodates = [_codes(codes) for codes in table["codes"]]
    starts = {
        (time, can): day_starts(time, can) for time, can in set(zip(table["earliest_start"], accommodates, strict=True))
    }
    return Places(
        id=table["id"],
        workplace=table["workplace"],
        fleksjob=table["fleksjob"],
        hours_min=table["low"],
        hours_max=table["high"],
        free=[all_of - taken[pk] for pk, all_of in zip(table["id"], table["capacity"], strict=True)],
        starts_on=table["starts_on"],
        ends_on=table["ends_on"],
        closed_on=table["closed_on"],
        starts_at=[starts[pair] for pair in zip(table["earliest_start"], accommodates, strict=True)],
        accommodates=accommodates,
        also_accommodates=[stems(text) if text else _NOTHING for text in table["also"]],
        words=[
            stems(f"{title} {text} {parts}") if text or parts else _NOTHING
            for title, text, parts in zip(table["title"], table["tasks"], table["parts"], strict=True)
        ],
        postal_code=table["postal_code"],
        city=table["city"],
        paid_expected=table["paid_hours_expected"],
        earlier=[begun[pk] for pk in table["workplace"]],
        earlier_paid=[gave[pk] for pk in table["workplace"]],
        has_contact=table["has_contact"],
        confirmed_on=table["confirmed_on"],
    )


#: Name → path of the columns that are read.
COLUMNS = {
    "id": "pk",
    "workplace": "workplace_id",
    "postal_code": "workplace__postal_code",
    "city": "workplace__city",
    "also": "accommodates_other",
    **{
        name: name
        for name in (
            "fleksjob", "low", "high", "capacity", "starts_on", "ends_on", "closed_on", "earliest_start", "codes", "title",
            "tasks", "parts", "paid_hours_expected", "has_contact", "confirmed_on",
        )
    },
}  # fmt: skip
_NOTHING: frozenset[str] = frozenset()
_NEVER: Counter[int] = Counter()


def _joined(array: Combinable) -> Func:
    """The texts of an array, one a line: an array of arrays would have to be a rectangle."""
    return Func(array, Value("\n"), function="array_to_string", output_field=TextField())


@lru_cache(maxsize=4096)
def _codes(lines: str) -> frozenset[str]:
    return frozenset(lines.split("\n")) if lines else _NOTHING


def day_starts(registered: dt.time | None, accommodates: frozenset[str]) -> int | None:
    """When a day at the place can begin at the latest known: registered, or later where a later start is possible."""
    times = [minutes for code, minutes in START_CODES.items() if code in accommodates]
    if registered is not None:
        times.append(registered.hour * 60 + registered.minute)
    return max(times, default=None)


def _begun(day: dt.date) -> tuple[Q, Q]:
    """Which placements have begun in the last years, and which gave paid hours."""
    begun = Q(
        status__in=[*RUNNING, *ENDED], starts_on__gte=day - dt.timedelta(days=365 * YEARS_BACK), starts_on__lte=day
    )
    paid = Q(pk__in=WeekHours.objects.standing().filter(paid__gt=0).values("placement"))
    return begun, Q(status__in=[PlacementStatus.WITH_HOURS, PlacementStatus.CONVERTED]) | paid


def _placements(day: dt.date, of: Q) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """How many placements use up each place, have begun at each workplace, and gave paid hours there. One query.

    It reads the placements `of` some places, or the municipality's, once and counts here, which is faster than asking
    for each place.
    """
    begun, gave = _begun(day)
    found = (
        Placement.objects.filter(of)
        .order_by()
        .aggregate(
            taken=ArrayAgg("opening", filter=Q(status__in=TAKING_A_PLACE, opening__isnull=False), default=[]),
            begun=ArrayAgg("workplace", filter=begun, default=[]),
            gave=ArrayAgg("workplace", filter=begun & gave, default=[]),
        )
    )
    return Counter(found["taken"]), Counter(found["begun"]), Counter(found["gave"])


def paid_before(workplace: Workplace, day: dt.date) -> tuple[int, int]:
    """Placements begun at a workplace in the last years, and how many of them gave paid hours."""
    begun, gave = _begun(day)
    found = Placement.objects.filter(begun, workplace=workplace).aggregate(
        begun=Count("pk"), gave=Count("pk", filter=gave)
    )
    return found["begun"], found["gave"]
