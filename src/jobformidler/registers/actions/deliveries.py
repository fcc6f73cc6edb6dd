"""A file on its way in through the screens: received, its columns chosen, started or put aside (CIT-01, EMP-01, JOB-01)."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.enums import DeliveryStatus
from jobformidler.core.events import record
from jobformidler.core.ingest import quarantine
from jobformidler.core.ingest.privacy import hide_cpr
from jobformidler.core.models import ColumnMapping, Delivery, Municipality
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers import store
from jobformidler.registers.perms import may_deliver

#: Characters of a file's own name we show; a path a browser sends along is cut off.
LONGEST_NAME = 200


@action
def receive_file(
    *,
    municipality: Municipality,
    kind: str,
    file_name: str,
    stored_as: str,
    by: User,
    at: dt.datetime,
    mapping: Mapping[str, str] | None = None,
) -> Delivery:
    """Note a file that was uploaded and kept under `stored_as`; nothing of it is read in yet."""
    allow(may_deliver(by, municipality, local_date(at)))
    name = hide_cpr(file_name.replace("\\", "/").rsplit("/", 1)[-1])
    return Delivery.objects.create(
        municipality=municipality,
        kind=kind,
        file_name="".join(char for char in name if char.isprintable())[:LONGEST_NAME] or "-",
        stored_as=stored_as,
        status=DeliveryStatus.PREVIEW,
        by=by,
        at=at,
        headers={"mapping": dict(mapping or {}), "counted": False},
    )


@action
def choose_columns(*, delivery: Delivery, mapping: Mapping[str, str], by: User, at: dt.datetime) -> Delivery:
    """Say which of our columns each header means; empty leaves it out. What would happen is counted anew."""
    allow(may_deliver(by, delivery.municipality, local_date(at)))
    row = _locked(delivery)
    check(row.status == DeliveryStatus.PREVIEW, _("This has already changed. Load the page again."))
    row.headers = {"mapping": dict(mapping), "counted": False}
    row.read = row.inserted = row.updated = row.unchanged = row.quarantined = row.progress = 0
    row.error = ""
    row.save()
    row.quarantine.all().delete()
    return row


@action
def save_mapping(*, delivery: Delivery, name: str, by: User, at: dt.datetime) -> ColumnMapping:
    """Keep the columns chosen for this file under a name, for later files; the same name replaces what it held."""
    allow(may_deliver(by, delivery.municipality, local_date(at)))
    check(name.strip(), _("Write a name for the columns."), "name")
    check(len(name.strip()) <= 80, _("The name is too long."), "name")
    mapping, _new = ColumnMapping.objects.update_or_create(
        municipality_id=delivery.municipality_id,
        kind=delivery.kind,
        name=name.strip(),
        defaults={"headers": delivery.headers.get("mapping", {})},
    )
    record(kinds.MAPPING_SAVED, mapping, by=by, at=at, name=mapping.name)
    return mapping


@action
def start_delivery(*, delivery: Delivery, by: User, at: dt.datetime) -> bool:
    """Read the file in the background. Started once: a second click returns False and changes nothing."""
    from jobformidler.registers.tasks import read_delivery

    allow(may_deliver(by, delivery.municipality, local_date(at)))
    row = _locked(delivery)
    if row.status != DeliveryStatus.PREVIEW:
        return False
    check(row.headers.get("counted"), _("The file has not been looked through yet."))
    row.status, row.progress = DeliveryStatus.WAITING, 0
    row.save(update_fields=["status", "progress"])
    read_delivery.defer(delivery_id=row.pk, municipality_id=row.municipality_id)
    return True


@action
def discard_delivery(*, delivery: Delivery, by: User | None, at: dt.datetime) -> bool:
    """Put a file aside unread: the file and what we noted about it are deleted. Returns False when it has been started."""
    allow(may_deliver(by, delivery.municipality, local_date(at)))
    row = _locked(delivery)
    if row.status != DeliveryStatus.PREVIEW:
        return False
    store.forget(row.stored_as)
    record(kinds.DELIVERY_DISCARDED, row, by=by, at=at, file_kind=row.kind)
    row.delete()
    return True


@action
def fetch_quarantine(*, delivery: Delivery, path: Path, by: User, at: dt.datetime) -> int:
    """Write the refused lines, CPR numbers and all, to `path`; who fetched them is recorded. Returns how many."""
    allow(may_deliver(by, delivery.municipality, local_date(at)))
    count = quarantine.write_file(delivery, path)
    record(kinds.QUARANTINE_FETCHED, delivery, by=by, at=at, rows=count)
    return count


def _locked(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
