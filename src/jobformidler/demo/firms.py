"""Firms and places of the demo: three of the tour, the others invented from trades, towns and plants."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jobformidler.demo import names
from jobformidler.demo.files import danish

#: What a public place is called with its name.
_NAMED = {"Skole": "Skolen", "Bibliotek": "Biblioteket", "Børnehave": "Børnehaven", "Museum": "Museet"}
_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
ACCOMMODATIONS = [code for _category, code, _text in names.CONSIDERATIONS if code != "near_home"]


@dataclass(frozen=True)
class Firm:
    """One workplace: `functions` are (title, tasks)."""

    cvr: str
    p_number: str
    name: str
    town: int
    industry: str
    sector: str
    employees: int
    functions: tuple[tuple[str, str], ...]


#: The three of the tour.
TRAELAST = Firm(
    "99000023",
    "9900000001",
    "Fjordby Trælast & Byg ApS",
    0,
    "467310",
    "private",
    34,
    (("Lager", "Varemodtagelse, Prisskilte"),),
)
SOLKROGEN = Firm(
    "99000058",
    "9900000002",
    "Plejecenter Solkrogen",
    0,
    "873010",
    "public",
    120,
    (("Depot", "Skiltekørsel, Opfyldning"), ("Køkken", "Anrette, Dække borde")),
)
HOTEL = Firm(
    "99000163",
    "9900000003",
    "Havnens Hotel & Vaskeri A/S",
    0,
    "551010",
    "private",
    61,
    (("Linnedlager", "Lægge linned sammen, Pakke i vogne"), ("Kontor", "Reception, Bilag")),
)
#: CVR → (name, title, level, phone, mail): who speaks for the three.
CONTACTS = {
    TRAELAST.p_number: ("Torben Enebær", "lagerchef", "workplace_contact", "00 00 00 71", "torben@traelast.example"),
    SOLKROGEN.p_number: ("Birte Vejbred", "driftsleder", "department", "00 00 00 72", "birte@solkrogen.example"),
    HOTEL.p_number: ("Kim Slåen", "direktør", "director", "00 00 00 73", "kim@hotel.example"),
}


def cvr_numbers() -> Iterator[str]:
    """Numbers of the unissued 99 series that pass the check, after those of the tour and the two providers."""
    taken = {"99000023", "99000058", "99000163", "99000198", "99000317"}
    for number in range(99_000_400, 99_999_999):
        text = str(number)
        if (
            sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=True)) % 11 == 0
            and text not in taken
        ):
            yield text


def firms(rng: random.Random, count: int) -> list[Firm]:
    """The three of the tour and `count - 3` others; some share a CVR number."""
    found = [TRAELAST, SOLKROGEN, HOTEL]
    plants = list(names.SURNAMES)
    rng.shuffle(plants)
    numbers = cvr_numbers()
    cvr = ""
    for number in range(count - len(found)):
        trade, industry, sector, functions = names.TRADES[number % len(names.TRADES)]
        town = rng.randrange(len(names.TOWNS))
        if not cvr or rng.random() < 0.9:
            cvr = next(numbers)
        kind = {"private": rng.choice(["ApS", "A/S", "I/S"]), "public": ""}[sector]
        name = (
            f"{trade} {plants[number]} {kind}".strip()
            if sector == "private"
            else f"{_NAMED.get(trade, trade)} {plants[number]}"
        )
        size = max(2, round(rng.lognormvariate(3, 0.9)))
        found.append(Firm(cvr, f"99{number + 100:08d}", name, town, industry, sector, size, functions))
    return found


def employer_rows(found: list[Firm]) -> list[tuple[object, ...]]:
    """Lines of the employers' file."""
    rows: list[tuple[object, ...]] = []
    for number, firm in enumerate(found):
        code, town = names.TOWNS[firm.town]
        street = names.STREETS[number % len(names.STREETS)]
        rows.append(
            (
                firm.cvr,
                firm.p_number,
                firm.name,
                f"{street} {number % 90 + 1}",
                code,
                town,
                firm.industry,
                firm.employees,
                {"private": "privat", "public": "offentlig"}[firm.sector],
                f"00 00 00 {number % 100:02d}",
                f"firma{number}@fjordby.example",
                999,
                firm.employees * (2 + number % 5) // 10,
                f"{2 + number * 7 % 6},{number % 10}",
            )
        )
    return rows


def place_rows(rng: random.Random, day0: dt.date, found: list[Firm], count: int) -> list[tuple[object, ...]]:
    """Lines of the places' file: one place or more a firm, with what can be accommodated and whom to ring."""
    rows: list[tuple[object, ...]] = []

    def add(
        firm: Firm,
        kind: str,
        function: tuple[str, str],
        hours: tuple[object, object],
        capacity: int,
        since: int,
        until: int | None,
        codes: list[str],
        contact: tuple[str, str],
    ) -> None:
        rows.append(
            (
                firm.cvr,
                firm.p_number,
                kind,
                function[0],
                function[1],
                str(hours[0]).replace(".", ","),
                str(hours[1]).replace(".", ","),
                capacity,
                danish(day0 + dt.timedelta(days=since)),
                danish(day0 + dt.timedelta(days=until)) if until is not None else "",
                ",".join(codes),
                *contact,
            )
        )

    calm = ["one_task", "written_list", "quiet", "start_after_9", "start_after_10", "own_contact", "short_messages"]
    for firm, capacity in ((TRAELAST, 2), (SOLKROGEN, 4), (HOTEL, 3)):
        name, _title, _level, phone, _mail = CONTACTS[firm.p_number]
        add(firm, "internship", firm.functions[0], (10, 15), capacity, -400, None, calm, (name, phone))
    for number in range(count - 3):
        firm = found[3 + number % (len(found) - 3)]
        function = firm.functions[number % len(firm.functions)]
        kind = rng.choices(
            ["internship", "tryout", "small_job", "ordinary", "fleksjob", "wage_subsidy"], [60, 10, 14, 6, 6, 4]
        )[0]
        low = rng.choice([2, 5, 8, 10, 12])
        codes = rng.sample(ACCOMMODATIONS, rng.randint(1, 7))
        until = None if rng.random() < 0.8 else rng.randint(20, 240)
        contact = f"{rng.choice(names.FIRST)} {rng.choice(names.SURNAMES)}"
        add(
            firm,
            kind,
            function,
            (low, low + Decimal(rng.choice(["2.5", "5", "7", "10"]))),
            rng.choice([1, 1, 1, 2, 3]),
            -rng.randint(5, 200),
            until,
            codes,
            (contact, f"00 00 00 {number % 100:02d}"),
        )
    return rows
