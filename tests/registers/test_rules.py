"""Rules chosen by a municipality: a dated timeline that nobody can overlap, off until somebody chooses."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobformidler.core.actions import ActionError, StaleError
from jobformidler.registers import actions
from jobformidler.registers.models import RuleChoice
from jobformidler.registers.rules import choices_of, clock_rules, contact_rules

D = dt.date
TODAY = D(2026, 11, 23)


@pytest.fixture
def choose(world, now):
    """Choose as the administrator."""

    def run(family, chosen, **values):
        return actions.choose_rules(
            municipality=world.municipality, family=family, chosen=chosen, by=world.admin, at=now, **values
        )

    return run


def periods(world, family="contact"):
    return [
        (row.rule_set, row.period.lower, row.period.upper)
        for row in RuleChoice.objects.about(world.municipality.pk, family)
    ]


def test_until_somebody_chooses_meetings_are_held_every_three_months_by_the_caseworker_and_all_else_is_off(world):
    rules = contact_rules(world.municipality.pk)
    found = rules.on(TODAY, D(2026, 1, 1))
    assert (found.rules.id, found.values()["interval_months"]) == ("contact-2007", 3)
    assert rules.holder_on(TODAY) == "caseworker"
    assert clock_rules(world.municipality.pk) is None
    for family in ("internships", "workplaces", "shares", "courses"):
        assert choices_of(world.municipality.pk, family) == []


def test_a_choice_ends_the_one_before_and_leaves_what_was_chosen_for_a_later_day(world, choose):
    choose("contact", "contact-2007", since=D(2026, 1, 1))
    choose("contact", "contact-2026-07", since=D(2027, 1, 1))
    choose(
        "contact", "contact-2007", since=TODAY, parameters={"interval_months": 2}, reason="Byrådet", holder="provider"
    )
    assert periods(world) == [
        ("contact-2007", D(2026, 1, 1), TODAY),
        ("contact-2007", TODAY, D(2027, 1, 1)),
        ("contact-2026-07", D(2027, 1, 1), None),
    ]
    rules = contact_rules(world.municipality.pk)
    assert [rules.on(day, D(2026, 5, 1)).values()["interval_months"] for day in (D(2026, 6, 1), TODAY)] == [3, 2]
    assert [rules.holder_on(day) for day in (D(2026, 6, 1), TODAY)] == ["caseworker", "provider"]
    assert rules.on(D(2027, 1, 2), D(2026, 5, 1)).rules.id == "contact-2026-07"


def test_what_is_switched_off_ends_that_day_and_the_history_keeps_it(world, choose):
    row = choose("internships", "internship-2026-07", since=D(2026, 7, 1))
    choose("internships", "", version=row.version)
    assert periods(world, "internships") == [("internship-2026-07", D(2026, 7, 1), TODAY)]
    assert [event.pgh_label for event in row.history.order_by("pgh_id")] == ["insert", "update"]


def test_a_set_is_used_in_its_own_time_and_the_former_rules_run_on_for_old_internships(world, choose):
    choose("internships", "internship-2026-07", since=D(2026, 7, 1))
    choose("internships", "internship-2020", since=D(2024, 1, 1))
    assert periods(world, "internships") == [
        ("internship-2020", D(2024, 1, 1), D(2026, 7, 1)),
        ("internship-2026-07", D(2026, 7, 1), None),
    ]
    with pytest.raises(ActionError, match="ikke længere"):
        choose("internships", "internship-2020", since=TODAY)
    with pytest.raises(ActionError, match="endnu"):
        choose("internships", "internship-2026-07", since=D(2026, 6, 30))


def test_other_numbers_need_a_reason_and_strange_ones_are_refused(world, choose, now):
    with pytest.raises(ActionError, match="Skriv"):
        choose("contact", "contact-2007", parameters={"interval_months": 2})
    kept = choose(
        "contact", "contact-2007", parameters={"interval_months": 3, "first_months": 1}, reason="Hurtigt i gang"
    )
    assert kept.parameters == {"first_months": 1}
    for family, chosen, parameters in (
        ("contact", "contact-2007", {"interval_months": 13}),
        ("contact", "internship-2020", {}),
        ("contact", "contact-1999", {}),
        ("nothing", "contact-2007", {}),
    ):
        with pytest.raises(ActionError):
            choose(family, chosen, parameters=parameters, reason="Prøve")
    with pytest.raises(ActionError):
        choose("fleksjob-clocks", "fleksjob-2007", since=TODAY + dt.timedelta(days=1))
    with pytest.raises(PermissionDenied):
        actions.choose_rules(
            municipality=world.municipality, family="contact", chosen="contact-2007", by=world.peter, at=now
        )


def test_somebody_who_read_an_older_choice_is_told(choose):
    row = choose("contact", "contact-2007")
    choose("contact", "contact-2026-07", version=row.version)
    with pytest.raises(StaleError):
        choose("contact", "contact-2007", version=row.version)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(
    steps=st.lists(st.tuples(st.sampled_from(["contact-2007", "contact-2026-07", ""]), st.integers(0, 60)), max_size=7)
)
def test_any_row_of_choices_leaves_a_timeline_that_says_what_was_chosen_last_for_each_day(world, choose, steps):
    RuleChoice.objects.all().delete()
    first = D(2026, 11, 1)
    said = {}
    for chosen, offset in steps:
        since = first + dt.timedelta(days=offset)
        choose("contact", chosen, since=since)
        later = min((day for day in said if day > since and said[day]), default=None) if chosen else None
        said = {day: what for day, what in said.items() if day < since or (later and day >= later)}
        said[since] = chosen
        if later is None:
            said = {day: what for day, what in said.items() if day <= since}
    for offset in range(0, 70, 3):
        day = first + dt.timedelta(days=offset)
        expected = said[max(known)] if (known := [one for one in said if one <= day]) else ""
        found = [row for row in RuleChoice.objects.all() if day in row.period]
        assert [row.rule_set for row in found] == ([expected] if expected else [])
