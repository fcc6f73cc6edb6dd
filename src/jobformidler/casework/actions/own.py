"""What the citizen writes on the own pages: wishes, competences, companies, comments; and that somebody has read it.

Every one is shown as the citizen's, and waits on the jobformidler's list until it is read (CIT-07, CIT-13).
"""

import datetime as dt
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.enums import CaseStatus, EntryKind
from jobformidler.casework.models import Case, CitizenEntry
from jobformidler.casework.writing import tenant, told, working
from jobformidler.citizens import actions as citizens
from jobformidler.citizens.answers import is_self
from jobformidler.citizens.enums import Author
from jobformidler.citizens.models import Citizen, Competence, OfCitizen, Wish
from jobformidler.core import clock
from jobformidler.core.actions import ActionError, action, allow, check
from jobformidler.core.rows import create


def _open_case(citizen: Citizen) -> Case | None:
    return Case.objects.filter(citizen=citizen).exclude(status=CaseStatus.CLOSED).first()


def _need_case(citizen: Citizen) -> Case:
    case = _open_case(citizen)
    if case is None:
        raise ActionError(_("You have no case with us right now. Call us instead."))
    return case


def _entry(
    case: Case, kind: str, text: str, by: User, at: dt.datetime, about: str = "", row: models.Model | None = None
) -> CitizenEntry:
    """Keep what waits to be read. A newer version of the same row takes the place of one nobody has read."""
    label, pk = (row._meta.label_lower, row.pk) if row is not None else ("", 0)
    if kind in (EntryKind.WISH, EntryKind.COMPETENCE):
        CitizenEntry.objects.filter(case=case, about_type=label, about_id=pk, read_at=None).delete()
    return create(
        CitizenEntry,
        **tenant(case),
        by=by,
        kind=kind,
        text=text,
        about=about[:200],
        about_type=label,
        about_id=pk,
        at=at,
    )


@action
def write_own_wish(
    *, citizen: Citizen, text: str, by: User, at: dt.datetime, wish: Wish | None = None, version: int | None = None
) -> Wish:
    """The citizen writes a job wish in their own words, or writes one anew (CIT-07). Raises StaleError.

    The professional's job goal is untouched: it stands beside the wish, with its own author.
    """
    allow(is_self(by, citizen, clock.local_date(at)))
    check(text.strip(), _("Write your wish."), "text")
    if wish is None:
        row = citizens.add_wish(citizen=citizen, text=text, by=by, at=at, author=Author.CITIZEN)
    else:
        allow(wish.citizen_id == citizen.pk)
        if wish.text == text.strip():
            return wish
        citizens.edit_registration(row=wish, version=version, by=by, at=at, text=text.strip())
        row = wish
    case = _open_case(citizen)
    if case is not None:
        _entry(case, EntryKind.WISH, row.text, by, at, row=row)
    return row


@action
def add_own_competence(
    *, citizen: Citizen, text: str, origin: str, by: User, at: dt.datetime, tasks: Sequence[str] = ()
) -> Competence:
    """The citizen adds something they can (CIT-13)."""
    allow(is_self(by, citizen, clock.local_date(at)))
    check(text.strip(), _("Write what you can."), "text")
    row = citizens.add_competence(
        citizen=citizen, origin=origin, text=text, tasks=tasks, by=by, at=at, author=Author.CITIZEN
    )
    case = _open_case(citizen)
    if case is not None:
        _entry(case, EntryKind.COMPETENCE, row.text, by, at, row=row)
    return row


@action
def take_own_away(*, row: OfCitizen, by: User, at: dt.datetime) -> OfCitizen:
    """The citizen takes back a wish or a competence they wrote; it stays in the history, struck out."""
    allow(is_self(by, row.citizen, clock.local_date(at)))
    label = row._meta.label_lower
    CitizenEntry.objects.filter(about_type=label, about_id=row.pk, read_at=None).delete()
    return citizens.withdraw_registration(row=row, by=by, at=at, reason=_("Taken back by the citizen."))


@action
def propose_company(*, citizen: Citizen, text: str, by: User, at: dt.datetime) -> CitizenEntry:
    """The citizen names a company to ask (CIT-13)."""
    allow(is_self(by, citizen, clock.local_date(at)))
    check(text.strip(), _("Write which company."), "text")
    case = _need_case(citizen)
    entry = _entry(case, EntryKind.COMPANY, text.strip(), by, at)
    told(case, kinds.CITIZEN_WROTE, entry, by=by, at=at, entry=str(EntryKind.COMPANY))
    return entry


@action
def comment_own(
    *, citizen: Citizen, text: str, about: str, row_about: models.Model, by: User, at: dt.datetime
) -> CitizenEntry:
    """The citizen comments on a goal or an agreement, which `about` names in words (CIT-13)."""
    allow(is_self(by, citizen, clock.local_date(at)))
    check(text.strip(), _("Write your comment."), "text")
    case = _need_case(citizen)
    entry = _entry(case, EntryKind.COMMENT, text.strip(), by, at, about, row_about)
    told(case, kinds.CITIZEN_WROTE, entry, by=by, at=at, entry=str(EntryKind.COMMENT))
    return entry


@action
def read_entries(*, case: Case, by: User, at: dt.datetime) -> int:
    """Note that everything the citizen wrote up to `at` has been read; returns how many entries waited."""
    working(case, by, at)
    rows = list(CitizenEntry.objects.select_for_update().filter(case=case, read_at=None, at__lte=at))
    for row in rows:
        row.read_at, row.read_by = at, by
        row.version += 1
        row.save(update_fields=["read_at", "read_by", "version"])
    if rows:
        told(case, kinds.ENTRIES_READ, case, by=by, at=at, n=len(rows))
    return len(rows)
