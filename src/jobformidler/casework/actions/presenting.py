"""Presenting a citizen to a workplace: a contact that names whom it is about (MAT-05, EMP-07)."""

import datetime as dt
from typing import Any

from jobformidler.accounts.models import User
from jobformidler.casework.models import Case, Presentation
from jobformidler.casework.writing import still_open, working
from jobformidler.core.actions import action
from jobformidler.core.rows import create
from jobformidler.employers.actions import log_contact
from jobformidler.employers.models import EmployerContact, Workplace
from jobformidler.employers.purposes import PRESENTING


@action
def present_citizen(
    *, case: Case, workplace: Workplace, held_at: dt.datetime, by: User, at: dt.datetime, **values: Any
) -> EmployerContact:
    """Register that the citizen was presented to a workplace; `values` are those of `employers.actions.log_contact`.

    Stands in the log of the workplace and in the citizen's timeline. Refused before a conversation with the citizen.
    """
    working(case, by, at)
    still_open(case)
    contact = log_contact(
        workplace=workplace,
        purpose=PRESENTING,
        held_at=held_at,
        by=by,
        at=at,
        citizen_id=case.citizen_id,
        **values,
    )
    create(Presentation, municipality_id=case.municipality_id, case=case, contact=contact)
    return contact
