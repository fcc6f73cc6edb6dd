"""The citizen's rights over the data: a copy of everything, correction, restriction; and the legal hold."""

import base64
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.accounts.perms import administers
from jobformidler.citizens import rights_events as kinds
from jobformidler.citizens.answers import is_self
from jobformidler.citizens.enums import CorrectionStatus, ExportStatus, RestrictedUse
from jobformidler.citizens.models import Citizen, CorrectionRequest, DataExport, LegalHold, Restriction
from jobformidler.citizens.perms import may_write
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.events import record
from jobformidler.core.rows import change, create, lock

#: How long a copy can be fetched.
COPY_LASTS = dt.timedelta(days=7)


def _base(citizen: Citizen, by: User | None) -> dict[str, Any]:
    return {"municipality_id": citizen.municipality_id, "citizen": citizen, "by": by}


def _self_or_writer(citizen: Citizen, by: User | None, day: dt.date) -> bool:
    """Whether it is the citizen (True) or a colleague on the case (False). Raises PermissionDenied for others."""
    own = is_self(by, citizen, day)
    allow(own or may_write(by, citizen, day))
    return own


@action
def ask_correction(*, citizen: Citizen, what: str, why: str, by: User, at: dt.datetime) -> CorrectionRequest:
    """The citizen, or a colleague for the citizen, asks for something to be corrected."""
    own = _self_or_writer(citizen, by, clock.local_date(at))
    check(what.strip(), _("Write what is wrong."), "what")
    check(why.strip(), _("Write what should stand instead, and why."), "why")
    row = create(
        CorrectionRequest, **_base(citizen, by), what=what.strip(), why=why.strip(), asked_at=at, from_citizen=own
    )
    record(kinds.CORRECTION_ASKED, row, by=by, at=at, citizen_id=citizen.pk)
    return row


@action
def answer_correction(
    *, request: CorrectionRequest, corrected: bool, answer: str, by: User, at: dt.datetime, note: str = ""
) -> CorrectionRequest:
    """Answer with a reason. What is not corrected gets the citizen's own note, which stays with the case.

    The correction itself is made where the data stands, with its history.
    """
    citizen = request.citizen
    allow(may_write(by, citizen, clock.local_date(at)))
    check(answer.strip(), _("Write the answer, with the reason."), "answer")
    lock(request)
    check(request.status == CorrectionStatus.OPEN, _("The request is answered already."))
    change(
        request,
        status=CorrectionStatus.CORRECTED if corrected else CorrectionStatus.NOT_CORRECTED,
        answer=answer.strip(),
        note=None if corrected else note.strip() or str(request.why),
        answered_at=at,
        answered_by=by,
    )
    record(kinds.CORRECTION_ANSWERED, request, by=by, at=at, citizen_id=citizen.pk)
    return request


@action
def restrict(
    *, citizen: Citizen, reason: str, since: dt.date, by: User, at: dt.datetime, uses: Sequence[str] = ()
) -> Restriction:
    """Restrict the use of the citizen's data from `since` on: nothing new is shared, and it is used for `uses` alone.

    Keeping it is always among them.
    """
    day = clock.local_date(at)
    allow(may_write(by, citizen, day))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    check(since <= day, _("The day has not come yet."), "since")
    unknown = set(uses) - set(RestrictedUse.values)
    check(not unknown, _("Choose from the list."), "uses")
    row = create(
        Restriction,
        **_base(citizen, by),
        reason=reason.strip(),
        since=since,
        uses=sorted({str(RestrictedUse.STORAGE), *map(str, uses)}),
    )
    record(kinds.RESTRICTED, row, by=by, at=at, citizen_id=citizen.pk, since=since.isoformat())
    return row


@action
def lift_restriction(*, restriction: Restriction, reason: str, by: User, at: dt.datetime) -> Restriction:
    """Lift the restriction; the citizen is told before it happens (article 18(3))."""
    citizen = restriction.citizen
    day = clock.local_date(at)
    allow(may_write(by, citizen, day))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    lock(restriction)
    check(restriction.lifted_on is None, _("It is lifted already."))
    change(restriction, lifted_on=day, lifted_by=by, lifted_reason=reason.strip())
    record(kinds.RESTRICTION_LIFTED, restriction, by=by, at=at, citizen_id=citizen.pk)
    return restriction


def _may_hold(by: User, citizen: Citizen, day: dt.date) -> bool:
    return may_write(by, citizen, day) or administers(by, citizen.municipality, day)


@action
def hold(*, citizen: Citizen, reason: str, by: User, at: dt.datetime) -> LegalHold:
    """Stop anonymisation and deletion for the citizen until it is lifted."""
    day = clock.local_date(at)
    allow(_may_hold(by, citizen, day))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    row = create(LegalHold, **_base(citizen, by), reason=reason.strip(), since=day)
    record(kinds.HELD, row, by=by, at=at, citizen_id=citizen.pk)
    return row


@action
def lift_hold(*, hold: LegalHold, reason: str, by: User, at: dt.datetime) -> LegalHold:
    """Let the rules count again."""
    day = clock.local_date(at)
    allow(_may_hold(by, hold.citizen, day))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    lock(hold)
    check(hold.lifted_on is None, _("It is lifted already."))
    change(hold, lifted_on=day, lifted_by=by, lifted_reason=reason.strip())
    record(kinds.HOLD_LIFTED, hold, by=by, at=at, citizen_id=hold.citizen_id)
    return hold


@action
def ask_export(*, citizen: Citizen, by: User, at: dt.datetime) -> DataExport:
    """Ask for a copy of everything held; a job makes it. One at a time; an older one stops being fetchable."""
    from jobformidler.citizens.tasks import make_export

    own = _self_or_writer(citizen, by, clock.local_date(at))
    Citizen.objects.select_for_update().get(pk=citizen.pk)
    running = DataExport.objects.filter(citizen=citizen, status__in=(ExportStatus.WAITING, ExportStatus.RUNNING))
    check(not running.exists(), _("A copy is being made already."))
    DataExport.objects.filter(citizen=citizen, status=ExportStatus.READY).update(
        status=ExportStatus.EXPIRED, content=None
    )
    row = create(DataExport, **_base(citizen, by), asked_at=at, from_citizen=own)
    make_export.defer(export_id=row.pk, municipality_id=citizen.municipality_id)
    record(kinds.EXPORT_ASKED, row, by=by, at=at, citizen_id=citizen.pk)
    return row


@action
def fetch_export(*, export: DataExport, by: User, at: dt.datetime) -> bytes:
    """The file, while it can be fetched; every fetch is an event. Only who asked for it gets it, or the citizen."""
    day = clock.local_date(at)
    own = _self_or_writer(export.citizen, by, day)
    allow(own or export.by_id == by.pk)
    lock(export)
    ready = export.status == ExportStatus.READY and export.expires_at is not None and at < export.expires_at
    check(ready, _("The copy can no longer be fetched. Ask for a new one."))
    change(export, fetched_at=at)
    record(kinds.EXPORT_FETCHED, export, by=by, at=at, citizen_id=export.citizen_id)
    return base64.b64decode(str(export.content))
