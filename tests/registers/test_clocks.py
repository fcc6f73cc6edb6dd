"""Clocks kept for each citizen: dates follow the registers at once, and are always what a rebuild gives."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.core.actions import ActionError
from jobformidler.core.models import Event
from jobformidler.registers import actions, clocks
from jobformidler.registers.enums import ClockState, RightKind
from jobformidler.registers.models import Clock, FleksjobApproval, Spell
from jobformidler.registers.states import Facts, duty, right

D = dt.date


@pytest.fixture
def rules(world, now, drain):
    """Choose the rules of 2007, with readings."""

    def choose(**readings):
        actions.choose_rules(
            municipality=world.municipality,
            family="fleksjob-clocks",
            chosen="fleksjob-2007",
            parameters=readings,
            by=world.admin,
            at=now,
        )
        drain()

    return choose


@pytest.fixture
def person(world):
    """Makes a citizen of the team's."""

    def make(name="Mona Havtorn", number=1):
        citizen = world.citizen(name, number)
        relate(citizen=citizen, kind=RelationKind.TEAM, unit=world.unit, since=D(2024, 1, 1))
        return citizen

    return make


@pytest.fixture
def sofie(world, now, person):
    """Approved 1 September 2025; ledighedsydelse, maternity December to July, ledighedsydelse since."""
    citizen = person("Sofie Engkarse")
    actions.approve_fleksjob(citizen=citizen, approved_on=D(2025, 9, 1), by=world.peter, at=now)
    for kind, start, end in (
        ("ledighedsydelse", D(2025, 9, 1), D(2025, 12, 1)),
        ("maternity", D(2025, 12, 1), D(2026, 8, 1)),
        ("ledighedsydelse", D(2026, 8, 1), None),
    ):
        actions.add_spell(citizen=citizen, kind=kind, start=start, end=end, by=world.peter, at=now)
    return citizen


def test_without_chosen_rules_nobody_has_a_clock(sofie):
    assert not Clock.objects.exists()


def test_sofies_right_arose_on_the_thirtieth_of_october(rules, sofie):
    rules()
    (clock,) = Clock.objects.all()
    assert (clock.right_on, clock.right_days, clock.right_from) == (D(2026, 10, 30), 181, D(2025, 9, 1))
    assert clock.duty_on == D(2027, 5, 2)
    assert (clock.since, clock.until, clock.rule_set) == (D(2025, 9, 1), None, "fleksjob-2007")


def test_a_corrected_period_moves_the_dates_at_once(world, now, rules, sofie):
    rules()
    since = Spell.objects.get(start=D(2026, 8, 1))
    actions.correct_spell(spell=since, start=D(2026, 8, 5), reason="Forkert dato", by=world.peter, at=now)
    assert Clock.objects.get().right_on == D(2026, 11, 3)
    actions.correct_spell(spell=since, start=D(2026, 8, 1), reason="Alligevel rigtig", by=world.peter, at=now)
    assert Clock.objects.get().right_on == D(2026, 10, 30)


def test_where_another_reading_gives_a_date_the_clock_says_so(world, now, rules, person):
    rules()
    citizen = person()
    actions.approve_fleksjob(citizen=citizen, approved_on=D(2025, 1, 1), by=world.peter, at=now)
    actions.add_spell(citizen=citizen, kind="ledighedsydelse", start=D(2025, 4, 2), end=None, by=world.peter, at=now)
    clock = Clock.objects.get(cycle=1)
    assert clock.right_on is None
    assert ["window", "rolling", "right", "2025-10-02"] in clock.readings
    assert Clock.objects.in_reading_doubt().count() == 1


def test_nine_months_of_work_begin_a_new_cycle(world, now, rules, person):
    rules()
    citizen = person()
    actions.approve_fleksjob(citizen=citizen, approved_on=D(2025, 1, 1), by=world.peter, at=now)
    actions.add_spell(
        citizen=citizen, kind="fleksjob", start=D(2025, 2, 1), end=D(2025, 11, 15), by=world.peter, at=now
    )
    actions.add_spell(citizen=citizen, kind="ledighedsydelse", start=D(2025, 11, 15), end=None, by=world.peter, at=now)
    first, second = Clock.objects.order_by("cycle")
    assert (first.until, second.since) == (D(2025, 11, 1), D(2025, 11, 1))
    assert (second.right_on, second.duty_on) == (D(2026, 5, 15), D(2026, 11, 15))
    assert list(Clock.objects.running_on(D(2026, 1, 1))) == [second]


