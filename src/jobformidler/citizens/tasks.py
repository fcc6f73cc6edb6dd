"""Background work about citizens: making copies of everything held, and ending them."""

import base64
import hashlib

from django.db import DatabaseError
from django.utils import translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jobformidler.citizens.actions.rights import COPY_LASTS
from jobformidler.citizens.enums import ExportStatus
from jobformidler.citizens.export import Table, pack, tables
from jobformidler.citizens.export.reading import exported
from jobformidler.citizens.models import DataExport
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality


@app.task(name="citizens.make_export", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def make_export(export_id: int, municipality_id: int) -> None:
    """Make the copy; how far it has come stands on the row. A job that runs again begins anew."""
    municipality = Municipality.objects.get(pk=municipality_id)
    with db.enter(municipality, reason="export: begin"):
        rows = DataExport.objects.filter(pk=export_id, status__in=(ExportStatus.WAITING, ExportStatus.RUNNING))
        export = rows.select_related("citizen__municipality").first()
        if export is None:
            return
        rows.update(status=ExportStatus.RUNNING, progress=0, total=len(exported()))
    try:
        _make(export, municipality)
    except (DatabaseError, MemoryError, ValueError) as error:
        with db.enter(municipality, reason="export: failed"):
            DataExport.objects.filter(pk=export_id).update(status=ExportStatus.FAILED, error=type(error).__name__)
        raise


def _make(export: DataExport, municipality: Municipality) -> None:
    found: list[Table] = []
    with db.enter(municipality, reason="export: read"), translation.override("da"):
        for number, table in enumerate(tables(export.citizen), start=1):
            found.append(table)
            if number % 10 == 0:
                DataExport.objects.filter(pk=export.pk).update(progress=number)
        at = clock.now()
        data = pack(export.citizen, [table for table in found if table.rows], clock.local_date(at))
        DataExport.objects.filter(pk=export.pk).update(
            status=ExportStatus.READY,
            progress=len(found),
            content=base64.b64encode(data).decode(),
            digest=hashlib.sha256(data).hexdigest(),
            size=len(data),
            ready_at=at,
            expires_at=at + COPY_LASTS,
        )


@app.periodic(cron="17 * * * *")
@app.task(name="citizens.end_exports", queueing_lock="citizens.end_exports")
def end_exports(timestamp: int) -> None:
    """Empty the copies that can no longer be fetched."""
    for municipality in Municipality.objects.order_by("code"):
        with db.enter(municipality, reason="export: expired"):
            DataExport.objects.filter(status=ExportStatus.READY, expires_at__lte=clock.now()).update(
                status=ExportStatus.EXPIRED, content=None
            )


from jobformidler.citizens import audit_tasks  # noqa: E402, F401  registers the jobs of the access log
