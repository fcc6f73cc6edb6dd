"""Periods from files: matched to citizens, never overlapping, and told what they replaced."""

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import World, make_citizen
from tests.ingest.conftest import counts

from jobformidler.core import db
from jobformidler.core.models import Delivery
from jobformidler.registers.models import Spell


def spells():
    return list(Spell.objects.order_by("citizen", "kind", "start").values_list("kind", "start", "end"))


def d(month, day=1, year=2026):
    return dt.date(year, month, day)


@pytest.fixture
def mona(world):
    return world.citizen()


def test_the_last_day_of_a_file_is_the_day_before_the_end(mona, table, read):
    path = table("spells", "711180-0001;fleksjob;01-01-2026;31-03-2026", "7111800001;Barsel;1/4-2026;")
    assert read("spells", path) == counts(read=2, inserted=2)
    assert spells() == [("fleksjob", d(1), d(4)), ("maternity", d(4), None)]


def test_a_period_of_somebody_who_is_no_citizen_here_is_refused(world, mona, table, refused):
    with World(code=101, name="Anden Kommune") as other:
        make_citizen(other.municipality, "Anna Anden", number=2)
    with db.enter(world.municipality, reason="test"):
        path = table("spells", "711180-0001;fleksjob;01-01-2026;", "711180-0002;fleksjob;01-01-2026;")
        assert refused("spells", path) == {3: ["not_a_citizen_here"]}
        assert Spell.objects.count() == 1


def test_the_same_key_with_another_end_is_an_update_that_tells_its_delivery(mona, table, read):
    read("spells", table("spells", "7111800001;fleksjob;01-01-2026;"))
    assert read("spells", table("spells", "7111800001;fleksjob;01-01-2026;30-06-2026")) == counts(read=1, updated=1)
    spell = Spell.objects.get()
    assert (spell.end, spell.delivery) == (d(7), Delivery.objects.latest("pk"))
    assert [row.pgh_label for row in spell.history.all()] == ["update"]


def test_a_period_that_overlaps_a_registered_one_with_another_start_is_refused(mona, table, refused):
    refused("spells", table("spells", "7111800001;fleksjob;01-01-2026;30-06-2026"))
    path = table(
        "spells",
        "7111800001;fleksjob;01-03-2026;31-03-2026",
        "7111800001;fleksjob;01-07-2026;31-07-2026",
        "7111800001;ledighedsydelse;01-03-2026;31-03-2026",
        "7111800001;fleksjob;01-12-2025;01-01-2026",
    )
    assert refused("spells", path) == {2: ["overlap_with_registered"], 5: ["overlap_with_registered"]}


def test_one_file_may_close_a_period_and_begin_the_next(mona, table, read):
    read("spells", table("spells", "7111800001;fleksjob;01-01-2026;"))
    path = table("spells", "7111800001;fleksjob;01-04-2026;", "7111800001;fleksjob;01-01-2026;31-03-2026")
    assert read("spells", path) == counts(read=2, inserted=1, updated=1)
    assert spells() == [("fleksjob", d(1), d(4)), ("fleksjob", d(4), None)]


def test_a_new_end_that_runs_into_another_registered_period_is_refused(mona, table, refused):
    old = ["7111800001;fleksjob;01-01-2026;31-01-2026", "7111800001;fleksjob;01-06-2026;30-06-2026"]
    refused("spells", table("spells", *old))
    path = table("spells", "7111800001;fleksjob;01-01-2026;10-06-2026", "7111800001;fleksjob;01-07-2026;")
    assert refused("spells", path) == {2: ["overlap_with_registered"]}
    assert spells() == [("fleksjob", d(1), d(2)), ("fleksjob", d(6), d(7)), ("fleksjob", d(7), None)]


def test_a_dry_run_counts_the_same_and_writes_nothing(mona, table, read):
    read("spells", table("spells", "7111800001;fleksjob;01-01-2026;", "7111800001;maternity;01-01-2026;"))
    path = table(
        "spells",
        "7111800001;fleksjob;01-01-2026;31-01-2026",
        "7111800001;maternity;01-01-2026;",
        "7111800001;fleksjob;01-03-2026;",
        "7111800001;ordinary_job;01-03-2026;01-02-2026",
    )
    before, deliveries = spells(), Delivery.objects.count()
    forecast = read("spells", path, dry_run=True)
    assert (spells(), Delivery.objects.count()) == (before, deliveries)
    assert forecast == read("spells", path) == counts(read=4, inserted=1, updated=1, unchanged=1, quarantined=1)


days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1))
rows = st.lists(
    st.tuples(
        st.sampled_from(["7111800001", "711180-0002", "7111800009", "9999"]),
        st.sampled_from(["fleksjob", "Barsel", "ukendt"]),
        days,
        st.none() | days,
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=rows, second=rows)
def test_any_file_read_twice_changes_nothing_the_second_time(world, table, read, first, second):
    Spell.objects.all().delete()
    for number in (1, 2):
        if not world.municipality.citizen_set.filter(first_name=f"C{number}").exists():
            world.citizen(f"C{number} Test", number=number)
    read("spells", _file(table, first))
    path = _file(table, second)
    forecast = read("spells", path, dry_run=True)
    done = read("spells", path)
    assert forecast == done
    again = read("spells", path)
    refused = done["quarantined"]
    assert again == counts(read=len(second), unchanged=len(second) - refused, quarantined=refused)
    for citizen, kind in set(Spell.objects.values_list("citizen", "kind")):
        periods = list(Spell.objects.filter(citizen=citizen, kind=kind).order_by("start").values_list("start", "end"))
        assert all(end is not None and end <= start for (_s, end), (start, _e) in itertools.pairwise(periods))


def _file(table, found):
    return table(
        "spells",
        *[
            f"{cpr};{kind};{start:%d-%m-%Y};{end:%d-%m-%Y}" if end else f"{cpr};{kind};{start};"
            for cpr, kind, start, end in found
        ],
    )
