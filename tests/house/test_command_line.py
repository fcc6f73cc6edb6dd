"""The `jobformidler` command: help everywhere, exit codes, one sentence instead of a traceback."""

import fcntl
import json
import socket
import stat
from pathlib import Path

import pytest
from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.executor import MigrationExecutor

from jobformidler.config import cli, launcher
from jobformidler.config.errors import LaunchError
from jobformidler.config.keys import ensure_key_file
from jobformidler.config.paths import Paths


def test_every_command_is_listed_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert all(name in text for name in (*cli.DJANGO_COMMANDS, "coverage", "up", "db", "manage"))


@pytest.mark.parametrize("words", [["up"], ["coverage"], ["db"], ["db", "run"], ["db", "psql"], ["db", "exec"]])
def test_own_commands_have_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([*words, "--help"])
    assert end.value.code == 0
    assert "usage: jobformidler" in capsys.readouterr().out


@pytest.mark.parametrize("name", cli.DJANGO_COMMANDS)
def test_management_commands_have_help_under_their_own_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([name, "--help"]) == cli.OK
    assert f"usage: jobformidler {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("outcome", "code"),
    [(None, cli.OK), (SystemExit(1), cli.PROBLEMS), (CommandError("No such file."), cli.NOTHING_DONE)],
)
def test_exit_codes_say_what_was_done(outcome: BaseException | None, code: int, monkeypatch, capsys) -> None:
    class Stub(BaseCommand):
        requires_system_checks: list[str] = []

        def handle(self, *args: object, **options: object) -> None:
            if outcome is not None:
                raise outcome

    monkeypatch.setattr("django.core.management.get_commands", lambda: {"stub": Stub()})
    assert cli.main(["manage", "stub"]) == code
    assert ("No such file." in capsys.readouterr().err) == isinstance(outcome, CommandError)


def test_on_ones_own_server_an_old_schema_is_one_sentence_and_stays_as_it_is(db, monkeypatch) -> None:
    monkeypatch.setattr(cli, "existing_server_url", lambda: "postgresql://db.example/jobformidler")
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["a migration"])
    with pytest.raises(CommandError, match="jobformidler manage migrate"):
        cli._bring_schema_up_to_date()


def test_an_unknown_command_of_django_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["manage", "fly", "--help"]) == cli.NOTHING_DONE
    assert "There is no command fly." in capsys.readouterr().err


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        sentence = f"Port {port} on 127.0.0.1 cannot be used"
        with pytest.raises(LaunchError, match=sentence), launcher._listen("127.0.0.1", port):
            pass


def test_a_second_start_is_told_the_address_of_the_first(tmp_path: Path) -> None:
    paths = Paths(root=tmp_path)
    sentence = r"already runs from this folder: http://127\.0\.0\.1:8000/"
    second = launcher._only_one(paths, "http://127.0.0.1:8001/")
    with launcher._only_one(paths, "http://127.0.0.1:8000/"), pytest.raises(LaunchError, match=sentence), second:
        pass
    with (paths.var / "up.lock").open("a") as free:
        fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_keys_are_made_once_and_are_private(tmp_path: Path) -> None:
    file = tmp_path / "var" / "keys.json"
    assert ensure_key_file(file)
    first = file.read_text(encoding="utf-8")
    assert not ensure_key_file(file)
    assert file.read_text(encoding="utf-8") == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keys = json.loads(first)
    assert keys["current"] in keys["keys"]
    assert keys["hash_key"] != keys["keys"]["k1"]
