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
from django.utils import timezone

from jobformidler.accounts.enums import Role
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock, db, events
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.models import Event, Municipality
from jobformidler.core.rebuild import REBUILDS
from jobformidler.demo import files, firms, histories, personas, setting
from jobformidler.demo.setting import Stage
from jobformidler.employers import actions as employers
from jobformidler.employers.models import Workplace
from jobformidler.messaging.models import OutgoingMail

#: size → (citizens, firms, places, active cases, cases with every week, closed cases)
SIZES = {"test": (40, 16, 12, 14, 4, 8), "small": (1200, 400, 300, 350, 150, 220)}
SEED = 20261123
Say = Callable[[str], None]


def load(*, size: str, today: dt.date, say: Say) -> Stage:
    """Load the municipality, dated from the Monday of the week of `today`. Raises KeyError for an unknown size."""
    citizens, workplaces, places, active, every_week, closed = SIZES[size]
    rng = random.Random(SEED)  # noqa: S311  # a demo, not a secret
    began = time.monotonic()

    def done(what: str) -> None:
        say(f"  {what} ({time.monotonic() - began:.0f} s)")

    stage = Stage(setting.make_municipality(setting.day_zero(today)), setting.day_zero(today), rng)
    with db.enter(stage.municipality, reason="demo"), events.deferred_rebuild():
        setting.people(stage)
    done(f"{len(stage.staff)} employees in {len(stage.units)} units")
    rows = files.citizens(rng, stage.day0, citizens)
    found = firms.firms(random.Random(1), workplaces)  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="jf-demo-") as folder:
        _deliver(Path(folder), stage, rows, found, places)
    done(f"{citizens} citizens, {workplaces} workplaces and {places} places from files")
    _contacts(stage)
    by_key = _citizens(rows)
    with events.deferred_rebuild():
        for key, story in personas.STORIES.items():
            with db.enter(stage.municipality, reason="demo"):
                story(stage, by_key[key])
        done("the five citizens of the tour")
        lives = _lives(stage, rows, by_key, active=active, every_week=every_week, closed=closed)
        for number, life in enumerate(lives, start=1):
            with db.enter(stage.municipality, reason="demo"):
                histories.live(stage, life, found[3:])
            if number % 100 == 0:
                done(f"{number} of {len(lives)} histories")
    _settle(stage)
    done("work lists and board")
    return stage


def _deliver(folder: Path, stage: Stage, rows: list[files.Row], found: list[firms.Firm], places: int) -> None:
    """Write the four files and read them in."""
    day0, rng = stage.day0, stage.rng
    paths = {
        "citizens": files.write(folder / "borgere.csv", files.CITIZEN_HEADERS, (row.line for row in rows)),
        "spells": files.write(folder / "perioder.csv", files.SPELL_HEADERS, files.spells(rng, day0, rows)),
        "employers": files.write(folder / "virksomheder.csv", files.EMPLOYER_HEADERS, firms.employer_rows(found)),
        "places": files.write(folder / "pladser.csv", files.PLACE_HEADERS, firms.place_rows(rng, day0, found, places)),
    }
    for kind, path in paths.items():
        told = io.StringIO()
        try:
            call_command("ingest", kind, str(path), municipality=setting.CODE, stdout=told)
        except SystemExit:
            raise CommandError(f"{kind}: {told.getvalue()}") from None


def _contacts(stage: Stage) -> None:
    """Who speaks for the three firms of the tour."""
    with db.enter(stage.municipality, reason="demo"), events.deferred_rebuild():
        nadia = stage.user("Nadia")
        for p_number, (name, title, level, phone, mail) in firms.CONTACTS.items():
            workplace = Workplace.objects.get(p_number=p_number)
            known = workplace.contacts.filter(name=name).first()
            values = {"title": title, "level": level, "phone": phone, "email": mail}
            if known:
                employers.edit_contact_person(
                    person=known, version=known.version, by=nadia, at=stage.at(-400), **values
                )
            else:
                employers.register_contact_person(workplace=workplace, name=name, by=nadia, at=stage.at(-400), **values)
            employers.log_contact(
                workplace=workplace,
                purpose="cooperation",
                held_at=stage.at(-20, 10),
                by=nadia,
                at=stage.at(-20, 11),
                note="Vi talte om, hvilke opgaver ingen når.",
            )


def _citizens(rows: list[files.Row]) -> dict[str, Citizen]:
    municipality = Municipality.objects.get(code=setting.CODE)
    with db.enter(municipality, reason="demo"):
        by_hash = {bytes(citizen.cpr_hash): citizen for citizen in Citizen.objects.select_related("municipality")}
    return {row.key: by_hash[keyed_hash(row.cpr)] for row in rows}


def _lives(
    stage: Stage, rows: list[files.Row], by_key: dict[str, Citizen], *, active: int, every_week: int, closed: int
) -> list[histories.Life]:
    """Who lives which history: Line has 24 citizens in all, and nothing of hers but the tour waits on day 0."""
    rng = stage.rng
    others = [row for row in rows if row.key not in files.PERSONAS]
    line, calm = stage.user("Line"), 24 - len(files.PERSONAS)
    stages, shares = list(histories.STAGES), list(histories.STAGES.values())
    found = []
    mine = [row for row in others if row.unit == 0][: min(calm, active // 3)]
    rest = [row for row in others if row not in mine]
    for row in mine:
        stage_name = rng.choice(["cv", "plan", "visit", "internship", "internship", "hours", "hours"])
        found.append(
            histories.Life(
                by_key[row.key], line, stage.user("Peter"), stage_name, rng.randint(9, 20), long=True, calm=True
            )
        )
    for number, row in enumerate(rest[: active - len(mine) + closed]):
        unit = stage.units[row.unit]
        brokers = [user for user in stage.with_role(Role.JOBFORMIDLER, unit) if user != line]
        ended = number >= active - len(mine)
        found.append(
            histories.Life(
                by_key[row.key],
                brokers[number % len(brokers)],
                stage.with_role(Role.CASEWORKER, unit)[number % 2],
                "hours" if ended else rng.choices(stages, shares)[0],
                rng.randint(20, 70) if ended else rng.randint(6, 40),
                long=len(mine) <= number + len(mine) < every_week,
                end=rng.choices(list(histories.ENDS), list(histories.ENDS.values()))[0] if ended else "",
            )
        )
    return found


def _settle(stage: Stage) -> None:
    """Old mail counts as sent, read models are built, and product time starts at nine on day 0."""
    with db.enter(stage.municipality, reason="demo"):
        OutgoingMail.objects.filter(sent_at=None).update(sent_at=F("written_at"))
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from procrastinate_jobs where status = 'todo' and task_name <> 'core.recover_stalled'"
            )
        for model in REBUILDS.values():
            model.run()
    Municipality.objects.filter(pk=stage.municipality.pk).update(clock_shift=stage.at(0, 9) - timezone.now())


def counts(municipality: Municipality) -> dict[str, int]:
    """What is there, for the last line of the loader."""
    with db.enter(municipality, reason="demo"):
        return {"citizens": Citizen.objects.count(), "events": Event.objects.count(), "day": clock.today().toordinal()}
