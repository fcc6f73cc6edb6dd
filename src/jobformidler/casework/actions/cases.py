"""Opening, closing and reopening a case."""

import datetime as dt

from django.db import connection
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _

from jobformidler.accounts.models import Unit, User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework import evidence, relations
from jobformidler.casework.actions.assignments import assign
from jobformidler.casework.enums import JOB_OUTCOMES, CaseRole, CaseStatus, Outcome
from jobformidler.casework.models import Case, JournalNote
from jobformidler.casework.perms import powers
from jobformidler.casework.transitions import CASE
from jobformidler.casework.writing import steering, told
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.perms import may_write, works_in
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.rows import create, lock

_NUMBER_LOCK = 0x4A46  # first key of the advisory lock under which case numbers are drawn; the second is the tenant


@action
def open_case(
    *,
    citizen: Citizen,
    unit: Unit,
    by: User | None,
    at: dt.datetime,
    jobformidler: User | None = None,
    caseworker: User | None = None,
    effort_model: str = "",
    confirm_over_limit: bool = False,
) -> Case:
    """Open the case of a citizen in a unit, and name the tandem if known (JF-01, JF-08).

    The opener works in the unit, and the citizen is theirs to see, belongs to the unit or to none yet. Raises
    ActionError when the citizen has an open case, or with code "over_limit" (JF-07).
    """
    day = clock.local_date(at)
    allow(works_in(by, unit, day))
    allow(citizen.unit_id in (None, unit.pk) or may_write(by, citizen, day))
    case = create(
        Case,
        municipality_id=citizen.municipality_id,
        number=_next_number(citizen.municipality_id, day),
        citizen=citizen,
        unit=unit,
        status=CaseStatus.CREATED,
        status_since=day,
        opened_on=day,
        effort_model=effort_model,
    )
    relations.give_team(case, day)
    told(case, kinds.OPENED, case, by=by, at=at, number=case.number)
    for role, user in ((CaseRole.JOBFORMIDLER, jobformidler), (CaseRole.CASEWORKER, caseworker)):
        if user:
            assign(case=case, role=role, user=user, since=day, by=by, at=at, confirm_over_limit=confirm_over_limit)
    return case


def _next_number(municipality_id: int, day: dt.date) -> str:
    """The next number of the municipality's year, "26-00042"; drawn under a lock held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_NUMBER_LOCK, municipality_id])
    year = f"{day:%y}-"
    rows = Case.objects.filter(municipality_id=municipality_id, number__startswith=year)
    last = rows.aggregate(last=Max(Cast(Substr("number", len(year) + 1), IntegerField())))["last"]
    return f"{year}{(last or 0) + 1:05d}"


@action
def close_case(
    *, case: Case, outcome: str, note: str, by: User | None, at: dt.datetime, seen_as: str | None = None
) -> Case:
    """Close the case with an outcome (CIT-21).

    Job, fleksjob and education keep the lifeline open: the case goes to aftercare for as long as the municipality has
    set, with the same people; closing it once more, or with another outcome, ends it (CON-25, Part 3.1). `seen_as` is
    the state whoever closes it saw: raises ActionError when it is another by now, so that nobody ends a lifeline that
    somebody has just opened.
    """
    day = steering(case, by, at)
    lock(case)
    check(seen_as in (None, case.status), _("This has already changed. Load the page again."))
    check(outcome in Outcome.values, _("Choose the outcome."), "outcome")
    mine = powers(by, case, day)
    until = day + dt.timedelta(days=case.municipality.aftercare_days)
    to_aftercare = outcome in JOB_OUTCOMES and case.status != CaseStatus.AFTERCARE
    CASE.apply("begin_aftercare" if to_aftercare else "close", case, powers=mine)
    case.outcome, case.outcome_note, case.status_since = outcome, note.strip(), day
    if to_aftercare:
        case.aftercare_until = until
    else:
        case.closed_on = day
        case.next_step, case.next_step_on = "", None
    case.version += 1
    case.save()
    if to_aftercare:
        told(case, kinds.AFTERCARE, case, by=by, at=at, outcome=outcome, until=until.isoformat())
    else:
        relations.end_all(case, day)
        told(case, kinds.CLOSED, case, by=by, at=at, outcome=outcome)
    return case


@action
def reopen_case(*, case: Case, reason: str, by: User | None, at: dt.datetime) -> Case:
    """Take up a closed case, or one in aftercare, again, at the state its evidence supports. The reason becomes a note.

    A closed case needs a jobformidler and a caseworker anew.
    """
    day = steering(case, by, at)
    lock(case)
    CASE.apply("reopen", case, powers=powers(by, case, day), reason=reason)
    case.outcome, case.outcome_note, case.closed_on, case.aftercare_until = "", "", None, None
    case.status, _since = evidence.furthest(case)
    case.status_since = day
    case.version += 1
    case.save()
    relations.give_team(case, day)
    note = create(JournalNote, municipality_id=case.municipality_id, case=case, by=by, at=at, text=reason.strip())
    told(case, kinds.REOPENED, case, by=by, at=at, note_id=note.pk)
    return case
