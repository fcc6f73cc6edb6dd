"""Logs say what went wrong and where, never about whom."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from tests.factories import make_citizen

from jobformidler.core.logs import DiscreetFormatter


def written(error: type[BaseException], provoke) -> str:
    """What the formatter makes of the error."""
    try:
        provoke()
    except error:
        record = logging.LogRecord("test", logging.ERROR, __file__, 1, "It failed", None, sys.exc_info())
        return DiscreetFormatter("%(levelname)s %(message)s").format(record)
    raise AssertionError("nothing was raised")


def test_a_broken_rule_of_the_database_is_logged_without_the_row(world):
    make_citizen(world.municipality, "Mona Havtorn", 1)

    def again():
        with transaction.atomic():
            make_citizen(world.municipality, "Mona Havtorn", 1)

    text = written(IntegrityError, again)
    assert text.startswith("ERROR It failed\nUniqueViolation\n")
    assert "which led to\nIntegrityError" in text
    assert "make_citizen" in text
    for value in ("Havtorn", "7111800001", "DETAIL", "Key ("):
        assert value not in text


def test_what_was_being_handled_is_named_too():
    def chain():
        try:
            int("711180-0001")
        except ValueError:
            raise RuntimeError("about 711180-0001")  # noqa: B904  as careless code does

    text = written(RuntimeError, chain)
    assert "ValueError" in text
    assert "RuntimeError" in text
    assert "711180" not in text


@pytest.mark.parametrize("handler", settings.LOGGING["handlers"].values())
def test_every_log_of_the_product_is_written_so(handler):
    made = settings.LOGGING["formatters"][handler["formatter"]]["()"]
    assert issubclass(import_string(made), DiscreetFormatter)
