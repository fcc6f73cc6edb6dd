"""The stage: municipality, units, staff, and the moment everything is dated from."""

import datetime as dt
import random
from dataclasses import dataclass, field

from jobformidler.accounts import actions as accounts
from jobformidler.accounts.confidentiality import current
from jobformidler.accounts.demo_logins import PASSWORD
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit, User
from jobformidler.core import clock
from jobformidler.core.models import Municipality
from jobformidler.core.periods import monday

CODE = 999
NAME = "Fjordby Kommune"
DOMAIN = "fjordby.example"
#: Days from day 0 to the day the municipality began with the platform: before every history.
BEGAN = -1100
UNITS = ("Team Havnen", "Team Engen", "Team Skoven")

#: name, title, role, unit index (None: the whole municipality), background
STAFF: tuple[tuple[str, str, Role, int | None, str], ...] = (
    ("Line Askeløv", "jobformidler", Role.JOBFORMIDLER, 0, "employer_consultant"),
    ("Omar Bregne", "jobformidler", Role.JOBFORMIDLER, 0, "caseworker"),
    ("Signe Hyldeblad", "jobformidler", Role.JOBFORMIDLER, 0, "mentor"),
    ("Karsten Humletop", "jobformidler", Role.JOBFORMIDLER, 0, "employer_consultant"),
    ("Mette Sivmos", "jobformidler", Role.JOBFORMIDLER, 1, "employer_consultant"),
    ("Yusuf Tranekær", "jobformidler", Role.JOBFORMIDLER, 1, "caseworker"),
    ("Bodil Ribesknop", "jobformidler", Role.JOBFORMIDLER, 1, "other"),
    ("Henrik Granrod", "jobformidler", Role.JOBFORMIDLER, 1, "employer_consultant"),
    ("Amina Lyngkvist", "jobformidler", Role.JOBFORMIDLER, 2, "employer_consultant"),
    ("Troels Pilekrat", "jobformidler", Role.JOBFORMIDLER, 2, "mentor"),
    ("Lone Myntefrø", "jobformidler", Role.JOBFORMIDLER, 2, "caseworker"),
    ("Jakob Tjørnebær", "jobformidler", Role.JOBFORMIDLER, 2, "employer_consultant"),
    ("Peter Havreholm", "sagsbehandler", Role.CASEWORKER, 0, "caseworker"),
    ("Ellen Kærurt", "sagsbehandler", Role.CASEWORKER, 0, "caseworker"),
    ("Samir Valmueblad", "sagsbehandler", Role.CASEWORKER, 1, "caseworker"),
    ("Rikke Hasselkrat", "sagsbehandler", Role.CASEWORKER, 1, "caseworker"),
    ("Dorthe Rugfrø", "sagsbehandler", Role.CASEWORKER, 2, "caseworker"),
    ("Poul Mosekvist", "sagsbehandler", Role.CASEWORKER, 2, "caseworker"),
    ("Nadia Klitkamille", "virksomhedskonsulent", Role.EMPLOYER_CONSULTANT, 0, "employer_consultant"),
    ("Bjarke Æblerod", "virksomhedskonsulent", Role.EMPLOYER_CONSULTANT, 1, "employer_consultant"),
    ("Ole Bakkedal", "teamleder", Role.TEAM_LEADER, None, ""),
    ("Grethe Iristop", "arbejdsmarkedschef", Role.MANAGEMENT, None, ""),
    ("Gerda Rønnebær", "kontraktansvarlig", Role.CONTRACT_MANAGER, None, ""),
    ("Iben Lav", "HKO-nøgleperson", Role.HKO_KEYPERSON, None, ""),
    ("Anders Birkerod", "systemansvarlig", Role.ADMINISTRATOR, None, ""),
    ("Vibeke Strandmalurt", "informationssikkerhed", Role.SECURITY_OFFICER, None, ""),
    ("Hanne Lyng", "familierådgiver", Role.PROFESSIONAL, None, ""),
)
#: Who can log in: the people of the tour, and the first of every role. A password takes a third of a second to seal.
LOGINS = (
    "Line Askeløv",
    "Peter Havreholm",
    "Nadia Klitkamille",
    "Ole Bakkedal",
    "Grethe Iristop",
    "Gerda Rønnebær",
    "Iben Lav",
    "Anders Birkerod",
    "Vibeke Strandmalurt",
    "Hanne Lyng",
)
#: Citizens of the tour who have opened their own pages.
CITIZEN_LOGINS = ("Mona Havtorn", "Sofie Engkarse", "Bent Rørskov")


@dataclass
class Stage:
    """Everybody the histories need. `day0` is a Monday; moments are given as days from it."""

    municipality: Municipality
    day0: dt.date
    rng: random.Random
    units: list[Unit] = field(default_factory=list)
    staff: dict[str, User] = field(default_factory=dict)
    unit_of: dict[str, Unit] = field(default_factory=dict)

    def day(self, offset: int) -> dt.date:
        """The date `offset` days from day 0."""
        return self.day0 + dt.timedelta(days=offset)

    def at(self, offset: int, hour: int = 10, minute: int = 0) -> dt.datetime:
        """A moment `offset` days from day 0."""
        return clock.at_time(self.day(offset), hour, minute)

    def user(self, first_name: str) -> User:
        """A member of staff by first name."""
        return next(user for name, user in self.staff.items() if name.startswith(first_name))

    def with_role(self, role: Role, unit: Unit | None = None) -> list[User]:
        """Members of staff with a role (in a unit)."""
        return [
            self.staff[name]
            for name, _title, has, at, _background in STAFF
            if has == role and (unit is None or at is None or self.units[at] == unit)
        ]


def email(name: str) -> str:
    """The e-mail of a member of staff."""
    plain = name.lower().translate({ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa"})
    return f"{plain.split()[0]}@{DOMAIN}"


def day_zero(today: dt.date) -> dt.date:
    """The Monday of the week everything is dated from: moved in whole weeks, so that weekdays hold."""
    return monday(today)


def working_day(offset: int) -> int:
    """The day, or the Friday before it when it falls into a weekend. Day 0 is a Monday."""
    return offset - max(0, offset % 7 - 4)


def make_municipality(day0: dt.date) -> Municipality:
    """The municipality, before anything can be entered."""
    return accounts.create_municipality(
        code=CODE,
        name=NAME,
        at=clock.at_time(day0 + dt.timedelta(days=BEGAN), 8),
        is_demo=True,
        main_phone="00 00 00 10",
        caseload_limit_jobformidler=30,
        caseload_limit_caseworker=80,
        review_months=24,
    )


def people(stage: Stage) -> None:
    """Units and staff, through the administrator's actions."""
    at = stage.at(BEGAN, 8)
    since = stage.day(BEGAN)
    for name in UNITS:
        stage.units.append(accounts.create_unit(municipality=stage.municipality, name=name, by=None, at=at))
    for number, (name, title, role, unit, background) in enumerate(STAFF, start=1):
        user = accounts.create_user(
            municipality=stage.municipality,
            email=email(name),
            name=name,
            phone=f"00 00 00 {20 + number}",
            title=title,
            background=background,
            password=PASSWORD if name in LOGINS else None,
            by=None,
            at=at,
        )
        where = None if unit is None else stage.units[unit]
        accounts.add_membership(
            user=user, municipality=stage.municipality, role=role, unit=where, since=since, by=None, at=at
        )
        accounts.accept_confidentiality(
            user=user, municipality=stage.municipality, digest=current(stage.municipality).digest, at=at
        )
        stage.staff[name] = user
        if where:
            stage.unit_of[name] = where
