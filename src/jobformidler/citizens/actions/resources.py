"""Resources, considerations, abilities, wishes and the two CVs (CIT-06, CIT-07, CIT-08, CV-01 to CV-03)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens import answers
from jobformidler.citizens import event_kinds as kinds
from jobformidler.citizens.enums import Author, CompetenceKind, Importance
from jobformidler.citizens.models import CV, Citizen, Competence, Consideration, OfCitizen, TaskAbility, Wish
from jobformidler.citizens.perms import may_write
from jobformidler.citizens.sharing import AnsweredHow
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.events import record
from jobformidler.core.rows import change, create, lock

#: What may be edited of each kind of registration.
EDITABLE: dict[type[OfCitizen], frozenset[str]] = {
    Competence: frozenset({"origin", "kind", "text", "tasks"}),
    Consideration: frozenset({"category", "code", "text", "importance"}),
    TaskAbility: frozenset({"ability", "text"}),
    Wish: frozenset({"text"}),
}


def _base(citizen: Citizen, by: User | None, at: dt.datetime, author: str, *, own: bool = False) -> dict[str, Any]:
    """The columns of a registration; `own`: the citizen may write it too, as their own words."""
    day = clock.local_date(at)
    allow((own and author == Author.CITIZEN and answers.is_self(by, citizen, day)) or may_write(by, citizen, day))
    return {
        "municipality_id": citizen.municipality_id,
        "citizen": citizen,
        "by": by,
        "author": author,
        "registered_on": day,
    }


def _may_change(by: User | None, row: OfCitizen, day: dt.date) -> bool:
    """Whoever may write about the citizen; the citizen's own words are the citizen's to change too (CIT-07)."""
    own = isinstance(row, Wish | Competence) and row.author == Author.CITIZEN
    return (own and answers.is_self(by, row.citizen, day)) or may_write(by, row.citizen, day)


@action
def add_competence(
    *,
    citizen: Citizen,
    origin: str,
    text: str,
    by: User | None,
    at: dt.datetime,
    kind: str = CompetenceKind.PROFESSIONAL,
    tasks: Sequence[str] = (),
    author: str = Author.PROFESSIONAL,
) -> Competence:
    """Write down a competence with its origin (list "competence_origin") and the tasks it can become (CIT-06, CV-03)."""
    base = _base(citizen, by, at, author, own=True)
    named = [task.strip() for task in tasks if task.strip()]
    row = create(Competence, **base, origin=origin, kind=kind, text=text.strip(), tasks=named)
    record(kinds.COMPETENCE_ADDED, row, by=by, at=at, citizen_id=citizen.pk)
    return row


@action
def add_consideration(
    *,
    citizen: Citizen,
    category: str,
    text: str,
    by: User | None,
    at: dt.datetime,
    code: str = "",
    importance: str = Importance.MUCH,
    may_share: bool = False,
    author: str = Author.PROFESSIONAL,
) -> Consideration:
    """Write down what must be taken into account at work: the effect, never the reason (CIT-08).

    `may_share`: the citizen has agreed, on the day of `at`, that the workplace reads this very line.
    """
    base = _base(citizen, by, at, author)
    row = create(
        Consideration,
        **base,
        category=category,
        code=code,
        text=text.strip(),
        importance=importance,
    )
    if may_share:
        _say_yes(row, by, at)
    record(kinds.CONSIDERATION_ADDED, row, by=by, at=at, citizen_id=citizen.pk, shared=may_share)
    return row


@action
def share_consideration(
    *, consideration: Consideration, may_share: bool, by: User | None, at: dt.datetime
) -> Consideration:
    """Note that the citizen has agreed that the workplace reads this line, or has taken it back."""
    day = clock.local_date(at)
    allow(may_write(by, consideration.citizen, day))
    lock(consideration)
    given = answers.line_consents(consideration, day)
    if bool(given) == may_share:
        return consideration
    if may_share:
        _say_yes(consideration, by, at)
    for consent in given:
        answers.take_back(consent, AnsweredHow.CONVERSATION, by, at)
    kind = kinds.CONSIDERATION_SHARED if may_share else kinds.CONSIDERATION_UNSHARED
    record(kind, consideration, by=by, at=at, citizen_id=consideration.citizen_id)
    return consideration


def _say_yes(row: Consideration, by: User | None, at: dt.datetime) -> None:
    """The citizen's yes to the workplaces that are looked for together, on the default terms."""
    answers.answer(
        row.citizen,
        answers.What(considerations=[row]),
        answers.ANY_WORKPLACE,
        _("The stay at the workplace"),
        answers.Said(),
        by,
        at,
        answers.Basis(),
    )


