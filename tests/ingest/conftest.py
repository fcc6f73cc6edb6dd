"""Files as people have them, read the way the command and the job read them."""

import json
from dataclasses import asdict

import pytest
from django.core.management import CommandError, call_command

from jobformidler.core.ingest import read_file
from jobformidler.core.lists import forget

HEADERS = {
    "citizens": "cpr;first_name;last_name;address;postal_code;city;municipality_code;phone;email;benefit;benefit_from;"
    "unit;protected_address",
    "spells": "cpr;kind;start;end",
    "visitations": "cpr;approved_on;ended_on",
    "employers": "cvr;p_number;name;address;postal_code;city;industry_code;employees;sector;phone;email",
    "places": "cvr;p_number;kind;title;tasks;hours_min;hours_max;capacity;from;to;accommodates;contact_name;contact_phone",
}


@pytest.fixture
def table(tmp_path):
    """Write rows under the canonical header (or `header`) and return the path."""

    def write(kind, *rows, header=None, name="fil.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\r\n".join([header or HEADERS[kind], *rows, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def read(world, now):
    """Read a file into the municipality; returns its counts as a dict."""

    def run(kind, path, **more):
        outcome = read_file(kind=kind, path=path, municipality=world.municipality, by=world.admin, at=now, **more)
        return asdict(outcome.counts)

    return run


@pytest.fixture
def refused(world, now):
    """Read a file and return {line: [reason codes]} of the rows it refused."""

    def run(kind, path, **more):
        outcome = read_file(kind=kind, path=path, municipality=world.municipality, by=world.admin, at=now, **more)
        found = {}
        for problem in outcome.result.problems():
            found.setdefault(problem.line, []).append(problem.reason.value)
        return found

    return run


@pytest.fixture
def command(capsys):
    """Run `jobformidler ingest …`; returns (exit code, what it printed)."""

    def run(*words):
        try:
            call_command("ingest", *map(str, words))
        except SystemExit as end:
            code = end.code
        except CommandError:
            code = 2
        else:
            code = 0
        printed = capsys.readouterr().out
        return code, json.loads(printed) if "--json" in words and printed else printed

    return run


@pytest.fixture(autouse=True)
def _fresh_lists():
    for name in ("benefit", "accommodation"):
        forget(name)
    yield


def counts(read=0, inserted=0, updated=0, unchanged=0, quarantined=0):
    """The five counts as a dict."""
    return {
        "read": read,
        "inserted": inserted,
        "updated": updated,
        "unchanged": unchanged,
        "quarantined": quarantined,
    }
