"""What the five histories share."""

import random

from jobformidler.accounts.actions import set_password
from jobformidler.accounts.demo_logins import PASSWORD
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import User
from jobformidler.casework import actions as casework
from jobformidler.casework.actions import Person
from jobformidler.casework.models import Case
from jobformidler.citizens import actions as people
from jobformidler.citizens.looks import Look
from jobformidler.citizens.models import CV, Citizen
from jobformidler.demo.firms import Firm, firms
from jobformidler.demo.setting import Stage, email


def opened(stage: Stage, citizen: Citizen, offset: int, **values) -> Case:
    """The case of a citizen of the tour: Line and Peter, Team Havnen."""
    line, peter = stage.user("Line"), stage.user("Peter")
    return casework.open_case(
        citizen=citizen,
        unit=stage.units[0],
        jobformidler=line,
        caseworker=peter,
        effort_model="jobfirst",
        by=peter,
        at=stage.at(offset, 9),
        confirm_over_limit=True,
        **values,
    )


def both(stage: Stage, citizen: Citizen) -> list[Person]:
    """The citizen with the whole tandem."""
    line, peter = stage.user("Line"), stage.user("Peter")
    return [
        Person("citizen", citizen.full_name),
        Person("jobformidler", line.name, line),
        Person("caseworker", peter.name, peter),
    ]


def numbered_firm(number: int) -> Firm:
    """The n-th firm of the small demo: always the same."""
    return firms(random.Random(1), number + 1)[number]  # noqa: S311  # a demo, not a secret


def cv_updated(stage: Stage, citizen: Citizen, offset: int) -> None:
    """What a placement gave is written into the CV."""
    cv = CV.objects.standing().get(citizen=citizen, kind="personal")
    people.update_cv(cv=cv, on=stage.day(offset), by=stage.user("Line"), at=stage.at(offset, 13))


def own_pages(stage: Stage, citizen: Citizen, offset: int) -> User:
    """The citizen logs in to the own pages with the demo's password."""
    at = stage.at(offset, 12)
    relation = people.open_own_access(citizen=citizen, email=email(citizen.full_name), by=stage.user("Line"), at=at)
    assert relation.user is not None
    set_password(user=relation.user, municipality=stage.municipality, password=PASSWORD, by=None, at=at)
    return relation.user


def looked(stage: Stage, citizen: Citizen, first_name: str, role: str, offset: int, *pages: str) -> None:
    """Somebody of the tandem opened these pages, a few minutes apart."""
    user = stage.user(first_name)
    relation = "caseworker" if role == Role.CASEWORKER else "jobformidler"
    for number, page in enumerate(pages):
        people.log_looks(
            looks=[Look(citizen.municipality_id, citizen.pk, page, relation)],
            user=user,
            at=stage.at(offset, 9, 12 + 4 * number),
            role=role,
            unit_id=stage.unit_of[user.name].pk,
        )
