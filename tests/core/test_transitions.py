"""Every transition table, cell by cell."""

import dataclasses
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from jobformidler.core.actions import ActionError
from jobformidler.core.transitions import TABLES, Table, table

NAMES = sorted(TABLES)


def states(made: Table) -> list[str]:
    """The states the status field knows."""
    return [value for value, _label in apps.get_model(made.model)._meta.get_field(made.field).choices]


def unguarded(made: Table) -> Table:
    """The same table without guards: they are tested with rows where they are registered."""
    verbs = {name: dataclasses.replace(verb, guards=()) for name, verb in made.transitions.items()}
    return Table(made.model, made.field, verbs)


@pytest.mark.parametrize("name", NAMES)
def test_every_verb_runs_from_its_sources_by_its_people_and_from_nowhere_else(name):
    made = unguarded(TABLES[name])
    for verb in made.transitions.values():
        for state in states(made):
            row = SimpleNamespace(**{made.field: state})
            with pytest.raises(PermissionDenied):
                made.apply(verb.name, row, powers={"nobody"}, reason="because")
            if state in verb.sources:
                assert made.apply(verb.name, row, powers=verb.who, reason="because") == state
                assert getattr(row, made.field) == verb.target
            else:
                with pytest.raises(ActionError):
                    made.apply(verb.name, row, powers=verb.who, reason="because")
                assert getattr(row, made.field) == state


@pytest.mark.parametrize("name", NAMES)
def test_the_buttons_are_exactly_the_verbs_open_to_somebody_in_a_state(name):
    made = TABLES[name]
    people = set().union(*(verb.who for verb in made.transitions.values()))
    for state in states(made):
        row = SimpleNamespace(**{made.field: state})
        for power in people:
            offered = {verb.name for verb in made.open_to(row, [power])}
            assert offered == {v.name for v in made.transitions.values() if state in v.sources and power in v.who}
        assert made.open_to(row, ["nobody"]) == []


@pytest.mark.parametrize("name", NAMES)
def test_tables_speak_of_states_that_exist_and_every_state_can_be_reached(name):
    made = TABLES[name]
    known = set(states(made))
    targets = {verb.target for verb in made.transitions.values()}
    assert targets <= known
    assert set().union(*(verb.sources for verb in made.transitions.values())) <= known
    first = apps.get_model(made.model)._meta.get_field(made.field).default
    reached = {str(first)}
    while more := {v.target for v in made.transitions.values() if v.sources & reached} - reached:
        reached |= more
    assert known <= reached


@pytest.mark.parametrize("name", NAMES)
def test_a_reason_is_asked_for_where_the_table_says_so(name):
    made = unguarded(TABLES[name])
    for verb in made.transitions.values():
        row = SimpleNamespace(**{made.field: min(verb.sources)})
        if verb.needs_reason:
            with pytest.raises(ActionError) as error:
                made.apply(verb.name, row, powers=verb.who, reason="  ")
            assert "reason" in error.value.message_dict
        else:
            made.apply(verb.name, row, powers=verb.who)


@pytest.fixture
def light():
    """A small table of its own, unknown to the others afterwards."""
    made = table("test.light", "colour")
    made.add("go", "Go", ["red"], "green", who=["driver"], guards=(lambda row: None if row.clear else "Look first.",))
    yield made
    del TABLES["test.light.colour"]


def test_a_guard_says_what_is_missing_and_leaves_the_row_alone(light):
    row = SimpleNamespace(colour="red", clear=False)
    assert light.problems("go", row) == ["Look first."]
    with pytest.raises(ActionError) as error:
        light.apply("go", row, powers=["driver"])
    assert (error.value.messages, row.colour) == (["Look first."], "red")


def test_a_higher_package_adds_a_guard(light):
    light.guard("go", lambda row: "Not yet.")
    assert light.problems("go", SimpleNamespace(colour="red", clear=True)) == ["Not yet."]


def test_a_verb_is_added_once(light):
    with pytest.raises(ValueError):
        light.add("go", "Go", ["red"], "green", who=["driver"])
