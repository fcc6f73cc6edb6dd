"""Rule sets are dated data: read, checked with clear words, and chosen by day, case and municipality."""

import datetime as dt
from dataclasses import fields

import pytest

from jobformidler.law import ClockRules, RuleError, applicable, rule_set, rule_sets
from jobformidler.law.rulesets import parse, read_folder

D = dt.date
GOOD = """
id = "local"
family = "contact-interval"
title = "Local"
banner = "Local · verify"
status = "verify before use"
valid_from = 2020-01-01
references = ["A decision of the council"]
[[paragraphs]]
id = "meetings"
text = "Every three months"
reference = "§ 1"
[parameters.interval_months]
meaning = "months between meetings"
source = "the decision"
paragraph = "meetings"
least = 1
most = 12
default = 3
[parameters.by_benefit]
meaning = "weeks by benefit"
source = "the decision"
least = 1
most = 52
default = { dagpenge = 4, ledighedsydelse = 13 }
[[overrides]]
municipality = "0999"
valid_from = 2021-01-01
reason = "decided by the council"
values = { interval_months = 2, by_benefit = { dagpenge = 5 } }
[[overrides]]
municipality = "0999"
valid_from = 2022-01-01
reason = "decided again"
values = { by_benefit = { ledighedsydelse = 20 } }
"""


def test_the_rules_of_2007_are_historical_and_hold_without_end():
    rules = rule_set("fleksjob-2007")
    assert (rules.status, rules.valid_from, rules.valid_to) == ("historical", D(2007, 1, 1), None)
    assert rules.banner == "Fleksjobregler 2007 · historisk regelsæt, brugt som eksempel · kontrollér gældende ret"
    assert rules.paragraph("maternity").text == "Perioder med barsel medregnes ikke."
    with pytest.raises(RuleError, match="has no paragraph colour"):
        rules.paragraph("colour")


def test_the_default_reading_is_the_one_described():
    rules = ClockRules.of(rule_set("fleksjob-2007"))
    values = {field.name: getattr(rules, field.name) for field in fields(rules)} | {"alternatives": ()}
    assert values == {
        "rule_set": "fleksjob-2007", "valid_from": D(2007, 1, 1), "window": "literal", "gap_days": 0,
        "duty_counting": "continuous", "rearm_duty": "new_year", "other_benefit": "counts", "right_months": 6,
        "right_window_months": 9, "duty_months": 12, "rearm_months": 9, "rearm_window_months": 18, "alternatives": (),
    }  # fmt: skip


def test_every_other_reading_differs_in_one_parameter():
    rules = ClockRules.of(rule_set("fleksjob-2007"), {"window": "rolling"})
    assert [(name, value) for name, value, _ in rules.readings()] == [
        ("window", "literal"), ("gap_days", 7), ("duty_counting", "accumulated"), ("rearm_duty", "immediate"),
        ("other_benefit", "ignored"),
    ]  # fmt: skip
    for name, value, other in rules.readings():
        assert getattr(other, name) == value
        assert ClockRules.of(rule_set("fleksjob-2007"), {"window": "rolling", name: value}) == other


def test_every_other_package_says_that_it_must_be_verified():
    assert {found.status for found in rule_sets().values()} == {"historical", "verify before use"}
    later = [found for found in rule_sets().values() if found.valid_from >= D(2013, 1, 1)]
    assert {found.status for found in later} == {"verify before use"}
    assert all("kontrollér gældende ret" in found.banner for found in rule_sets().values())


def test_a_set_may_be_used_by_municipalities_that_decide_for_themselves():
    local = parse(GOOD, "local.toml")
    assert local.values()["interval_months"] == 3
    own = local.values(municipality="0999")
    assert (own["interval_months"], dict(own["by_benefit"])) == (2, {"dagpenge": 5, "ledighedsydelse": 20})
    before = local.values(municipality="0999", on=D(2021, 6, 1))
    assert (before["interval_months"], dict(before["by_benefit"])) == (2, {"dagpenge": 5, "ledighedsydelse": 13})
    assert local.values({"interval_months": "4"}, municipality="0999")["interval_months"] == 4
    assert local.values(municipality="0101")["interval_months"] == 3


