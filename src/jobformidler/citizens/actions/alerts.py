"""Looks that were unusual: found by rules that can be read out, handled by a person with a note (GOV-05).

An alert is about a look, never about a person: nobody is counted up, compared or ranked.
"""

import datetime as dt
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import ExtractHour, TruncDate
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens import event_kinds
from jobformidler.citizens.access_enums import AlertKind, AlertState
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import AccessAlert, AccessLog, AuditPolicy, StaffHome, StaffPrivacy
from jobformidler.citizens.watch import is_security_officer, policy_of
from jobformidler.core import clock, rows
from jobformidler.core.actions import action, allow, check
from jobformidler.core.events import record
from jobformidler.core.models import Municipality


@action
def change_policy(
    *, municipality: Municipality, by: User | None, at: dt.datetime, version: int | None = None, **changes: int
) -> AuditPolicy:
    """Change what counts as many, and how long emergency access lasts. Raises StaleError and ActionError."""
    allow(is_security_officer(by, municipality, clock.local_date(at)))
    policy, _new = AuditPolicy.objects.get_or_create(municipality=municipality)
    changed = rows.change(policy, version=version, **changes)
    if changed:
        record(event_kinds.AUDIT_POLICY_CHANGED, policy, by=by, at=at, fields=sorted(changed))
    return policy


@action
def protect_staff(
    *,
    municipality: Municipality,
    user: User,
    name_hidden: bool,
    by: User | None,
    at: dt.datetime,
    address: str = "",
    postal_code: str = "",
) -> StaffPrivacy:
    """Say whether citizens see the employee's name, and where the employee lives (both may be empty)."""
    allow(is_security_officer(by, municipality, clock.local_date(at)))
    filled = bool(address.strip())
    check(not filled or (len(postal_code) == 4 and postal_code.isdigit()), _("Write four digits."), "postal_code")
    tenant = {"municipality": municipality}
    privacy, _new = StaffPrivacy.objects.update_or_create(user=user, defaults={**tenant, "name_hidden": name_hidden})
    if filled:
        home = {**tenant, "address": address.strip(), "postal_code": postal_code}
        StaffHome.objects.update_or_create(user=user, defaults=home)
    else:
        StaffHome.objects.filter(user=user).delete()
    record(event_kinds.STAFF_PROTECTED, user, by=by, at=at)
    return privacy


@action
def find_alerts(*, municipality: Municipality, since: dt.datetime, at: dt.datetime) -> int:
    """Look through the looks from `since` up to `at`; returns how many alerts are new. Doing it again changes nothing."""
    log = AccessLog.objects.between(since, at).by_others().exclude(user=None).annotate(day=TruncDate("at"))
    new = sum(_tell(municipality, **found) for found in _about_one(log))
    policy = policy_of(municipality)
    new += sum(_tell(municipality, **found) for found in _about_many(log, policy))
    return new


def _about_one(log: Any) -> list[dict[str, Any]]:
    bare = Q(relation="") | Q(relation=RelationKind.BREAK_GLASS)
    groups = log.values(
        "user_id",
        "user__name",
        "citizen_id",
        "citizen__last_name",
        "citizen__address",
        "citizen__postal_code",
        "day",
    ).annotate(n=Count("pk"), first=Min("at"), last=Max("at"), bare=Count("pk", filter=bare))
    homes = {home.user_id: (_plain(str(home.address)), home.postal_code) for home in StaffHome.objects.all()}
    found = []
    for row in groups.order_by("day", "user_id", "citizen_id"):
        kinds = []
        if row["user__name"].split()[-1:] == row["citizen__last_name"].split()[-1:]:
            kinds.append(AlertKind.SURNAME)
        home = homes.get(row["user_id"])
        if home and home == (_plain(row["citizen__address"]), row["citizen__postal_code"]):
            kinds.append(AlertKind.ADDRESS)
        if row["bare"]:
            kinds.append(AlertKind.NO_RELATION)
        found += [
            {
                "kind": kind,
                "user_id": row["user_id"],
                "citizen_id": row["citizen_id"],
                "day": row["day"],
                "count": row["bare"] if kind == AlertKind.NO_RELATION else row["n"],
                "first_at": row["first"],
                "last_at": row["last"],
            }
            for kind in kinds
        ]
    return found


def _about_many(log: Any, policy: AuditPolicy) -> list[dict[str, Any]]:
    """Volume: different citizens whose pages were shown to one user within a day, and within an hour by the clock."""
    shown = log.shown()
    windows = (
        (AlertKind.VOLUME_DAY, policy.volume_day, shown.values("user_id", "day")),
        (
            AlertKind.VOLUME_HOUR,
            policy.volume_hour,
            shown.annotate(hour=ExtractHour("at")).values("user_id", "day", "hour"),
        ),
    )
    found = []
    for kind, limit, groups in windows:
        counted = groups.annotate(n=Count("citizen_id", distinct=True), first=Min("at"), last=Max("at"))
        found += [
            {
                "kind": kind,
                "user_id": row["user_id"],
                "citizen_id": None,
                "day": row["day"],
                "hour": row.get("hour"),
                "count": row["n"],
                "limit": limit,
                "first_at": row["first"],
                "last_at": row["last"],
            }
            for row in counted.filter(n__gt=limit).order_by("day", "user_id")
        ]
    return found


def _tell(
    municipality: Municipality,
    *,
    kind: str,
    user_id: int,
    citizen_id: int | None,
    day: dt.date,
    count: int,
    first_at: dt.datetime,
    last_at: dt.datetime,
    hour: int | None = None,
    limit: int | None = None,
) -> bool:
    """Make the alert or bring it up to date; one that was handled opens again when there were looks after that."""
    key = {"kind": kind, "user_id": user_id, "citizen_id": citizen_id, "day": day, "hour": hour}
    values = {"count": count, "first_at": first_at, "last_at": last_at, "limit": limit}
    alert, new = AccessAlert.objects.get_or_create(municipality=municipality, **key, defaults=values)
    if new:
        return True
    if alert.handled_at is not None:
        if last_at <= alert.handled_at:
            return False
        values |= {"state": AlertState.OPEN, "handled_at": None, "handled_by": None}
    if any(getattr(alert, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(alert, name, value)
        alert.save()
    return False


@action
def handle_alert(
    *, alert: AccessAlert, state: str, note: str, by: User | None, at: dt.datetime, version: int | None = None
) -> AccessAlert:
    """Say what came of an alert. Raises ActionError without a note, StaleError when somebody else has handled it."""
    allow(is_security_officer(by, alert.municipality, clock.local_date(at)))
    allow(by is None or by.pk != alert.user_id)
    check(state in (AlertState.JUSTIFIED, AlertState.REPORTED), _("Choose what came of it."), "state")
    check(note.strip(), _("Write what you found out."), "note")
    rows.change(alert, version=version, state=state, note=note.strip(), handled_by=by, handled_at=at)
    record(event_kinds.ALERT_HANDLED, alert, by=by, at=at, state=state)
    return alert


def _plain(address: str) -> str:
    return " ".join(address.lower().replace(",", " ").replace(".", " ").split())