def test_a_new_approval_starts_afresh(world, now, rules, person):
    rules()
    citizen = person()
    approval = actions.approve_fleksjob(citizen=citizen, approved_on=D(2025, 1, 1), by=world.peter, at=now)
    actions.add_spell(citizen=citizen, kind="ledighedsydelse", start=D(2025, 1, 1), end=None, by=world.peter, at=now)
    actions.end_approval(approval=approval, ended_on=D(2025, 5, 1), reason="Revurderet", by=world.peter, at=now)
    assert Clock.objects.get().right_on is None
    actions.approve_fleksjob(citizen=citizen, approved_on=D(2025, 6, 1), by=world.peter, at=now)
    _old, new = Clock.objects.order_by("since")
    assert (new.since, new.right_on) == (D(2025, 6, 1), D(2025, 12, 1))


def test_two_paid_hours_beside_a_benefit_change_no_date(rules, sofie):
    rules()
    assert set(Spell._meta.get_field("kind").choices) and "paid_hours" not in dict(
        Spell._meta.get_field("kind").choices
    )
    assert Clock.objects.get().right_on == D(2026, 10, 30)


def test_turning_the_rules_off_takes_the_clocks_away(world, now, rules, sofie, drain):
    rules()
    assert Clock.objects.exists()
    row = world.municipality.rulechoice_set.get()
    actions.choose_rules(
        municipality=world.municipality,
        family="fleksjob-clocks",
        chosen="",
        version=row.version,
        by=world.admin,
        at=now,
    )
    drain()
    assert not Clock.objects.exists()


def test_only_an_administrator_chooses_rules_and_only_known_ones(world, now):
    values = {"municipality": world.municipality, "family": "fleksjob-clocks", "at": now}
    with pytest.raises(PermissionDenied):
        actions.choose_rules(chosen="fleksjob-2007", by=world.line, **values)
    with pytest.raises(ActionError):
        actions.choose_rules(chosen="fleksjob-1998", by=world.admin, **values)
    with pytest.raises(ActionError):
        actions.choose_rules(chosen="fleksjob-2007", parameters={"window": "wide"}, by=world.admin, **values)


_PERIODS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["ledighedsydelse", "unemployed", "fleksjob", "ordinary_job", "maternity"]),
        st.integers(0, 900),
        st.integers(1, 500) | st.none(),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(periods=_PERIODS, approved=st.lists(st.integers(0, 400), min_size=4, max_size=4), whose=st.integers(0, 3))
def test_what_is_kept_for_one_equals_a_rebuild_for_all(rules_on, periods, approved, whose):
    people, first = rules_on, D(2024, 1, 1).toordinal()
    Spell.objects.all().delete()
    Clock.objects.all().delete()
    FleksjobApproval.objects.all().delete()
    for person, day in zip(people, approved, strict=True):
        FleksjobApproval.objects.create(
            municipality_id=person.municipality_id, citizen=person, approved_on=D.fromordinal(first + day)
        )
    seen = set()
    for who, kind, start, length in periods:
        begin = D.fromordinal(first + start)
        if (who, kind, begin) not in seen:
            seen.add((who, kind, begin))
            Spell.objects.create(
                municipality_id=people[who].municipality_id,
                citizen=people[who],
                kind=kind,
                start=begin,
                end=None if length is None else begin + dt.timedelta(length),
            )
    clocks.refresh([people[whose].pk])
    for person in people:
        clocks.refresh([person.pk])
    assert clocks.refresh() == 0
    assert Clock.objects.filter(cycle=1).count() == len(people)


@pytest.fixture
def rules_on(rules, world):
    rules()
    return [world.citizen(number=number) for number in range(1, 5)]


