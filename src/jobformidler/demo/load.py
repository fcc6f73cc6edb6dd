"""Loading the demo: register files through the ingest, then histories through the actions, then the read models."""

import datetime as dt
import io
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone, translation

from jobformidler.citizens.models import Citizen
from jobformidler.core import clock, db, events
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.models import Event, Municipality
from jobformidler.core.rebuild import in_order
from jobformidler.demo import (
    event_kinds,
    files,
    firms,
    histories,
    lives,
    path,
    personas,
    protected,
    register,
    setting,
    targets,
)
from jobformidler.demo.setting import Stage
from jobformidler.demo.side_by_side import side_by_side
from jobformidler.messaging.models import OutgoingMail
from jobformidler.registers.actions import choose_rules
from jobformidler.registers.enums import RuleFamily

#: size → (citizens, firms, places, active cases, cases with every week, closed cases)
SIZES = {"test": (40, 16, 12, 21, 7, 8), "small": (1200, 400, 300, 290, 150, 220)}
SEED = 20261123
#: Days from day 0 on which the files are read.
REGISTERS_READ = setting.BEGAN + 7
READ_ON = {"visitations": -3, "places": register.PLACES_READ}
BATCH = 25
Say = Callable[[str], None]


def load(*, size: str, today: dt.date, say: Say, processes: int = 1) -> Stage:
    """Load the municipality, dated from the Monday of the week of `today`; histories by so many processes at once.

    Raises KeyError for an unknown size.
    """
    citizens, workplaces, places, active, every_week, closed = SIZES[size]
    rng = random.Random(SEED)  # noqa: S311  # a demo, not a secret
    began = time.monotonic()

    def done(what: str) -> None:
        say(f"  {what} ({time.monotonic() - began:.0f} s)")

    day0 = setting.day_zero(today)
    stage = Stage(setting.make_municipality(day0), day0, rng)
    with translation.override("da"), events.deferred_rebuild():
        with db.enter(stage.municipality, reason="demo"):
            setting.people(stage)
            choose_rules(
                municipality=stage.municipality,
                family=RuleFamily.CLOCKS,
                chosen="fleksjob-2007",
                by=None,
                at=stage.at(setting.BEGAN, 8),
            )
        done(f"{len(stage.staff)} employees in {len(stage.units)} units")
        rows = files.citizens(rng, stage.day0, citizens)
        found = firms.firms(random.Random(1), workplaces)  # noqa: S311
        with tempfile.TemporaryDirectory(prefix="jf-demo-") as folder:
            _deliver(Path(folder), stage, rows, found, places)
        done(f"{citizens} citizens, {workplaces} workplaces and {places} places from files")
        with db.enter(stage.municipality, reason="demo"):
            register.firms_of_the_tour(stage)
            register.everybody_else(stage, found)
            path.prepare_signers(stage, found[3:], setting.BEGAN + 30)
        done("the shared register")
        by_key = _citizens(stage, rows)
        for key, story in personas.STORIES.items():
            with db.enter(stage.municipality, reason="demo"):
                story(stage, by_key[key])
        with db.enter(stage.municipality, reason="demo"):
            protected.protect(stage, by_key)
        done("the five citizens of the tour")
        with db.enter(stage.municipality, reason="demo"):
            planned = lives.plan(stage, rows, by_key, found, active=active, every_week=every_week, closed=closed)
            histories.open_all(stage, planned)
        done(f"{len(planned)} cases opened")
        _live(stage, planned, processes, done)
        with db.enter(stage.municipality, reason="demo"):
            register.close_some(stage)
            targets.note_all(stage, planned)
            targets.plans(stage)
    settle(stage.municipality, stage.at(0, 9))
    with db.enter(stage.municipality, reason="demo"):
        events.record(event_kinds.LOADED, stage.municipality, by=None, at=stage.at(0, 9))
    done("work lists and board")
    return stage


