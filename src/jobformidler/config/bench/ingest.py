"""How long a million periods take through the ingest, against the owner's bare COPY of the same rows in the same run.

Both write into `registers_spell` with its keys, in a database of its own that is dropped afterwards. The ingest runs as
the web role in a process of its own, so that its peak of memory is its own. Everybody is approved to fleksjob and the rules
are in use, so that the recompute of right and duty, which follows a delivery as a job, is measured beside it.
"""

import datetime as dt
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jobformidler.config.bench import databases
from jobformidler.config.bench.memory import peak_mb

ROWS = 1_000_000
SPELLS_EACH = 5
#: The aim: at most so many times the owner's bare COPY.
MOST_RATIO = 1.5
SCRATCH = "jf_bench_ingest"
KINDS = ("ledighedsydelse", "unemployed", "fleksjob", "ordinary_job", "maternity")


def run(rows: int = ROWS) -> dict[str, float | int]:
    """Measure once and return seconds, ratio and peak memory as a flat dict. Needs a running server and takes a minute."""
    from django.core.management import call_command

    with databases.scratch(SCRATCH), tempfile.TemporaryDirectory() as folder:
        databases.say(f"{rows} periods and their citizens are made")
        call_command("migrate", verbosity=0)
        file = Path(folder) / "spells.csv"
        _write_file(file, rows)
        _make_citizens(_people(rows))
        _approve(_people(rows))
        databases.say("COPY as the owner")
        copied = _copy_as_owner(rows)
        databases.say("the ingest as the web role, and the same file again")
        ingest = _child(file)
        again = _child(file)
    return {
        "rows": rows,
        "file_mb": ingest["file_mb"],
        "copy_seconds": round(copied, 2),
        "ingest_seconds": ingest["seconds"],
        "ratio": round(ingest["seconds"] / copied, 2),
        "clock_seconds": ingest["clock_seconds"],
        "clocks": ingest["clocks"],
        "ratio_with_clocks": round((ingest["seconds"] + ingest["clock_seconds"]) / copied, 2),
        "again_seconds": again["seconds"],
        "again_changed": again["inserted"] + again["updated"],
        "inserted": ingest["inserted"],
        "peak_mb": ingest["peak_mb"],
    }


def lines(result: dict[str, Any]) -> list[str]:
    """The result in words."""
    return [
        f"  {result['rows']} periods: COPY {result['copy_seconds']} s, ingest {result['ingest_seconds']} s,"
        f" ratio {result['ratio']}, peak {result['peak_mb']} MB",
        f"  right and duty of those it tells of: {result['clock_seconds']} s for {result['clocks']} rows,"
        f" ratio of both {result['ratio_with_clocks']}",
        f"  the same file again: {result['again_seconds']} s, {result['again_changed']} changed",
    ]


def missed(result: dict[str, Any]) -> list[str]:
    """What is slower than the aim, or not what the file says."""
    found = []
    if result["ratio"] > MOST_RATIO:
        found.append(f"ingest: {result['ratio']} times a bare COPY, aim {MOST_RATIO}")
    if result["ratio_with_clocks"] > MOST_RATIO:
        found.append(f"ingest and clocks: {result['ratio_with_clocks']} times a bare COPY, aim {MOST_RATIO}")
    if result["inserted"] != result["rows"] or result["again_changed"]:
        found.append(
            f"ingest: {result['inserted']} of {result['rows']} inserted, {result['again_changed']} changed again"
        )
    return found


