"""The life of a delivery: one file, one transaction, one event."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.core import db
from jobformidler.core.actions import action, check
from jobformidler.core.clock import local_date
from jobformidler.core.enums import DeliveryStatus
from jobformidler.core.event_kinds import DELIVERY_READ
from jobformidler.core.events import record
from jobformidler.core.ingest import quarantine
from jobformidler.core.ingest.loader import LOADERS, Job, Loader
from jobformidler.core.ingest.municipalities import CODES
from jobformidler.core.ingest.privacy import hide_cpr
from jobformidler.core.models import Delivery, Municipality
from jobformidler.core.tabular import Context, Result, read_all

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

#: States in which a delivery may be read.
READABLE = (DeliveryStatus.WAITING, DeliveryStatus.RUNNING)


@dataclass(frozen=True)
class Counts:
    """What came of a file; `read` is the sum of the others."""

    read: int
    inserted: int
    updated: int
    unchanged: int
    quarantined: int

    @classmethod
    def of(cls, delivery: Delivery) -> "Counts":
        """The counts kept with a delivery."""
        return cls(**{name: getattr(delivery, name) for name in cls.__dataclass_fields__})

    def sentence(self) -> str:
        """The counts as a person says them."""
        if not self.read:
            return _("There were no rows in the file.")
        if self.unchanged == self.read:
            return _("Everything in the file was registered already. Nothing was changed.")
        rows = ngettext("%(n)s row was read.", "%(n)s rows were read.", self.read) % {"n": _figure(self.read)}
        refused = _("%(n)s could not be read in")
        return f"{rows} {self._parts(refused)}."

    def forecast(self) -> str:
        """The counts of a dry run as a person says them."""
        if not self.read:
            return _("There are no rows in the file.")
        if self.unchanged == self.read:
            return _("Everything in the file is registered already.")
        rows = ngettext("The file has %(n)s row.", "The file has %(n)s rows.", self.read) % {"n": _figure(self.read)}
        refused = _("%(n)s cannot be read in")
        return f"{rows} {self._parts(refused)}."

    def _parts(self, refused: str) -> str:
        parts = [
            (self.inserted, _("%(n)s new")),
            (self.updated, _("%(n)s changed")),
            (self.unchanged, _("%(n)s as before")),
            (self.quarantined, refused),
        ]
        return ", ".join(text % {"n": _figure(n)} for n, text in parts if n)


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@dataclass(frozen=True)
class Outcome:
    """Counts, and the result with what was refused. `delivery` is None after a dry run without one."""

    counts: Counts
    result: Result
    delivery: Delivery | None


def read_file(
    *,
    kind: str,
    path: str | Path,
    municipality: Municipality,
    by: "AbstractBaseUser | None",
    at: dt.datetime,
    mapping: Mapping[str, str] | None = None,
    delivery: Delivery | None = None,
    file_name: str = "",
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Read a register file into the municipality (CIT-01, CIT-02, EMP-01, JOB-01).

    Checking happens outside any transaction; then everything is written in one. Without `delivery` one is made with the
    rows. A dry run counts what would happen and writes nothing but, where a delivery is given, the lines it would refuse
    and the counts on that delivery. Raises FileError when no row can be read, ActionError when the delivery is not waiting.
    """
    loader = LOADERS[kind]
    with db.enter(municipality, by, "ingest: lists"):
        context = context_for(loader, municipality, local_date(at))
    result = read_all(path, loader.spec, context, mapping, progress)
    if progress is not None:
        progress(result.read)
    with db.enter(municipality, by, f"ingest: {kind}"):
        job = Job(result, municipality, local_date(at), by, delivery)
        del result
        if dry_run:
            return forecast(loader=loader, job=job)
        return load(loader=loader, job=job, file_name=file_name or Path(path).name, at=at)


def context_for(loader: Loader, municipality: Municipality, day: dt.date) -> Context:
    """What the reader must know of the running system. Call it inside the municipality's context."""
    known = {f"{code:03d}" for code in Municipality.objects.values_list("code", flat=True)}
    return Context(day=day, municipalities=CODES | known, choices=loader.choices(municipality))


@action
def forecast(*, loader: Loader, job: Job) -> Outcome:
    """What reading the file would do. Only the delivery of a preview keeps its counts and the lines it would refuse."""
    delivery, job.delivery = job.delivery, None
    inserted, updated = loader.stage(job).count()
    counts = _counts(job, inserted, updated)
    if delivery is not None:
        row = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery.pk).first()
        # Somebody may have chosen other columns, started the file or put it aside while it was counted.
        if row and row.status == DeliveryStatus.PREVIEW and _mapping(row) == _mapping(delivery):
            quarantine.store(row, job.result)
            _keep(row, counts, job.result)
    return Outcome(counts, job.result, delivery)


@action
def load(*, loader: Loader, job: Job, file_name: str, at: dt.datetime) -> Outcome:
    """Write the accepted rows, keep the refused ones, close the delivery and record one event."""
    # Two deliveries of one kind at once would both find the same row missing.
    tenant = 0 if loader.shared else job.municipality.pk
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s), %s)", [f"ingest {loader.kind}", tenant])
    if job.delivery is None:
        job.delivery = Delivery(
            municipality=job.municipality,
            kind=loader.kind,
            file_name=file_name[:200],
            by_id=getattr(job.by, "pk", None),
            at=at,
        )
        job.delivery.save()
    else:
        job.delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=job.delivery.pk)
        check(job.delivery.status in READABLE, _("This has already changed. Load the page again."))
    delivery = job.delivery
    inserted, updated = loader.stage(job).apply()
    counts = _counts(job, inserted, updated)
    quarantine.store(delivery, job.result)
    delivery.status, delivery.finished_at, delivery.error = DeliveryStatus.DONE, at, ""
    _keep(delivery, counts, job.result)
    record(DELIVERY_READ, delivery, by=job.by, at=at, file_kind=loader.kind, **asdict(counts))
    return Outcome(counts, job.result, delivery)


def fail(delivery: Delivery, sentence: str, at: dt.datetime) -> None:
    """Mark a delivery as not read, with one sentence; nothing of it was written."""
    with db.enter(delivery.municipality, delivery.by, "ingest: failed"):
        row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        row.status, row.error, row.finished_at = DeliveryStatus.FAILED, hide_cpr(sentence)[:500], at
        for name in Counts.__dataclass_fields__:
            setattr(row, name, 0)
        row.save()


def _mapping(delivery: Delivery) -> object:
    return delivery.headers.get("mapping")


def _counts(job: Job, inserted: int, updated: int) -> Counts:
    accepted = job.good.height
    return Counts(job.result.read, inserted, updated, accepted - inserted - updated, job.result.quarantined)


def _keep(delivery: Delivery, counts: Counts, result: Result) -> None:
    for name, value in asdict(counts).items():
        setattr(delivery, name, value)
    delivery.headers = {
        **delivery.headers,
        "header": list(result.table.header),
        "counted": True,
        "reasons": {reason.value: count for reason, count in result.counts().items()},
    }
    delivery.save()