@action
def add_ability(
    *,
    citizen: Citizen,
    ability: str,
    text: str,
    by: User | None,
    at: dt.datetime,
    author: str = Author.CITIZEN,
) -> TaskAbility:
    """Write down a kind of task the citizen can do, would like to try, or cannot do (CIT-08)."""
    row = create(TaskAbility, **_base(citizen, by, at, author), ability=ability, text=text.strip())
    record(kinds.ABILITY_ADDED, row, by=by, at=at, citizen_id=citizen.pk)
    return row


@action
def add_wish(*, citizen: Citizen, text: str, by: User | None, at: dt.datetime, author: str = Author.CITIZEN) -> Wish:
    """Write down a job wish in the citizen's own words (CIT-07)."""
    row = create(Wish, **_base(citizen, by, at, author, own=True), text=text.strip())
    record(kinds.WISH_ADDED, row, by=by, at=at, citizen_id=citizen.pk)
    return row


@action
def edit_registration(
    *, row: OfCitizen, version: int | None, by: User | None, at: dt.datetime, **changes: Any
) -> OfCitizen:
    """Correct a competence, consideration, ability or wish.

    A consideration whose text changes is no longer shared: the citizen agreed to other words. Raises StaleError.
    """
    allow(_may_change(by, row, clock.local_date(at)))
    unknown = set(changes) - EDITABLE[type(row)]
    if unknown:
        raise TypeError(f"cannot be edited: {', '.join(sorted(unknown))}")
    check(row.withdrawn_at is None, _("This registration has been withdrawn."))
    changed = change(row, version=version, **changes)
    if isinstance(row, Consideration) and "text" in changed:
        for consent in answers.line_consents(row, clock.local_date(at)):
            answers.take_back(consent, AnsweredHow.CONVERSATION, by, at)
    if changed:
        record(kinds.REGISTRATION_EDITED, row, by=by, at=at, citizen_id=row.citizen_id, fields=changed)
    return row


@action
def withdraw_registration(*, row: OfCitizen, by: User | None, at: dt.datetime, reason: str) -> OfCitizen:
    """Withdraw a wrong registration; it stays in the timeline, struck out with the reason."""
    allow(_may_change(by, row, clock.local_date(at)))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    lock(row)
    check(row.withdrawn_at is None, _("This registration has been withdrawn."))
    change(row, withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip())
    record(kinds.REGISTRATION_WITHDRAWN, row, by=by, at=at, citizen_id=row.citizen_id, what=type(row)._meta.model_name)
    return row


@action
def start_cv(*, citizen: Citizen, kind: str, on: dt.date, by: User | None, at: dt.datetime, summary: str = "") -> CV:
    """Start one of the two CVs; each has dates of its own (CV-01, CV-02). Raises ActionError when it is started."""
    base = _base(citizen, by, at, Author.PROFESSIONAL)
    check(on <= base["registered_on"], _("The day has not come yet."), "on")
    row = create(CV, **base, kind=kind, started_on=on, updated_on=on, summary=summary)
    record(kinds.CV_STARTED, row, by=by, at=at, citizen_id=citizen.pk, cv=kind, on=on.isoformat())
    return row


@action
def update_cv(
    *,
    cv: CV,
    on: dt.date,
    by: User | None,
    at: dt.datetime,
    version: int | None = None,
    summary: str | None = None,
) -> CV:
    """Note that this CV was updated `on` a day, with a new summary if given. The other CV is untouched (CV-02)."""
    day = clock.local_date(at)
    allow(may_write(by, cv.citizen, day))
    check(on <= day, _("The day has not come yet."), "on")
    check(cv.withdrawn_at is None, _("This registration has been withdrawn."))
    changes: dict[str, Any] = {"updated_on": max(on, cv.updated_on)}
    if summary is not None:
        changes["summary"] = summary
    change(cv, version=version, **changes)
    record(kinds.CV_UPDATED, cv, by=by, at=at, citizen_id=cv.citizen_id, cv=cv.kind, on=on.isoformat())
    return cv


@action
def transfer_cv(*, cv: CV, on: dt.date, receipt: str, by: User | None, at: dt.datetime) -> CV:
    """Note that the CV is transferred to the municipality's case system, with its receipt."""
    allow(may_write(by, cv.citizen, clock.local_date(at)))
    change(cv, transferred_on=on, transfer_receipt=receipt.strip())
    record(kinds.CV_TRANSFERRED, cv, by=by, at=at, citizen_id=cv.citizen_id)
    return cv
