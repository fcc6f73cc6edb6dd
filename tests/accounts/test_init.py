"""`jobformidler init`: a municipality to begin with."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from jobformidler.accounts.models import Membership, Unit, User
from jobformidler.core import db as context
from jobformidler.core.models import Municipality

ARGUMENTS = ("--code", "101", "--name", "Bæk Kommune", "--unit", "Team Å", "--unit", "Team Eng")
ADMIN = ("--admin-email", "anna@example.test", "--admin-name", "Anna Tagrør")


def run(*more):
    out = io.StringIO()
    call_command("init", *ARGUMENTS, *ADMIN, *more, stdout=out)
    return out.getvalue()


def test_it_makes_municipality_units_and_an_administrator_and_shows_the_password_once(db):
    done = json.loads(run("--json"))
    municipality = Municipality.objects.get(code=101)
    with context.enter(municipality, reason="test"):
        assert set(Unit.objects.values_list("name", flat=True)) == {"Team Å", "Team Eng"}
    row = Membership.objects.get(municipality=municipality)
    assert (row.role, row.user.email) == ("administrator", "anna@example.test")
    assert row.user.check_password(done["password"])


def test_a_given_password_is_not_printed(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("et langt godt kodeord\n"))
    assert "kodeord" not in run("--password-stdin")
    assert User.objects.get().check_password("et langt godt kodeord")


def test_a_municipality_that_is_there_is_left_alone(db):
    run()
    before = User.objects.get().password
    with pytest.raises(CommandError):
        run()
    assert User.objects.get().password == before


def test_nothing_is_kept_when_something_is_impossible(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("kort\n"))
    with pytest.raises(CommandError):
        run("--password-stdin")
    assert not Municipality.objects.exists()
