"""What an administrator does when something stands still, and tidying of saved column mappings."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds
from jobformidler.accounts.models import User
from jobformidler.accounts.perms import administers
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import HANDLERS, record
from jobformidler.core.models import ColumnMapping, FailedHandler
from jobformidler.core.tasks import handle_event


@action
def rerun_handler(*, failed: FailedHandler, by: User | None, at: dt.datetime) -> None:
    """Put a failed handler into the queue again; it is idempotent, so a second run does no harm.

    Raises ActionError when it has run well since, or when the handler no longer exists.
    """
    allow(administers(by, failed.municipality, local_date(at)))
    check(failed.resolved_at is None, _("It has run well since."))
    check(failed.handler in HANDLERS, _("This handler is no longer part of the product."))
    handle_event.defer(event_id=failed.event_id, handler=failed.handler, municipality_id=failed.municipality_id)
    record(event_kinds.HANDLER_RERUN, failed, by=by, at=at, handler=failed.handler)


@action
def remove_mapping(*, mapping: ColumnMapping, by: User | None, at: dt.datetime) -> None:
    """Forget a saved translation of column headers; files already read are not touched."""
    allow(administers(by, mapping.municipality, local_date(at)))
    record(event_kinds.MAPPING_REMOVED, mapping, by=by, at=at, name=mapping.name)
    mapping.delete()
