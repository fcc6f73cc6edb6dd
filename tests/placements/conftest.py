"""Mona's case with a place at the builders' merchant, and short ways through the agreement."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from jobformidler.casework import actions as casework
from jobformidler.casework.enums import ContactKind
from jobformidler.citizens.actions import add_consideration
from jobformidler.core import clock
from jobformidler.core.actions import together
from jobformidler.employers.actions import register_contact_person, register_workplace
from jobformidler.employers.enums import ContactLevel
from jobformidler.messaging.models import OutgoingMail
from jobformidler.openings.actions import add_task, register_place
from jobformidler.placements import actions
from jobformidler.placements.models import Placement

#: The Monday a placement proposed on the test day begins.
FIRST_DAY = dt.date(2026, 11, 30)


@pytest.fixture
@together()
def case(world, now):
    """Mona's case with Line and Peter; the first conversation is held."""
    citizen = world.citizen(email="mona@example.test")
    made = casework.open_case(
        citizen=citizen, unit=world.unit, by=world.peter, at=now, jobformidler=world.line, caseworker=world.peter
    )
    casework.register_contact(
        case=made,
        kind=ContactKind.FIRST_CONVERSATION,
        held_at=now,
        by=world.line,
        at=now,
        ordinary_hours_raised=True,
        next_step="Besøg trælasten",
        next_step_on=clock.local_date(now) + dt.timedelta(days=2),
    )
    casework.start_plan(case=made, by=world.line, at=now)
    goal = casework.set_goal(case=made, letter="a", text="10 timer på lageret", by=world.line, at=now)
    casework.add_sub_goal(goal=goal, text="Tager imod leverancen", by=world.line, at=now)
    for text, share in (("Start efter kl. 9", True), ("Bliver træt af larm", False)):
        add_consideration(citizen=citizen, category="other", text=text, may_share=share, by=world.line, at=now)
    made.refresh_from_db()
    return made


@pytest.fixture
@together()
def workplace(world, now):
    """The merchant, with a manager who signs and a storeman who is there every day."""
    made = register_workplace(
        cvr="99000023", p_number="9900000231", name="Fjordby Trælast", address="Havnevej 1", by=world.nadia, at=now
    )
    for name, title, level in (
        ("Tora Gyvel", "direktør", ContactLevel.DIRECTOR),
        ("Torben Enebær", "lagerchef", ContactLevel.WORKPLACE_CONTACT),
    ):
        register_contact_person(
            workplace=made,
            name=name,
            title=title,
            level=level,
            email=f"{name.split()[0].lower()}@example.test",
            by=world.nadia,
            at=now,
        )
    return made


@pytest.fixture
@together()
def opening(world, now, workplace, day):
    """One place with two delimited tasks and paid hours in sight."""
    place = register_place(
        workplace=workplace,
        kind="internship",
        title="Lager og varemodtagelse",
        tasks="Tager imod varer, sætter priser på",
        hours_min=Decimal(10),
        hours_max=Decimal(15),
        starts_on=day,
        location="Lageret",
        paid_hours_expected=True,
        by=world.nadia,
        at=now,
    )
    for text in ("Prisskilte", "Varemodtagelse"):
        add_task(place=place, text=text, weekly_hours=Decimal(5), by=world.nadia, at=now)
    return place


@pytest.fixture
@together()
def draft(world, now, case, workplace, opening):
    """The agreement as it is filled in, nothing typed."""
    return actions.new_agreement(
        case=case, workplace=workplace, opening=opening, hours_discussed=True, by=world.line, at=now
    )


@pytest.fixture
def placement(draft) -> Placement:
    """The placement of the draft."""
    return draft.placement


@pytest.fixture
def sign(now):
    """Let the parties sign the newest sent version at a meeting."""

    def run(placement, *parties, by, at=now):
        version = placement.sent_version
        for party in parties or version.parties:
            actions.confirm(
                version=version, party=party, name=version.signer(party), digest=version.digest, at=at, by=by
            )
        placement.refresh_from_db()

    return run


@pytest.fixture
@together()
def running(world, now, placement, sign):
    """Under way since the Monday a week after the test day. Time passes: use `moment`."""
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    actions.approve(placement=placement, by=world.peter, at=now)
    actions.start(placement=placement, by=world.line, at=clock.at_time(FIRST_DAY, 9))
    return placement


@pytest.fixture
def moment():
    """Nine o'clock so many weeks and days after the first day of the placement."""

    def at(weeks: int = 0, days: int = 0) -> dt.datetime:
        return clock.at_time(FIRST_DAY + dt.timedelta(weeks=weeks, days=days), 9)

    return at


@pytest.fixture
def report(world, moment):
    """Line reports a week by its number, on its Friday."""

    def run(placement, week, paid, unpaid=10, **values):
        return actions.report_hours(
            placement=placement,
            week=FIRST_DAY + dt.timedelta(weeks=week),
            paid=paid,
            unpaid=unpaid,
            by=world.line,
            at=moment(week, 4),
            **values,
        )

    return run


@pytest.fixture
def mailed_code():
    """The code in the newest mail."""

    def read() -> str:
        mail = OutgoingMail.objects.filter(kind="placement_code").latest("pk")
        found = re.search(r"\d{6}", mail.body)
        assert found
        return found.group()

    return read
