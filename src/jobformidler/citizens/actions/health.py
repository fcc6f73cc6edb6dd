"""What an impairment means for the work (CIT-09)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens import event_kinds as kinds
from jobformidler.citizens import health
from jobformidler.citizens.enums import Author
from jobformidler.citizens.models import Citizen, Impairment
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.events import record
from jobformidler.core.rows import change, create, lock

LONGEST = 2000


def _words(**texts: str) -> dict[str, str | None]:
    """The texts without blanks around them; nothing instead of an empty one. Raises ActionError for a long one."""
    for name, text in texts.items():
        check(len(text) <= LONGEST, _("At most %(n)s letters.") % {"n": LONGEST}, name)
    return {name: text.strip() or None for name, text in texts.items()}


@action
def add_impairment(
    *,
    citizen: Citizen,
    meaning: str,
    by: User | None,
    at: dt.datetime,
    options: str = "",
    diagnosis: str = "",
    author: str = Author.PROFESSIONAL,
) -> Impairment:
    """Write down what an impairment means for the work and what is possible; the diagnosis may stay unsaid (CIT-09).

    Only those close to the citizen may (GOV-08). The event carries none of the words.
    """
    day = clock.local_date(at)
    allow(health.may_write(by, citizen, day))
    check(meaning.strip(), _("Write what it means for the work."), "meaning")
    row = create(
        Impairment,
        municipality_id=citizen.municipality_id,
        citizen=citizen,
        by=by,
        author=author,
        registered_on=day,
        **_words(meaning=meaning, options=options, diagnosis=diagnosis),
    )
    record(kinds.IMPAIRMENT_ADDED, row, by=by, at=at, citizen_id=citizen.pk)
    return row


@action
def edit_impairment(
    *, impairment: Impairment, version: int | None, by: User | None, at: dt.datetime, **changes: Any
) -> Impairment:
    """Change the words. Raises StaleError when somebody saved other ones meanwhile."""
    allow(health.may_write(by, impairment.citizen, clock.local_date(at)))
    unknown = set(changes) - {"meaning", "options", "diagnosis"}
    if unknown:
        raise TypeError(f"cannot be edited: {', '.join(sorted(unknown))}")
    check(impairment.withdrawn_at is None, _("This registration has been withdrawn."))
    check(changes.get("meaning", "x").strip(), _("Write what it means for the work."), "meaning")
    if changed := change(impairment, version=version, **_words(**changes)):
        kind = kinds.IMPAIRMENT_EDITED
        record(kind, impairment, by=by, at=at, citizen_id=impairment.citizen_id, fields=changed)
    return impairment


@action
def withdraw_impairment(*, impairment: Impairment, reason: str, by: User | None, at: dt.datetime) -> Impairment:
    """Withdraw a wrong registration; it stays with its reason and is no longer shown."""
    allow(health.may_write(by, impairment.citizen, clock.local_date(at)))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    lock(impairment)
    check(impairment.withdrawn_at is None, _("This registration has been withdrawn."))
    change(impairment, withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip())
    record(kinds.IMPAIRMENT_WITHDRAWN, impairment, by=by, at=at, citizen_id=impairment.citizen_id)
    return impairment
