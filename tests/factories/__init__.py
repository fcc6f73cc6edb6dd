"""Fixtures that make tenants, people and cases; they go through actions wherever one exists."""

import datetime as dt
from contextlib import ExitStack

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from jobformidler.accounts.confidentiality import current
from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import ConfidentialityAcceptance, Membership, Organisation, Unit, User
from jobformidler.accounts.viewer import Viewer, viewer_for
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock, db
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.models import Municipality

START = dt.date(2020, 1, 1)


def make_municipality(code: int, name: str) -> Municipality:
    """A municipality with its organisation."""
    municipality = Municipality.objects.create(code=code, name=name)
    Organisation.objects.create(kind=OrganisationKind.MUNICIPALITY, name=name, municipality=municipality)
    return municipality


def make_user(municipality: Municipality, name: str, *roles: str, unit: Unit | None = None) -> User:
    """A user with these roles since 2020. At least one role must be named: there is no default role."""
    return make_users(municipality, (name, roles, unit))[0]


def make_users(municipality: Municipality, *people: tuple[str, tuple[str, ...], Unit | None]) -> list[User]:
    """Users with name, roles and unit, who have accepted the confidentiality statement if they work here."""
    users = []
    for name, roles, _unit in people:
        assert roles, "name at least one role"
        ascii_name = name.lower().translate(str.maketrans({" ": ".", "æ": "ae", "ø": "oe", "å": "aa"}))
        user = User(email=f"{ascii_name}.{municipality.code}@example.test", name=name, phone="00000001")
        user.set_password("correct horse battery")
        users.append(user)
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(
            user=user,
            organisation=municipality.organisation,
            municipality=municipality,
            unit=unit,
            role=role,
            period=DateRange(START, None),
        )
        for user, (_name, roles, unit) in zip(users, people, strict=True)
        for role in roles
    )
    accept(municipality, *(u for u, (_n, roles, _u) in zip(users, people, strict=True) if set(roles) - {Role.CITIZEN}))
    return users


def accept(municipality: Municipality, *users: User) -> None:
    """The users have accepted the confidentiality statement, as everybody has who works here."""
    if not users:
        return
    statement = current(municipality)
    ConfidentialityAcceptance.objects.bulk_create(
        ConfidentialityAcceptance(
            user=user,
            municipality=municipality,
            number=statement.number,
            digest=statement.digest,
            accepted_at=clock.at_time(START, 8),
        )
        for user in users
    )


def make_citizen(municipality: Municipality, name: str = "Mona Havtorn", number: int = 1, **values) -> Citizen:
    """A citizen with a replacement CPR number that can hit nobody."""
    cpr = f"711180{number:04d}"
    first, _, last = name.partition(" ")
    return Citizen.objects.create(
        municipality=municipality,
        cpr=cpr,
        cpr_hash=keyed_hash(cpr),
        birth_date=dt.date(1980, 11, 11),
        first_name=first,
        last_name=last or "Test",
        municipality_code=municipality.code,
        **values,
    )


class World:
    """One municipality with a unit and one user a role, inside its database context."""

    def __init__(self, code: int = 999, name: str = "Fjordby Kommune"):
        self.municipality = make_municipality(code, name)
        self._left = ExitStack()

    def __enter__(self):
        """Enter the context and make the people."""
        self._left.enter_context(db.enter(self.municipality, reason="test"))
        self.unit = Unit.objects.create(municipality=self.municipality, name="Team Havnen")
        self.line, self.peter, self.ole, self.nadia, self.admin = make_users(
            self.municipality,
            ("Line Askeløv", (Role.JOBFORMIDLER,), self.unit),
            ("Peter Havreholm", (Role.CASEWORKER,), self.unit),
            ("Ole Bakkedal", (Role.TEAM_LEADER,), self.unit),
            ("Nadia Klitkamille", (Role.EMPLOYER_CONSULTANT,), self.unit),
            ("Anna Tagrør", (Role.ADMINISTRATOR,), None),
        )
        return self

    def __exit__(self, *error):
        """Leave the context."""
        return self._left.__exit__(*error)

    def citizen(self, name: str = "Mona Havtorn", number: int = 1, **values) -> Citizen:
        """A citizen of this municipality in this unit."""
        return make_citizen(self.municipality, name, number, unit=self.unit, **values)

    def viewer(self, user: User, day: dt.date = dt.date(2026, 11, 23)) -> Viewer:
        """The user as viewer on a day."""
        found = viewer_for(user, day)
        assert found is not None
        return found


@pytest.fixture
def world(db):
    """A municipality with people, entered."""
    with World() as made:
        yield made
