"""Intervals, counts, shares with exemptions, lengths, ratios and rules for old cases, each by its small evaluator."""

import datetime as dt

import numpy as np
import pytest

from jobformidler.law import RuleError, rule_set
from jobformidler.law.contact import next_contact
from jobformidler.law.courses import may_begin, rules_of
from jobformidler.law.internships import last_day
from jobformidler.law.shares import share
from jobformidler.law.workplaces import room

D = dt.date


def test_a_contact_meeting_is_due_three_months_after_the_last_held_one_and_first_after_the_opening():
    rules = rule_set("contact-2007")
    assert next_contact(rules, opened=D(2026, 1, 31), held=[]).due == D(2026, 4, 30)
    found = next_contact(rules, opened=D(2026, 1, 31), held=[D(2026, 5, 29), D(2026, 3, 2), D(2025, 12, 1)])
    assert (found.due, found.counted_from, found.paragraph) == (D(2026, 8, 29), D(2026, 5, 29), "meetings")


def test_a_municipality_may_meet_more_often():
    due = next_contact(
        rule_set("contact-2007"), opened=D(2026, 1, 1), held=[D(2026, 2, 1)], given={"interval_months": 1}
    ).due
    assert due == D(2026, 3, 1)


def test_four_talks_in_six_months_are_spread_over_them_and_later_ones_are_by_need():
    rules, opened = rule_set("contact-2026-07"), D(2026, 7, 1)
    dues, held = [], []
    for _ in range(5):
        found = next_contact(rules, opened=opened, held=held, benefit="ledighedsydelse")
        dues.append((found.due, found.number, found.of, found.paragraph))
        held.append(found.due)
        if found.due is None:
            break
    assert dues == [
        (D(2026, 8, 15), 1, 4, "first-talk"), (D(2026, 9, 30), 2, 4, "talks"), (D(2026, 11, 15), 3, 4, "talks"),
        (D(2026, 12, 31), 4, 4, "talks"), (None, 0, 0, "talks"),
    ]  # fmt: skip
    early = [D(2026, 7, day) for day in (1, 2, 3, 4)]
    assert next_contact(rules, opened=opened, held=early, benefit="ledighedsydelse").due is None
    assert next_contact(rules, opened=opened, held=[], benefit="dagpenge").of == 2
    goal = next_contact(rules, opened=opened, held=early, benefit="ledighedsydelse", given={"later_months": 2})
    assert goal.due == D(2026, 9, 4)


def flags(text):
    return np.array([letter == "x" for letter in text], dtype=bool)


def test_three_of_four_must_be_reached_and_the_rest_exempted_with_a_reason():
    rules = rule_set("population-2026-07")
    met = share(rules, reached=flags("xxx-"), exempted=flags("---x"), reasoned=flags("---x"), outside=flags("----"))
    assert (met.population, met.reached, met.exempted, met.needed, met.met) == (4, 3, 1, 3, True)
    without = share(rules, reached=flags("xxx-"), exempted=flags("---x"), reasoned=flags("----"), outside=flags("----"))
    assert (without.unanswered, without.missing, without.met) == (1, 0, False)


def test_too_many_exemptions_and_people_the_rule_does_not_cover():
    rules = rule_set("population-2026-07")
    found = share(
        rules,
        reached=flags("xxxxxxx--x"),
        exempted=flags("-------xx-"),
        reasoned=flags("-------xx-"),
        outside=flags("---------x"),
    )
    assert (found.population, found.needed, found.reached, found.missing, found.exempted) == (9, 7, 7, 0, 2)
    assert found.met
    many = share(rules, reached=flags("xx--"), exempted=flags("--xx"), reasoned=flags("--xx"), outside=flags("----"))
    assert (many.needed, many.missing, many.over_exempted, many.met) == (3, 1, 1, False)
    nobody = share(rules, reached=flags(""), exempted=flags(""), reasoned=flags(""), outside=flags(""))
    assert (nobody.population, nobody.met) == (0, True)


def test_an_exemption_of_somebody_who_was_reached_is_not_used():
    rules = rule_set("population-2026-07")
    found = share(rules, reached=flags("xxxx"), exempted=flags("xxxx"), reasoned=flags("xxxx"), outside=flags("----"))
    assert (found.reached, found.exempted, found.met) == (4, 0, True)


def test_an_internship_ends_after_whole_weeks_by_benefit():
    rules = rule_set("internship-2020")
    monday = D(2026, 3, 2)
    assert last_day(rules, start=monday, benefit="dagpenge") == D(2026, 3, 29)
    assert last_day(rules, start=monday, benefit="ledighedsydelse") == D(2026, 5, 31)
    assert last_day(rules, start=monday, benefit="foertidspension") is None
    assert last_day(rules, start=monday, benefit="dagpenge", given={"weeks": {"dagpenge": 8}}) == D(2026, 4, 26)


@pytest.mark.parametrize(
    ("staff", "places"), [(0, 1), (4, 1), (9, 1), (10, 2), (49, 9), (50, 10), (59, 10), (60, 11), (120, 17)]
)
def test_one_place_for_each_five_up_to_fifty_then_for_each_ten_and_always_one(staff, places):
    assert room(rule_set("workplace-ratio-2020"), staff=staff, inside=0).places == places


def test_a_person_outside_the_ratio_fills_a_place_for_those_who_come_later():
    rules = rule_set("workplace-ratio-2020")
    assert room(rules, staff=10, inside=1, outside=1).free == 0
    assert room(rules, staff=10, inside=1, outside=1, given={"outside_fills": "no"}).free == 1
    assert room(rules, staff=10, inside=5).free == 0


def test_courses_abolished_for_new_cases_run_on_for_old_ones():
    both = {"courses-2013", "courses-2026-07"}
    assert may_begin("ressourceforloeb", D(2026, 6, 30), enabled=both) is True
    assert may_begin("ressourceforloeb", D(2026, 7, 1), enabled=both) is False
    assert may_begin("fleksjob", D(2026, 7, 1), enabled=both) is None
    assert may_begin("ressourceforloeb", D(2026, 7, 1), enabled=()) is None
    assert rules_of(D(2025, 1, 1), D(2026, 11, 23), enabled=both).id == "courses-2013"
    assert rules_of(D(2026, 7, 1), D(2026, 11, 23), enabled=both).id == "courses-2026-07"


def test_a_set_of_another_family_is_refused():
    other = rule_set("fleksjob-2007")
    none = flags("")
    for attempt in (
        lambda: next_contact(other, opened=D(2026, 1, 1), held=[]),
        lambda: share(other, reached=none, exempted=none, reasoned=none, outside=none),
        lambda: last_day(other, start=D(2026, 1, 1), benefit="dagpenge"),
        lambda: room(other, staff=1, inside=0),
    ):
        with pytest.raises(RuleError, match="says nothing about"):
            attempt()
