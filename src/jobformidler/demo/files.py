"""The register files of the demo, as a municipality's own export would look: semicolons, Windows-1252, Danish dates."""

import csv
import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobformidler.demo import names
from jobformidler.demo.setting import CODE, UNITS

BENEFITS = (
    ("kontanthjaelp_aktivitetsparat", 50),
    ("ressourceforloeb", 18),
    ("ledighedsydelse", 14),
    ("sygedagpenge", 10),
    ("kontanthjaelp_arbejdsmarkedsparat", 8),
)
#: key → (first, last, born, benefit, days since the benefit began, protected): the five citizens of the tour
PERSONAS: dict[str, tuple[str, str, dt.date, str, int, bool]] = {
    "mona": ("Mona", "Havtorn", dt.date(1980, 11, 11), "kontanthjaelp_aktivitetsparat", 900, False),
    "jonas": ("Jonas", "Klitrose", dt.date(1999, 3, 4), "kontanthjaelp_aktivitetsparat", 700, False),
    "sofie": ("Sofie", "Engkarse", dt.date(1995, 6, 19), "ledighedsydelse", 114, False),
    "bent": ("Bent", "Rørskov", dt.date(1968, 1, 28), "fleksjob", 175, False),
    "karin": ("Karin", "Mosebølle", dt.date(1974, 9, 2), "ledighedsydelse", 387, True),
}


def _headers(text: str) -> list[str]:
    return text.split(";")


CITIZEN_HEADERS = _headers(
    "CPR-nr.;Fornavn;Efternavn;Adresse;Postnr.;By;Kommunekode;Telefon;E-mail;Ydelse;Ydelse fra;Enhed;Adressebeskyttelse"
)
SPELL_HEADERS = _headers("CPR-nr.;Type;Fra;Til")
APPROVAL_HEADERS = _headers("CPR-nr.;Godkendt til fleksjob;Sidste dag")
EMPLOYER_HEADERS = _headers(
    "CVR-nr.;P-nr.;Navn;Adresse;Postnr.;By;Branchekode;Ansatte;Sektor;Telefon;E-mail"
    ";Kommunekode;Job for kortuddannede;Sygefravær i procent"
)
PLACE_HEADERS = _headers(
    "CVR-nr.;P-nr.;Type;Titel;Opgaver;Timer min;Timer max;Antal pladser;Fra;Til;"
    "Tager hensyn til;Kontaktperson;Kontakttelefon"
)


@dataclass(frozen=True)
class Row:
    """One citizen as the file has it."""

    key: str
    cpr: str
    unit: int
    line: tuple[str, ...]


def danish(day: dt.date | None) -> str:
    """dd-mm-yyyy, empty for none."""
    return f"{day:%d-%m-%Y}" if day else ""


def replacement_cpr(born: dt.date, serial: int) -> str:
    """A replacement number, day + 60: it can hit nobody. `serial` is counted per birth date."""
    first = 4000 if born.year >= 2000 else 0
    return f"{born.day + 60:02d}{born:%m%y}-{first + serial:04d}"


def write(path: Path, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a file as Danish spreadsheets do."""
    with path.open("w", encoding="cp1252", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(headers)
        out.writerows(rows)
    return path


def citizens(rng: random.Random, day0: dt.date, count: int) -> list[Row]:
    """The five of the tour, then `count - 5` others; same seed, same people."""
    serials: dict[dt.date, int] = {}
    pairs = [(first, last) for first in names.FIRST for last in names.SURNAMES]
    rng.shuffle(pairs)
    found = []
    for number in range(count):
        key = list(PERSONAS)[number] if number < len(PERSONAS) else f"c{number}"
        if number < len(PERSONAS):
            first, last, born, benefit, since, protected = PERSONAS[key]
            unit = 0
        else:
            first, last = pairs[number]
            born = dt.date(rng.randint(1962, 2004), rng.randint(1, 12), rng.randint(1, 28))
            benefit = rng.choices([code for code, _share in BENEFITS], [share for _code, share in BENEFITS])[0]
            since, protected, unit = rng.randint(120, 2600), rng.random() < 0.02, number % len(UNITS)
        serials[born] = serial = serials.get(born, 0) + 1
        cpr = replacement_cpr(born, serial)
        code, town = names.TOWNS[number % len(names.TOWNS)]
        begun = day0 - dt.timedelta(days=since)
        found.append(
            Row(
                key,
                cpr.replace("-", ""),
                unit,
                (
                    cpr,
                    first,
                    last,
                    f"{rng.choice(names.STREETS)} {rng.randint(1, 99)}",
                    code,
                    town,
                    str(CODE),
                    f"00 00 00 {number % 100:02d}",
                    f"borger{number}@fjordby.example",
                    benefit,
                    danish(begun),
                    UNITS[unit],
                    "ja" if protected else "nej",
                ),
            )
        )
    return found


def spells(rng: random.Random, day0: dt.date, rows: Sequence[Row]) -> list[tuple[str, str, str, str]]:
    """Periods: those of the tour to the day, and plausible ones for everybody else."""

    def day(offset: int) -> str:
        return danish(day0 + dt.timedelta(days=offset))

    by_key = {row.key: row.line[0] for row in rows}
    found = [
        # Sofie: approved 448 days before, benefit, then maternity, then benefit again.
        (by_key["sofie"], "ledighedsydelse", day(-448), day(-358)),
        (by_key["sofie"], "maternity", day(-357), day(-115)),
        (by_key["sofie"], "ledighedsydelse", day(-114), ""),
        # Bent: benefit for 364 days, fleksjob since.
        (by_key["bent"], "ledighedsydelse", day(-539), day(-176)),
        (by_key["bent"], "fleksjob", day(-175), ""),
        (by_key["karin"], "ledighedsydelse", day(-387), ""),
    ]
    for row in rows:
        if row.key in PERSONAS or row.line[9] != "ledighedsydelse":
            continue
        begun = dt.datetime.strptime(row.line[10], "%d-%m-%Y").date()  # noqa: DTZ007  # a date in a file has no zone
        pause = begun + dt.timedelta(days=rng.randint(60, 110))
        if rng.random() < 0.4 and pause + dt.timedelta(days=200) < day0:
            found.append((row.line[0], "ledighedsydelse", danish(begun), danish(pause)))
            job = pause + dt.timedelta(days=1)
            end = job + dt.timedelta(days=rng.randint(30, 150))
            found.append((row.line[0], "ordinary_job", danish(job), danish(end)))
            found.append((row.line[0], "ledighedsydelse", danish(end + dt.timedelta(days=1)), ""))
        else:
            found.append((row.line[0], "ledighedsydelse", danish(begun), ""))
    return found


def approvals(rng: random.Random, day0: dt.date, rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Approvals to fleksjob: those of the tour to the day, and some of the others on ledighedsydelse, within a year."""
    toured = {"sofie": -448, "bent": -539, "karin": -387}
    found = []
    for row in rows:
        offset = toured.get(row.key)
        if offset is None and row.key not in PERSONAS and row.line[9] == "ledighedsydelse" and rng.random() < 0.4:
            offset = -rng.randint(20, 340)
        if offset is not None:
            found.append((row.line[0], danish(day0 + dt.timedelta(days=offset)), ""))
    return found
