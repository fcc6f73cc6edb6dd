"""`jobformidler demo` as a command."""

import pytest
from django.core.management import CommandError, call_command

from jobformidler.core.models import Municipality
from jobformidler.demo import load, setting


def test_a_second_time_it_says_that_it_is_there(demo_database, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("demo", size="test")
    assert end.value.code == 2
    assert "is there already" in capsys.readouterr().err


def test_the_logins_are_those_that_have_a_password(demo_database, capsys):
    call_command("demo", logins=True)
    said = capsys.readouterr().out
    for name in ("line", "vibeke", "hanne", "sofie"):
        assert f"{name}@fjordby.example" in said
    assert setting.PASSWORD in said


@pytest.mark.django_db
def test_without_a_demo_there_are_no_logins_to_tell(capsys):
    call_command("demo", logins=True)
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_a_date_that_is_none_is_refused_with_an_example(monkeypatch):
    monkeypatch.setenv("JOBFORMIDLER_TODAY", "23.11.2026")
    with pytest.raises(CommandError, match="2026-11-23"):
        call_command("demo", size="test")


@pytest.mark.django_db
def test_the_day_comes_from_the_environment(monkeypatch, capsys):
    seen = {}

    def loaded(*, size, today, say, processes):
        seen.update(size=size, today=today.isoformat())
        raise CommandError("enough")

    monkeypatch.setattr(load, "load", loaded)
    monkeypatch.setenv("JOBFORMIDLER_TODAY", "2027-02-03")
    with pytest.raises(CommandError, match="enough"):
        call_command("demo", size="test")
    assert seen == {"size": "test", "today": "2027-02-03"}


def test_a_loading_that_was_broken_off_says_so(monkeypatch, demo_database):
    monkeypatch.setattr(load, "is_whole", lambda _municipality: False)
    with pytest.raises(CommandError, match="broken off"):
        call_command("demo", size="small")
    assert Municipality.objects.count() == 1