def _people(rows: int) -> int:
    return max(1, rows // SPELLS_EACH)


def _cpr(person: int) -> str:
    """A replacement number (day + 60), which can hit nobody."""
    day, rest = person % 28, person // 28
    month, rest = rest % 12, rest // 12
    return f"{61 + day:02d}{1 + month:02d}{60 + rest // 1000 % 30:02d}{rest % 1000 % 4:01d}{rest % 1000:03d}"


def _periods(rows: int) -> Iterator[tuple[int, str, dt.date, dt.date | None]]:
    """(person, kind, first day, last day) of each row, five a person, in no order."""
    first = dt.date(2015, 1, 1)
    order = list(range(rows))
    random.Random(1).shuffle(order)  # noqa: S311 - only an order, the same in every run
    for row in order:
        person, turn = divmod(row, SPELLS_EACH)
        start = first + dt.timedelta(days=(person * 37) % 900 + turn * 600)
        end = None if turn == SPELLS_EACH - 1 else start + dt.timedelta(days=30 + (person + turn) % 500)
        yield person, KINDS[(person + turn) % len(KINDS)], start, end


def _write_file(path: Path, rows: int) -> None:
    """The rows as a spreadsheet writes them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write("CPR-nr.;Type;Fra;Til\r\n")
        for person, kind, start, end in _periods(rows):
            file.write(f"{_cpr(person)};{kind};{start:%d-%m-%Y};{f'{end:%d-%m-%Y}' if end else ''}\r\n")


def _make_citizens(people: int) -> None:
    """A municipality with that many citizens, written by the citizens' own ingest."""
    from jobformidler.core import clock
    from jobformidler.core.ingest import read_file
    from jobformidler.core.models import Municipality

    municipality = Municipality.objects.create(code=999, name="Fjordby Kommune")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write("cpr;first_name;last_name\n")
        file.writelines(f"{_cpr(person)};Borger;Nummer {person}\n" for person in range(people))
        file.flush()
        outcome = read_file(kind="citizens", path=file.name, municipality=municipality, by=None, at=clock.now())
    assert outcome.counts.inserted == people


def _approve(people: int) -> None:
    """Everybody is approved to fleksjob, by a file, and the rules of 2007 are chosen."""
    from jobformidler.core import clock, db
    from jobformidler.core.ingest import read_file
    from jobformidler.core.models import Municipality
    from jobformidler.registers.actions import choose_rules

    municipality = Municipality.objects.get()
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write("cpr;approved_on\n")
        first = dt.date(2015, 1, 1)
        file.writelines(f"{_cpr(n)};{first + dt.timedelta(days=n * 37 % 900)}\n" for n in range(people))
        file.flush()
        outcome = read_file(kind="visitations", path=file.name, municipality=municipality, by=None, at=clock.now())
    assert outcome.counts.inserted == people
    with db.enter(municipality, reason="bench"):
        choose_rules(
            municipality=municipality, family="fleksjob-clocks", chosen="fleksjob-2007", by=None, at=clock.now()
        )


def _copy_as_owner(rows: int) -> float:
    """Seconds the owner needs to COPY the rows, ready made, into the table with its keys; the table is emptied again.

    The owner is bound by the row policies too, and PostgreSQL refuses COPY under them, so they are off meanwhile.
    """
    from django.db import connection

    from jobformidler.core import db
    from jobformidler.core.models import Delivery, Municipality

    municipality = Municipality.objects.get()
    with db.enter(municipality, reason="bench"), connection.cursor() as cursor:
        cursor.execute("select id from citizens_citizen order by id")
        ids = [pk for (pk,) in cursor.fetchall()]
        delivery = Delivery.objects.latest("pk").pk
    text = io.StringIO()
    for person, kind, start, end in _periods(rows):
        until = end + dt.timedelta(days=1) if end else "\\N"
        text.write(f"{municipality.pk}\t{ids[person]}\t{kind}\t{start}\t{until}\t{delivery}\n")
    data = text.getvalue().encode()
    with db.as_owner(), connection.cursor() as cursor:
        cursor.execute("alter table registers_spell no force row level security")
        begin = time.perf_counter()
        target = 'copy registers_spell (municipality_id, citizen_id, kind, start, "end", delivery_id) from stdin'
        with cursor.copy(target) as copy:
            for at in range(0, len(data), 1 << 20):
                copy.write(data[at : at + (1 << 20)])
        seconds = time.perf_counter() - begin
        cursor.execute("truncate registers_spell")
        cursor.execute("alter table registers_spell force row level security")
        cursor.execute("vacuum analyze citizens_citizen")
    return seconds


def _child(file: Path) -> dict[str, float]:
    """Read the file in a fresh process as the web role; returns what it measured of itself."""
    environment = {**os.environ, "JF_BENCH_DATABASE": SCRATCH, "JF_DB_ROLE": "jf_web"}
    done = subprocess.run(
        [sys.executable, "-m", "jobformidler.config.bench.ingest", str(file)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _read(file: Path) -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobformidler.config.settings")
    import django

    django.setup()
    from jobformidler.core import clock, db
    from jobformidler.core.ingest import read_file
    from jobformidler.core.models import Municipality
    from jobformidler.registers import clocks

    db.reconnect(NAME=os.environ["JF_BENCH_DATABASE"])
    municipality = Municipality.objects.get()
    begin = time.perf_counter()
    outcome = read_file(kind="spells", path=file, municipality=municipality, by=None, at=clock.now())
    seconds = time.perf_counter() - begin
    assert outcome.delivery is not None
    begin = time.perf_counter()
    with db.enter(municipality, reason="bench"):
        moved = clocks.refresh_delivery(outcome.delivery.pk)
    return {
        "seconds": round(seconds, 2),
        "clock_seconds": round(time.perf_counter() - begin, 2),
        "clocks": moved,
        "inserted": outcome.counts.inserted,
        "updated": outcome.counts.updated,
        "peak_mb": peak_mb(),
        "file_mb": round(file.stat().st_size / 1e6, 1),
    }


if __name__ == "__main__":
    print(json.dumps(_read(Path(sys.argv[1]))))
