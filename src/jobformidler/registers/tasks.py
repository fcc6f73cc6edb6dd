"""Background reading of delivered files. A job that runs again after its worker died starts from the beginning."""

import datetime as dt
import logging
import time

from django.db import DatabaseError
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from jobformidler.core import clock, db
from jobformidler.core.actions import ActionError
from jobformidler.core.enums import DeliveryStatus
from jobformidler.core.ingest import read_file
from jobformidler.core.ingest.privacy import hide_cpr
from jobformidler.core.ingest.reading import fail
from jobformidler.core.models import Delivery, Municipality
from jobformidler.core.tabular import FileError
from jobformidler.registers import store
from jobformidler.registers.actions.deliveries import discard_delivery

log = logging.getLogger(__name__)
EVERY = 0.5  # seconds between two looks at the progress
#: An uploaded file nobody decided about is deleted after a day.
KEEP_UNREAD = dt.timedelta(days=1)


@app.task(name="registers.read_delivery")
def read_delivery(delivery_id: int, municipality_id: int) -> None:
    """Read a delivery that was started."""
    read_stored(delivery_id=delivery_id, municipality_id=municipality_id, dry_run=False)


@app.task(name="registers.count_delivery")
def count_delivery(delivery_id: int, municipality_id: int) -> None:
    """Find out what reading a delivery would do, for the preview of a large file."""
    read_stored(delivery_id=delivery_id, municipality_id=municipality_id, dry_run=True)


def read_stored(*, delivery_id: int, municipality_id: int, dry_run: bool) -> None:
    """Read a stored file, or count what that would do. Whatever goes wrong stands on the delivery as one sentence."""
    municipality = Municipality.objects.get(pk=municipality_id)
    expected = [DeliveryStatus.PREVIEW] if dry_run else [DeliveryStatus.WAITING, DeliveryStatus.RUNNING]
    with db.enter(municipality, reason="ingest: start"):
        delivery = (
            Delivery.objects.select_related("municipality", "by").filter(pk=delivery_id, status__in=expected).first()
        )
        if delivery is None:  # discarded, or read by the job that was thought dead
            return
        if not dry_run:
            Delivery.objects.filter(pk=delivery_id).update(status=DeliveryStatus.RUNNING, progress=0)
        at = clock.now()
    try:
        read_file(
            kind=delivery.kind,
            path=store.path_of(delivery.stored_as),
            municipality=municipality,
            by=delivery.by,
            at=at,
            mapping=delivery.headers.get("mapping"),
            delivery=delivery,
            dry_run=dry_run,
            progress=_Progress(delivery),
        )
    except FileError as error:
        _stop(delivery, str(error), at, dry_run)
    except FileNotFoundError:
        _stop(delivery, _("The file is no longer here. Upload it again."), at, dry_run)
    except ActionError as error:
        _stop(delivery, " ".join(error.messages), at, dry_run)
    except (DatabaseError, OSError, MemoryError) as error:
        log.error("delivery %s was not read: %s", delivery_id, type(error).__name__)
        _stop(delivery, _("Something went wrong on the way, and nothing was registered. Try again."), at, dry_run)
    else:
        if not dry_run:
            _let_go(delivery)


def _stop(delivery: Delivery, sentence: str, at: dt.datetime, dry_run: bool) -> None:
    if dry_run:
        with db.enter(delivery.municipality, delivery.by, "ingest: failed"):
            Delivery.objects.filter(pk=delivery.pk).update(error=hide_cpr(sentence)[:500])
        return
    fail(delivery, sentence, at)
    _let_go(delivery)


def _let_go(delivery: Delivery) -> None:
    """Delete the file once its rows are in or refused; nothing needs it any more."""
    store.forget(delivery.stored_as)
    with db.enter(delivery.municipality, delivery.by, "ingest: file deleted"):
        Delivery.objects.filter(pk=delivery.pk).update(stored_as="")


class _Progress:
    """Writes how far the reading is, in a transaction of its own and not too often."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.last = time.monotonic()

    def __call__(self, lines: int) -> None:
        if time.monotonic() - self.last < EVERY and lines != self.delivery.read:
            return
        self.last = time.monotonic()
        with db.enter(self.delivery.municipality, self.delivery.by, "ingest: progress"):
            Delivery.objects.filter(pk=self.delivery.pk).update(progress=lines)


@app.periodic(cron="17 * * * *")
@app.task(name="registers.tidy_deliveries", queueing_lock="registers.tidy_deliveries")
def tidy_deliveries(timestamp: int) -> None:
    """Delete uploaded files that nobody decided about, and files no delivery knows."""
    known: set[str] = set()
    for municipality in Municipality.objects.order_by("code"):
        with db.enter(municipality, reason="ingest: tidy"):
            now = clock.now()
            for delivery in Delivery.objects.exclude(stored_as=""):
                old = delivery.status == DeliveryStatus.PREVIEW and delivery.at < now - KEEP_UNREAD
                if not (old and discard_delivery(delivery=delivery, by=None, at=now)):
                    known.add(delivery.stored_as)
    limit = dt.datetime.fromtimestamp(timestamp, tz=dt.UTC) - KEEP_UNREAD
    for name in store.older_than(limit):
        if name not in known:
            store.forget(name)
