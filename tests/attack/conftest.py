"""A municipality that is attacked: built once for a process, every attack in a transaction that is undone.

Besides the four scenes of `tests/web/scenes.py` there are the people an attack comes from: two providers, a citizen, a
security officer, and every other role. `reach` says whose objects each may open; all else must be refused.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, Organisation, User
from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind
from tests.factories import World, make_user
from tests.harness.pages import Unwatched
from tests.web.scenes import four_scenes

#: What may be written while something is refused: the session, and the trace of the attempt.
TRACES = ("django_session", "accounts_loginsession", "accounts_loginattempt", "citizens_accesslog", "accounts_sentform")

UNIT = frozenset({"own", "colleague"})
NOBODY: frozenset[str] = frozenset()


def pytest_collection_modifyitems(items):
    """Attacks are many: they belong to the whole run, not to the quick one."""
    for item in items:
        if "tests/attack/" in item.nodeid and item.get_closest_marker("slow") is None:
            item.add_marker(pytest.mark.slow)


@dataclass
class Target:
    """What is attacked, and by whom."""

    world: World
    scenes: dict[str, dict[str, Any]]
    people: dict[str, User] = field(default_factory=dict)

    def client(self, who: str, **options: Any) -> Client:
        """A browser in which `who` is logged in ("" is nobody)."""
        client = Unwatched(raise_request_exception=False, **options)
        if who:
            client.force_login(self.people[who])
        return client


#: Whose objects each attacker may open.
REACH: dict[str, frozenset[str]] = {
    "jobformidler": UNIT,
    "caseworker": UNIT,
    "team_leader": UNIT,
    "employer_consultant": NOBODY,
    "administrator": NOBODY,
    "security_officer": NOBODY,
    "management": NOBODY,
    "evaluator": NOBODY,
    "finance": NOBODY,
    "citizen": NOBODY,
    "provider": frozenset({"own"}),
    "other_provider": NOBODY,
}


def _provider(target: Target, name: str, user: str) -> tuple[Organisation, User]:
    municipality = target.world.municipality
    organisation = Organisation.objects.create(kind=OrganisationKind.PROVIDER, name=name)
    person = make_user(municipality, user, Role.JOBFORMIDLER)
    Membership.objects.filter(user=person).update(organisation=organisation)
    return organisation, person


def build() -> Target:
    """Make the municipality with its four scenes and everybody who attacks; the caller has chosen the database."""
    with World() as world:
        target = Target(world, four_scenes(world))
        here = world.municipality
        target.people = {
            "jobformidler": world.line,
            "caseworker": world.peter,
            "team_leader": world.ole,
            "employer_consultant": world.nadia,
            "administrator": world.admin,
            "security_officer": make_user(here, "Sanne Pil", Role.SECURITY_OFFICER),
            "management": make_user(here, "Mogens Eg", Role.MANAGEMENT),
            "evaluator": make_user(here, "Eva Lind", Role.EVALUATOR),
            "finance": make_user(here, "Finn Birk", Role.FINANCE),
            "citizen": make_user(here, "Mona Havtorn", Role.CITIZEN),
        }
        own = target.scenes["own"]["citizen"]
        since = dt.date(2026, 1, 1)
        relate(citizen=own, kind=RelationKind.SELF, user=target.people["citizen"], since=since)
        springbraet, target.people["provider"] = _provider(target, "Springbræt", "Rune Strandvold")
        _other, target.people["other_provider"] = _provider(target, "Vendepunkt", "Ulla Tang")
        relate(citizen=own, kind=RelationKind.PROVIDER, organisation=springbraet, since=since)
    return target


@pytest.fixture
def target(standing):
    """The municipality as it was before any attack."""
    with standing.inside("attack", build) as made:
        yield made


def writes() -> dict[str, int]:
    """How many rows of each table this transaction has inserted, changed or removed so far, also in parts undone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
            " where n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return {name: count for name, count in cursor.fetchall() if not name.startswith(TRACES)}


def written(before: dict[str, int]) -> set[str]:
    """The tables written to since `writes` said `before`."""
    return {name for name, count in writes().items() if count != before.get(name)}
