"""Random facts of many cases, written straight into the tables: what the chain and the board are computed from."""

import datetime as dt
import random
from decimal import Decimal

import pytest

from jobformidler.casework.enums import CaseRole, CaseStatus, Outcome
from jobformidler.casework.models import Assignment, Case
from jobformidler.citizens.enums import CvKind, RelationKind
from jobformidler.citizens.models import CV, Citizen, Relation
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.periods import monday, open_from
from jobformidler.employers.models import Employer, Workplace
from jobformidler.placements.enums import HoursSource, PlacementStatus, Purpose
from jobformidler.placements.models import Placement, WeekHours

DAY = dt.date(2026, 11, 23)
BENEFITS = ("ledighedsydelse", "sygedagpenge")
FUNCTIONS = ("Opfyldning", "Prisskilte", "")


def _days(rng: random.Random, most: int) -> dt.timedelta:
    return dt.timedelta(days=rng.randint(0, most))


def random_facts(world, count: int, seed: int) -> list[Case]:
    """`count` cases with random CVs, placements and hours; some closed, some withdrawn facts, some without owner."""
    rng = random.Random(seed)
    tenant = world.municipality
    workplaces = [
        Workplace.objects.create(
            employer=Employer.objects.create(cvr=f"99{seed % 1000:03d}{n:03d}", name=f"Firma {n}"),
            p_number=f"99{seed % 10000:04d}{n:04d}",
            name=f"Sted {n:02d}",
            industry_code=rng.choice(("873010", "471120", "")),
        )
        for n in range(6)
    ]
    citizens = Citizen.objects.bulk_create(
        Citizen(
            municipality=tenant,
            cpr=f"x{seed}-{n}",
            cpr_hash=keyed_hash(f"x{seed}-{n}"),
            birth_date=dt.date(1980, 1, 1),
            first_name=f"Borger{n}",
            last_name="Test",
            municipality_code=tenant.code,
            benefit=rng.choice(BENEFITS),
        )
        for n in range(count)
    )
    Relation.objects.bulk_create(
        Relation(
            municipality=tenant,
            citizen=c,
            unit=world.unit,
            kind=RelationKind.TEAM,
            period=open_from(dt.date(2020, 1, 1)),
        )
        for c in citizens
    )
    cases = []
    for n, citizen in enumerate(citizens):
        opened = DAY - _days(rng, 700)
        closed = rng.random() < 0.15
        cases.append(
            Case(
                municipality=tenant,
                number=f"{seed}-{n}",
                citizen=citizen,
                unit=world.unit,
                status=CaseStatus.CLOSED if closed else rng.choice((CaseStatus.CV_STARTED, CaseStatus.IN_PLACEMENT)),
                status_since=opened,
                opened_on=opened,
                closed_on=min(DAY, opened + _days(rng, 600)) if closed else None,
                outcome=Outcome.OTHER if closed else "",
            )
        )
    cases = Case.objects.bulk_create(cases)
    Assignment.objects.bulk_create(
        Assignment(
            municipality=tenant,
            case=case,
            user=world.line,
            role=CaseRole.JOBFORMIDLER,
            period=open_from(case.opened_on),
        )
        for case in cases
        if rng.random() < 0.9
    )
    cvs, placements = [], []
    for case in cases:
        if rng.random() < 0.8:
            started = case.opened_on + dt.timedelta(days=rng.randint(-60, 90))
            withdrawn = rng.random() < 0.1
            cvs.append(
                CV(
                    municipality=tenant,
                    citizen_id=case.citizen_id,
                    kind=CvKind.JOBNET,
                    started_on=started,
                    updated_on=started,
                    registered_on=started,
                    withdrawn_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC) if withdrawn else None,
                )
            )
        for _n in range(rng.choice((0, 1, 1, 2))):
            starts = case.opened_on + dt.timedelta(days=rng.randint(5, 200))
            status = rng.choice(
                (
                    PlacementStatus.IDEA,
                    PlacementStatus.APPROVED,
                    PlacementStatus.INTERNSHIP,
                    PlacementStatus.WITH_HOURS,
                    PlacementStatus.COMPLETED,
                )
            )
            approved = status != PlacementStatus.IDEA
            placements.append(
                Placement(
                    municipality=tenant,
                    case=case,
                    workplace=rng.choice(workplaces),
                    purpose=Purpose.TOWARDS_HOURS,
                    status=status,
                    status_since=starts,
                    function=rng.choice(FUNCTIONS),
                    starts_on=starts,
                    no_contact_reason="Kommer",
                    approved_on=starts - dt.timedelta(days=rng.randint(0, 9)) if approved else None,
                    approved_by=world.peter if approved else None,
                    ended_on=starts + _days(rng, 90) if status == PlacementStatus.COMPLETED else None,
                    created_on=starts,
                )
            )
    CV.objects.bulk_create(cvs)
    placements = Placement.objects.bulk_create(placements)
    weeks = []
    for placement in placements:
        if placement.status in (PlacementStatus.IDEA, PlacementStatus.APPROVED):
            continue
        week = max(monday(placement.starts_on), DAY - dt.timedelta(weeks=15))
        paid = Decimal(0)
        while week < DAY:
            paid = max(Decimal(0), paid + rng.choice((Decimal(-1), Decimal(0), Decimal(0), Decimal("1.5"))))
            weeks.append(
                WeekHours(
                    municipality=tenant,
                    placement=placement,
                    week=week,
                    paid=paid,
                    unpaid=Decimal(5),
                    source=HoursSource.JOBFORMIDLER,
                    reported_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
                    withdrawn_at=dt.datetime(2026, 11, 2, tzinfo=dt.UTC) if rng.random() < 0.1 else None,
                )
            )
            week += dt.timedelta(weeks=1)
    WeekHours.objects.bulk_create(weeks)
    return cases


@pytest.fixture
def facts(world):
    """Write random facts: facts(count, seed)."""
    return lambda count, seed: random_facts(world, count, seed)