def test_a_delivery_moves_only_the_clocks_it_touches(world, now, rules, sofie, person, tmp_path, drain, monkeypatch):
    from jobformidler.core.enums import DeliveryKind
    from jobformidler.core.ingest import read_file

    rules()
    other = person(number=2)
    actions.approve_fleksjob(citizen=other, approved_on=D(2025, 1, 1), by=world.peter, at=now)
    asked = []
    whole = clocks._rows
    monkeypatch.setattr(clocks, "_rows", lambda r, w: asked.append(whole(r, w)) or asked[-1])
    file = tmp_path / "perioder.csv"
    file.write_text("cpr;kind;start;end\n7111800002;ledighedsydelse;2025-01-01;\n", encoding="utf-8")
    read_file(kind=DeliveryKind.SPELLS, path=file, municipality=world.municipality, by=world.admin, at=now)
    drain()
    assert [frame["citizen_id"].to_list() for frame in asked] == [[other.pk]]
    assert Clock.objects.get(citizen=other).right_on == D(2025, 7, 1)


@pytest.mark.parametrize(
    ("on", "facts", "state", "days"),
    [
        (D(2026, 11, 30), Facts(unemployed=True), ClockState.ARISES, 7),
        (D(2026, 11, 23), Facts(unemployed=True), ClockState.UNUSED, 0),
        (D(2026, 11, 1), Facts(unemployed=True, asked=True), ClockState.ASKED, -22),
        (D(2026, 11, 1), Facts(unemployed=True, asked=True, referred=True), ClockState.FULFILLED, -22),
        (D(2026, 11, 1), Facts(working=True), ClockState.LAPSED, -22),
        (D(2026, 11, 1), Facts(approved=False), ClockState.LAPSED, -22),
        (D(2026, 12, 1), Facts(on_maternity=True), ClockState.PAUSED, 8),
        (None, Facts(unemployed=True), ClockState.NOT_ARISEN, None),
    ],
)
def test_a_right_stands_in_one_of_the_states_people_work_with(day, on, facts, state, days):
    found = right(on, day, facts)
    assert (found.state, found.days) == (state, days)


def test_a_right_that_depends_on_the_reading_is_never_a_bare_no(day):
    assert right(None, day, Facts(unemployed=True), in_doubt=True).state == ClockState.DEPENDS


def test_a_duty_is_overdue_until_somebody_refers_or_assesses(day):
    passed = D(2026, 11, 1)
    assert duty(passed, day, Facts(unemployed=True)).overdue
    assert duty(passed, day, Facts(unemployed=True, assessed=True)).overdue
    assert not duty(passed, day, Facts(unemployed=True, assessed=False)).overdue
    assert not duty(passed, day, Facts(unemployed=True, referred=True)).overdue
    assert not duty(passed, day, Facts(working=True)).overdue


def test_the_citizen_asks_once_and_the_caseworker_refers(world, now, sofie):
    day = now.date()
    actions.ask_referral(citizen=sofie, asked_on=day, way="talk", by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.ask_referral(citizen=sofie, asked_on=day, way="talk", by=world.line, at=now)
    values = {"basis": "right", "decided_on": day, "at": now}
    with pytest.raises(PermissionDenied):
        actions.decide_referral(citizens=[sofie], by=world.line, **values)
    assert len(actions.decide_referral(citizens=[sofie], by=world.peter, **values)) == 1
    assert actions.decide_referral(citizens=[sofie], by=world.peter, **values) == []


def test_the_municipalitys_own_decision_needs_its_reason(world, now, sofie):
    with pytest.raises(ActionError, match="Skriv"):
        actions.decide_referral(citizens=[sofie], basis="own", decided_on=now.date(), by=world.peter, at=now)


def test_telling_twice_on_a_day_is_told_once(world, now, sofie):
    for _twice in range(2):
        actions.give_guidance(
            citizen=sofie, about=RightKind.RIGHT, given_on=now.date(), way="talk", by=world.peter, at=now
        )
    assert Event.objects.filter(kind="registers.guidance_given").count() == 1
