"""The editable lists: an entry is renamed or taken out of use, never removed, since registrations point at its code."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds
from jobformidler.accounts.models import User
from jobformidler.accounts.perms import administers
from jobformidler.core import lists
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import ListItem, Municipality


@action
def add_item(*, municipality: Municipality, name: str, label: str, by: User | None, at: dt.datetime) -> ListItem:
    """A new entry at the end of the list `name`; its code is made from the label and never changes.

    Raises ActionError for an unknown list, an empty label or a label the list already has.
    """
    allow(administers(by, municipality, local_date(at)))
    entries = ListItem.objects.filter(list=name)
    check(entries.exists(), _("There is no such list."))
    code = slugify(label.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")).replace("-", "_")[:60]
    check(code, _("Write what the entry is called."), "label")
    check(
        not entries.filter(label__iexact=label.strip()).exists() and not entries.filter(code=code).exists(),
        _("The list already has this entry."),
        "label",
    )
    last = entries.aggregate(last=Max("position"))["last"]
    item = ListItem.objects.create(list=name, code=code, label=label.strip(), position=last + 10)
    _said(item, municipality, by, at)
    return item


@action
def rename_item(*, municipality: Municipality, item: ListItem, label: str, by: User | None, at: dt.datetime) -> None:
    """Another label for the same entry; old registrations show the new label too."""
    allow(administers(by, municipality, local_date(at)))
    check(label.strip(), _("Write what the entry is called."), "label")
    others = ListItem.objects.filter(list=item.list, label__iexact=label.strip()).exclude(pk=item.pk)
    check(not others.exists(), _("The list already has this entry."), "label")
    item.label = label.strip()
    item.save(update_fields=["label"])
    _said(item, municipality, by, at)


@action
def move_item(*, municipality: Municipality, item: ListItem, up: bool, by: User | None, at: dt.datetime) -> None:
    """Swap the entry with the one above or below; nothing happens at the end of the list."""
    allow(administers(by, municipality, local_date(at)))
    rows = list(ListItem.objects.select_for_update().filter(list=item.list))
    here = next(i for i, row in enumerate(rows) if row.pk == item.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        row.position = position * 10
    ListItem.objects.bulk_update(rows, ["position"])
    _said(item, municipality, by, at)


@action
def use_item(*, municipality: Municipality, item: ListItem, active: bool, by: User | None, at: dt.datetime) -> None:
    """Take the entry out of use or back; history keeps showing its label. One entry at least stays in use."""
    allow(administers(by, municipality, local_date(at)))
    others = ListItem.objects.filter(list=item.list, active=True).exclude(pk=item.pk).exists()
    check(active or others, _("One entry at least must stay in use."))
    item.active = active
    item.save(update_fields=["active"])
    _said(item, municipality, by, at)


def _said(item: ListItem, municipality: Municipality, by: User | None, at: dt.datetime) -> None:
    record(event_kinds.LIST_CHANGED, item, by=by, at=at, list=item.list, code=item.code, label=item.label)
    transaction.on_commit(lambda: lists.forget(item.list))
    lists.forget(item.list)
