"""From querysets to the engine and back: places for a case, candidates for a place. Five queries at most each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import ACTIVE
from jobformidler.casework.models import Assignment, Case, Contact
from jobformidler.employers.models import Workplace
from jobformidler.matching.engine import STANDARD, candidates, rank
from jobformidler.matching.needs import START_CODES, Known, known_for, with_facts
from jobformidler.matching.stems import stems
from jobformidler.matching.terms import Match, Parameters, Places, Ranking, Reason
from jobformidler.openings.enums import PlaceKind
from jobformidler.openings.models import Place, PlaceTask
from jobformidler.placements.actions.begin import CONVERSATIONS
from jobformidler.placements.enums import ENDED, RUNNING, PlacementStatus
from jobformidler.placements.models import Placement, WeekHours
from jobformidler.placements.perms import WORK

#: Earlier placements count for so many years back: what a workplace did long ago says little about it now.
YEARS_BACK = 3


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
    if not place_row:
        return [], {}
    found, out = candidates(
        [one.need for one in known], [one.waiting_since for one in known], place_row, day=day, parameters=parameters
    )
    return [Candidate(known[index], match) for index, match in found], out


def load_places(ids: Sequence[int]) -> dict[int, Place]:
    """Places by id with workplace and contact person."""
    return {place.pk: place for place in Place.objects.for_list().filter(pk__in=ids)}


def columns(rows: QuerySet[Place], day: dt.date) -> Places:
    """The engine's columns of some places: two queries, one for the places and one for what workplaces gave before."""
    taken = (
        Placement.objects.taking_a_place().filter(opening=OuterRef("pk")).order_by().values("opening")
    ).annotate(n=Count("pk")).values("n")  # fmt: skip
    found = list(
        rows.order_by("pk")
        .annotate(
            taken=Coalesce(Subquery(taken), 0),
            task_texts=ArraySubquery(PlaceTask.objects.filter(place=OuterRef("pk")).order_by("pk").values("text")),
        )
        .values_list(
            "pk", "workplace_id", "kind", "hours_min", "hours_max", "capacity", "taken", "starts_on", "ends_on",
            "closed_on", "earliest_start", "accommodates", "accommodates_other", "title", "tasks", "task_texts",
            "workplace__postal_code",
            "workplace__city", "paid_hours_expected", "contact_id", "confirmed_on",
        )
    )  # fmt: skip
    before = paid_before(rows, day) if found else {}
    (ids, workplaces, kinds, low, high, capacity, used, starts, ends, closed, start, accommodates, also, titles, tasks, parts,
     postal, city, expected, contact, confirmed) = zip(*found, strict=True) if found else ((),) * 21  # fmt: skip
    can = [frozenset(codes) for codes in accommodates]
    return Places(
        id=ids,
        workplace=workplaces,
        fleksjob=[kind == PlaceKind.FLEKSJOB for kind in kinds],
        hours_min=[float(hours) for hours in low],
        hours_max=[float(hours) for hours in high],
        free=[all_of - some for all_of, some in zip(capacity, used, strict=True)],
        starts_on=starts,
        ends_on=ends,
        closed_on=closed,
        starts_at=[day_starts(time, codes) for time, codes in zip(start, can, strict=True)],
        accommodates=can,
        also_accommodates=[stems(text) for text in also],
        words=[
            stems(" ".join((title, text, *listed))) if text or listed else frozenset()
            for title, text, listed in zip(titles, tasks, parts, strict=True)
        ],
        postal_code=postal,
        city=city,
        paid_expected=expected,
        earlier=[before.get(pk, (0, 0))[0] for pk in workplaces],
        earlier_paid=[before.get(pk, (0, 0))[1] for pk in workplaces],
        has_contact=[pk is not None for pk in contact],
        confirmed_on=confirmed,
    )


def day_starts(registered: dt.time | None, accommodates: frozenset[str]) -> int | None:
    """When a day at the place can begin at the latest known: registered, or later where a later start is possible."""
    times = [minutes for code, minutes in START_CODES.items() if code in accommodates]
    if registered is not None:
        times.append(registered.hour * 60 + registered.minute)
    return max(times, default=None)


def paid_before(rows: QuerySet[Place], day: dt.date) -> dict[int, tuple[int, int]]:
    """For the workplaces of these places: placements begun in the last years, and how many of them gave paid hours."""
    since = day - dt.timedelta(days=365 * YEARS_BACK)
    paid = Exists(WeekHours.objects.standing().filter(placement=OuterRef("pk"), paid__gt=0))
    return {
        workplace: (begun, gave)
        for workplace, begun, gave in Placement.objects.filter(
            status__in=[*RUNNING, *ENDED],
            starts_on__gte=since,
            starts_on__lte=day,
            workplace__in=Workplace.objects.filter(pk__in=rows.order_by().values("workplace")).values("pk"),
        )
        .order_by()
        .values("workplace")
        .annotate(
            begun=Count("pk"),
            gave=Count("pk", filter=Q(status__in=[PlacementStatus.WITH_HOURS, PlacementStatus.CONVERTED]) | Q(paid)),
        )
        .values_list("workplace", "begun", "gave")
    }
