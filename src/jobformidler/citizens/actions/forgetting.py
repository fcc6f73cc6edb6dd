"""Anonymising a citizen: names, numbers and texts go in every table; dates, hours, kinds and steps stay (GOV-15)."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens import rights_events as kinds
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Anonymisation, Citizen, LegalHold, Relation
from jobformidler.core import events
from jobformidler.core.actions import action, check
from jobformidler.core.retention.blank import NAME, blank
from jobformidler.core.retention.run import forget
from jobformidler.core.retention.table import TABLE, personal_columns
from jobformidler.core.retention.ways import about_citizens, histories, rows_of

#: Tables only the database's own function may change.
APPEND_ONLY = {"messaging.Letter": "messaging_letter", "core.Event": "core_event"}
BATCH = 500


@action
def anonymise_citizen(*, citizen: Citizen, rule: str, at: dt.datetime) -> dict[str, int]:
    """Anonymise everything about the citizen by the table of classification; returns counts by table.

    Runs as the worker's role, in one transaction, once: a citizen who is anonymised is left alone. Raises ActionError
    while a legal hold stands. History rows go, since they hold the old values.
    """
    citizen = Citizen.objects.select_for_update().get(pk=citizen.pk)
    if Anonymisation.objects.filter(citizen=citizen).exists():
        return {}
    check(
        not LegalHold.objects.in_force().filter(citizen=citizen).exists(),
        _("There is a legal hold. Nothing is deleted while it stands."),
    )
    done: Counter[str] = Counter()
    logins = _own_logins(citizen)
    pasts = histories()
    for model in about_citizens():
        rows = rows_of(model, citizen.pk)
        assert rows is not None
        label = model._meta.label
        ids = list(rows.values_list("pk", flat=True))
        if not ids:
            continue
        if label in APPEND_ONLY:
            if TABLE[label].rows == "delete" or personal_columns(model):
                done[label] = forget(APPEND_ONLY[label], ids)
        elif TABLE[label].rows == "delete":
            done[label] = rows.delete()[0]
        elif personal_columns(model):
            done[label] = _empty(model, ids)
        if model in pasts:
            done[pasts[model]._meta.label] = forget(pasts[model]._meta.db_table, ids)
    done["accounts.User"] = _close_logins(logins)
    made = Anonymisation.objects.create(
        municipality_id=citizen.municipality_id,
        citizen=citizen,
        at=at,
        rule=rule,
        counts={label: number for label, number in sorted(done.items()) if number},
    )
    events.record(kinds.ANONYMISED, made, by=None, at=at, citizen_id=citizen.pk)
    return made.counts


def _empty(model: type[models.Model], ids: list[Any]) -> int:
    """Write what is left into each column, a batch at a time."""
    ways = personal_columns(model)
    fields = [field for field in model._meta.local_fields if field.column in ways]
    changed = 0
    for start in range(0, len(ids), BATCH):
        rows = list(model._meta.base_manager.filter(pk__in=ids[start : start + BATCH]))
        for row in rows:
            for field in fields:
                setattr(row, field.attname, blank(field, getattr(row, field.attname), ways[str(field.column)], row))
        model._meta.base_manager.bulk_update(rows, [field.name for field in fields])
        changed += len(rows)
    return changed


def _own_logins(citizen: Citizen) -> list[int]:
    found = Relation.objects.filter(citizen=citizen, kind=RelationKind.SELF, user__isnull=False)
    return [pk for pk in found.values_list("user_id", flat=True) if pk is not None]


def _close_logins(ids: list[int]) -> int:
    """A citizen's own login: nobody can use it, and it names nobody. One who is an employee too keeps the login."""
    from jobformidler.accounts.enums import Role

    closed = 0
    for user in User.objects.filter(pk__in=ids).prefetch_related("memberships"):
        if any(row.role != Role.CITIZEN for row in user.memberships.all()):
            continue
        user.email, user.name, user.phone, user.title = f"anonym-{user.pk}@invalid.example", NAME, "", ""
        user.is_active = False
        user.set_unusable_password()
        user.save()
        for name in ("second_factor", "recovery_codes", "login_sessions", "identities"):
            related = User._meta.get_field(name)
            related.related_model._meta.base_manager.filter(**{related.field.name: user}).delete()  # type: ignore[union-attr]
        closed += 1
    return closed