def _deliver(folder: Path, stage: Stage, rows: list[files.Row], found: list[firms.Firm], places: int) -> None:
    """Write the five files and read them in, each on its day."""
    day0, rng = stage.day0, stage.rng
    paths = {
        "citizens": files.write(folder / "borgere.csv", files.CITIZEN_HEADERS, (row.line for row in rows)),
        "spells": files.write(folder / "perioder.csv", files.SPELL_HEADERS, files.spells(rng, day0, rows)),
        "visitations": files.write(
            folder / "godkendelser.csv",
            files.APPROVAL_HEADERS,
            files.approvals(random.Random(2), day0, rows),  # noqa: S311
        ),
        "employers": files.write(folder / "virksomheder.csv", files.EMPLOYER_HEADERS, firms.employer_rows(found)),
        "places": files.write(folder / "pladser.csv", files.PLACE_HEADERS, firms.place_rows(rng, day0, found, places)),
    }
    for kind, file in paths.items():
        set_clock(stage.municipality, stage.at(READ_ON.get(kind, REGISTERS_READ), 7))
        told = io.StringIO()
        try:
            call_command("ingest", kind, str(file), municipality=setting.CODE, stdout=told)
        except SystemExit:
            raise CommandError(f"{kind}: {told.getvalue()}") from None


def _citizens(stage: Stage, rows: list[files.Row]) -> dict[str, Citizen]:
    with db.enter(stage.municipality, reason="demo"):
        by_hash = {bytes(citizen.cpr_hash): citizen for citizen in Citizen.objects.select_related("municipality")}
    return {row.key: by_hash[keyed_hash(row.cpr)] for row in rows}


def _live(stage: Stage, planned: list[lives.Life], processes: int, done: Callable[[str], None]) -> None:
    """Live the histories. One workplace belongs to one process, so that no two wait for each other's rows."""
    parts: list[list[lives.Life]] = [[] for _process in range(processes)]
    # What is over comes first: at that time its place was free.
    for number, life in enumerate(sorted(planned, key=lambda life: not life.end)):
        parts[int(life.firm.p_number) % processes if life.firm else number % processes].append(life)

    def live(part: list[lives.Life], tick: Callable[[int], None]) -> None:
        for begin in range(0, len(part), BATCH):
            batch = part[begin : begin + BATCH]
            with db.enter(stage.municipality, reason="demo"):
                for life in batch:
                    histories.live(stage, life)
            tick(len(batch))

    finished = 0

    def told(count: int) -> None:
        nonlocal finished
        if finished // 100 < (finished + count) // 100:
            done(f"{finished + count} of {len(planned)} histories")
        finished += count

    side_by_side(live, parts, told)


def settle(municipality: Municipality, now: dt.datetime) -> None:
    """Old mail counts as sent, read models are built, and product time starts at `now`."""
    set_clock(municipality, now)
    with db.enter(municipality, reason="demo"):
        OutgoingMail.objects.filter(sent_at=None).update(sent_at=F("written_at"))
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from procrastinate_jobs where status = 'todo' and task_name <> 'core.recover_stalled'"
            )
        for model in in_order():
            model.run()


def set_clock(municipality: Municipality, now: dt.datetime) -> None:
    """Let product time be `now` from here on."""
    municipality.clock_shift = now - timezone.now()
    Municipality.objects.filter(pk=municipality.pk).update(clock_shift=municipality.clock_shift)


def is_whole(municipality: Municipality) -> bool:
    """Whether the loading was finished."""
    with db.enter(municipality, reason="demo"):
        return Event.objects.filter(kind=event_kinds.LOADED).exists()


def counts(municipality: Municipality) -> dict[str, int | str]:
    """What is there, for the last line of the loader."""
    with db.enter(municipality, reason="demo"):
        return {
            "citizens": Citizen.objects.count(),
            "events": Event.objects.count(),
            "today": clock.today().isoformat(),
        }
