"""Every column of every table has a fate, and the page about it says what the code says."""

import datetime as dt

from django.apps import apps
from django.db import models

from jobformidler.core.management.commands.retention_table import page, target
from jobformidler.core.retention import table
from jobformidler.core.retention.blank import blank
from jobformidler.core.retention.table import TABLE, columns, history_of, personal_columns, problems
from jobformidler.core.retention.ways import LOOSE, about_citizens, lookup


def test_every_column_of_every_table_is_kept_anonymised_or_deleted():
    assert problems() == [], "say in the package's retention.py what happens to the column"


def test_a_new_column_and_a_new_table_are_named(monkeypatch):
    before = set(problems())
    line = TABLE["citizens.Wish"]
    known = {name: fate for name, fate in line.fates.items() if name != "text"}
    monkeypatch.setitem(TABLE, "citizens.Wish", table.Line("", "", known))
    monkeypatch.delitem(TABLE, "casework.Goal")
    assert set(problems()) - before == {"citizens.Wish.text: no fate", "casework.Goal: no line"}


def test_every_table_with_a_citizen_has_a_way_to_the_citizen():
    """A table that holds texts people write and no way to a citizen says in its line why it is about nobody."""
    ways = set(about_citizens())
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or history_of(model) or model in ways:
            continue
        assert TABLE[model._meta.label].why, model._meta.label
    assert lookup(apps.get_model("placements.WeekHours")) == "placement__case__citizen_id"
    assert set(LOOSE) == {"placements.SignedLink"}


def test_every_column_that_is_anonymised_has_a_way_to_become_empty():
    for model in about_citizens():
        for name, way in personal_columns(model).items():
            field = next(f for f in model._meta.local_fields if f.column == name)
            sample = {"year": dt.date(1980, 5, 5)}.get(way, {} if isinstance(field, models.JSONField) else "x")
            if isinstance(field, models.ForeignKey):
                continue
            blank(field, [] if type(field).__name__ == "ArrayField" else sample, way, model(pk=1))


def test_a_key_to_somebody_is_never_the_only_thing_kept_of_a_text_table():
    """What is encrypted because it is sensitive never survives."""
    from jobformidler.core.crypto import EncryptedTextField

    for model in about_citizens():
        if TABLE[model._meta.label].rows == "delete":
            continue
        kept = set(columns(model)) - set(personal_columns(model))
        assert [
            f.column for f in model._meta.local_fields if isinstance(f, EncryptedTextField) and f.column in kept
        ] == []


def test_the_page_about_retention_is_current():
    assert target().read_text() == page(), "run: jobformidler manage retention_table --write"
