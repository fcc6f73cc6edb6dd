"""What the actions of casework share: permission by relation, the case's event, names in sentences."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.enums import Part
from jobformidler.casework.models import Case
from jobformidler.casework.perms import may_steer, may_work_on
from jobformidler.core import clock
from jobformidler.core.actions import allow, check
from jobformidler.core.events import record
from jobformidler.core.models import Event


@dataclass(frozen=True)
class Person:
    """Somebody who took part: as what (`Part`), the name, and the user when they have a login."""

    part: str
    name: str
    user: User | None = None


def working(case: Case, by: User | None, at: dt.datetime) -> dt.date:
    """The local day of `at`, when `by` may register in the case. Raises PermissionDenied otherwise."""
    day = clock.local_date(at)
    allow(may_work_on(by, case, day))
    return day


def steering(case: Case, by: User | None, at: dt.datetime) -> dt.date:
    """The local day of `at`, when `by` may hand out roles, close and reopen. Raises PermissionDenied otherwise."""
    day = clock.local_date(at)
    allow(may_steer(by, case, day))
    return day


def still_open(case: Case) -> None:
    """Raise ActionError when the case is closed."""
    check(case.closed_on is None, _("The case is closed. Reopen it first."))


def told(case: Case, kind: str, subject: models.Model, *, by: User | None, at: dt.datetime, **payload: Any) -> Event:
    """Record an event of the case. `workplace_id` in the payload links the employer's timeline."""
    return record(kind, subject, by=by, at=at, citizen_id=case.citizen_id, **payload)


def professionals(people: Iterable[Person]) -> list[str]:
    """First names of the employees who took part, for the sentence of the timeline."""
    return [person.name.split(" ")[0] for person in people if person.part in (Part.JOBFORMIDLER, Part.CASEWORKER)]


def tenant(case: Case) -> dict[str, Any]:
    """The columns every row of a case begins with."""
    return {"municipality_id": case.municipality_id, "case": case}