def test_sets_of_a_folder_are_read_together(tmp_path):
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    assert set(read_folder(tmp_path)) == {"local"}
    (tmp_path / "b.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RuleError, match="Two files hold the rule set local"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('id = "local"', "", "The rule set has no id."),
        ('id = "local"', "id = 3", "id of The rule set is not text."),
        ('family = "contact-interval"', 'family = "taxes"', "family of The rule set is one of"),
        ('status = "verify before use"', 'status = "fine"', "status of The rule set is one of historical"),
        ("valid_from = 2020-01-01", 'valid_from = "2020"', "valid_from of The rule set is not a date."),
        ("valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2019-01-01", "lies before valid_from"),
        (
            "valid_from = 2020-01-01",
            "valid_from = 2020-01-01\nvalid_form = 1",
            "The rule set has an unknown key valid_form.",
        ),
        ('references = ["A decision of the council"]', "references = []", "at least one paragraph and one reference"),
        ('text = "Every three months"', "", "Paragraph 1 has no text."),
        ('paragraph = "meetings"', 'paragraph = "others"', "names a paragraph others that the set does not have"),
        ("default = 3", "default = 13", "interval_months is a whole number from 1 to 12, not 13."),
        ("default = 3", "", "Parameter interval_months has no default."),
        ("default = 3", "default = true", "interval_months is a whole number from 1 to 12, not True."),
        ("most = 12", "most = 0", "has no room between least and most"),
        ("dagpenge = 4", 'dagpenge = "x"', "by_benefit is a whole number from 1 to 52, not x."),
        ("interval_months = 2,", "interval_weeks = 2,", "Override 1 sets interval_weeks, which the set does not have."),
        ("dagpenge = 5", "su = 5", "by_benefit has no group su; it has dagpenge, ledighedsydelse."),
        ("by_benefit = { dagpenge = 5 }", "by_benefit = 5", "by_benefit is a table of numbers by group, not 5."),
        ("[parameters.by_benefit]", "[parameters.by_benefit", "local.toml: "),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_place(before, after, sentence):
    assert before in GOOD
    with pytest.raises(RuleError) as error:
        parse(GOOD.replace(before, after), "local.toml")
    assert str(error.value).startswith("local.toml: ")
    assert sentence in str(error.value)


def test_the_set_that_held_on_the_day_is_used_and_only_if_it_is_switched_on():
    both = {"contact-2007", "contact-2026-07"}
    assert applicable("contact-interval", D(2026, 6, 30), enabled=both).id == "contact-2007"
    assert applicable("contact-interval", D(2026, 7, 1), enabled=both) is None
    assert applicable("contact-count", D(2026, 7, 1), enabled=both).id == "contact-2026-07"
    assert applicable("contact-count", D(2026, 6, 30), enabled=both) is None
    assert applicable("contact-count", D(2026, 7, 1), enabled=()) is None


def test_a_case_begun_before_new_rules_for_new_cases_stays_on_the_former_ones():
    both = {"internship-2020", "internship-2026-07"}
    assert applicable("internship-lengths", D(2026, 8, 1), begun=D(2026, 6, 30), enabled=both).id == "internship-2020"
    assert applicable("internship-lengths", D(2026, 8, 1), begun=D(2026, 7, 1), enabled=both).id == "internship-2026-07"
    assert applicable("internship-lengths", D(2026, 8, 1), enabled=both).id == "internship-2026-07"
    assert applicable("internship-lengths", D(2026, 8, 1), begun=D(2019, 1, 1), enabled=both) is None
    assert applicable("internship-lengths", D(2026, 8, 1), begun=D(2026, 6, 30), enabled={"internship-2026-07"}) is None
