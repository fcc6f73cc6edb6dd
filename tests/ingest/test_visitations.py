"""Approvals to fleksjob from files: a new one starts afresh, nothing is changed twice, and the dates follow."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ingest.conftest import counts

from jobformidler.core.models import Delivery, Event
from jobformidler.registers import actions
from jobformidler.registers.models import Clock, FleksjobApproval

D = dt.date


def approvals():
    rows = FleksjobApproval.objects.order_by("citizen", "approved_on")
    return list(rows.values_list("approved_on", "ended_on"))


@pytest.fixture
def mona(world):
    return world.citizen()


def test_a_file_may_name_them_as_other_systems_do_and_says_the_last_day(mona, table, read):
    path = table("visitations", "711180-0001;01-09-2025;31-08-2026", header="CPR-nr.;Visitationsdato;Ophørsdato")
    assert read("visitations", path) == counts(read=1, inserted=1)
    assert approvals() == [(D(2025, 9, 1), D(2026, 9, 1))]
    assert FleksjobApproval.objects.get().delivery == Delivery.objects.get()


def test_a_new_approval_ends_the_one_before_in_the_file_and_in_the_register(mona, table, read):
    read("visitations", table("visitations", "7111800001;2024-01-01;"))
    path = table("visitations", "7111800001;2026-01-01;", "7111800001;2025-01-01;")
    assert read("visitations", path) == counts(read=2, inserted=2)
    assert approvals() == [(D(2024, 1, 1), D(2025, 1, 1)), (D(2025, 1, 1), D(2026, 1, 1)), (D(2026, 1, 1), None)]
    old = FleksjobApproval.objects.get(approved_on=D(2024, 1, 1))
    assert [(row.pgh_label, row.ended_on) for row in old.history.all()] == [("update", None)]
    assert read("visitations", path) == counts(read=2, unchanged=2)


def test_a_day_ahead_and_somebody_else_are_refused(mona, table, refused):
    path = table("visitations", "7111800001;24-11-2026;", "7111800002;01-01-2026;", "7111800001;01-02-2026;01-01-2026")
    assert refused("visitations", path) == {
        2: ["day_ahead"],
        3: ["not_a_citizen_here"],
        4: ["end_before_start"],
    }
    assert not FleksjobApproval.objects.exists()


def test_a_file_without_last_days_leaves_them_as_they_are(mona, table, read):
    read("visitations", table("visitations", "7111800001;2025-01-01;2025-12-31"))
    path = table("visitations", "7111800001;2025-01-01", header="cpr;approved_on")
    assert read("visitations", path) == counts(read=1, unchanged=1)
    assert approvals() == [(D(2025, 1, 1), D(2026, 1, 1))]


days = st.dates(D(2025, 1, 1), D(2025, 2, 1))
rows = st.lists(
    st.tuples(st.sampled_from(["7111800001", "7111800002", "7111800009"]), days, st.none() | days), max_size=8
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=rows, second=rows)
def test_any_file_read_twice_changes_nothing_and_approvals_never_overlap(world, table, read, first, second):
    FleksjobApproval.objects.all().delete()
    for number in (1, 2):
        if not world.municipality.citizen_set.filter(first_name=f"C{number}").exists():
            world.citizen(f"C{number} Test", number=number)
    for found in (first, second):
        lines = [f"{cpr};{start};{end or ''}" for cpr, start, end in found]
        path = table("visitations", *lines)
        forecast = read("visitations", path, dry_run=True)
        assert forecast == read("visitations", path)
        again = read("visitations", path)
        assert (again["inserted"], again["updated"]) == (0, 0)
    held = {}
    for citizen, start, end in FleksjobApproval.objects.order_by("citizen", "approved_on").values_list(
        "citizen", "approved_on", "ended_on"
    ):
        last = held.get(citizen)
        assert last is None or last <= start
        held[citizen] = end or D.max


def test_the_dates_follow_the_file_and_one_event_tells_of_it(world, mona, now, table, read, drain):
    actions.choose_rules(
        municipality=world.municipality, family="fleksjob-clocks", chosen="fleksjob-2007", by=world.admin, at=now
    )
    other = world.citizen("Anna Anden", 2)
    for citizen in (mona, other):
        actions.add_spell(citizen=citizen, kind="ledighedsydelse", start=D(2025, 1, 1), end=None, by=None, at=now)
    drain()
    before = Event.objects.count()
    read("visitations", table("visitations", "7111800001;01-01-2025;"))
    assert Event.objects.count() == before + 1
    drain()
    assert list(Clock.objects.values_list("citizen", "right_on")) == [(mona.pk, D(2025, 7, 1))]
