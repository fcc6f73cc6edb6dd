"""Who watches over the looks at citizens, by which limits, and where the seals are written down (GOV-05)."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.accounts.models import Membership, User
from jobformidler.citizens.access_enums import AlertKind
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import AccessAlert, AccessLog, AccessSeal, AuditPolicy, Citizen, Relation
from jobformidler.core import clock
from jobformidler.core.models import Municipality


def own_access(citizen: Citizen, day: dt.date) -> Relation | None:
    """The citizen's own login in force on `day`. One query."""
    return (
        Relation.objects.active_on(day)
        .filter(citizen=citizen, kind=RelationKind.SELF)
        .select_related("user")
        .order_by("pk")
        .first()
    )


def may_open_emergency(user: User, citizen: Citizen, day: dt.date) -> bool:
    """Whether the user works on cases in the citizen's municipality on `day`."""
    mine = Membership.objects.active_on(day).with_roles(*CASE_ROLES)
    return user.is_active and mine.filter(user=user, municipality_id=citizen.municipality_id).exists()


def leads(user: User | None, citizen: Citizen, day: dt.date) -> bool:
    """Whether the user leads the citizen's unit, or the whole municipality, on `day`. None is the system."""
    if user is None:
        return True
    mine = Membership.objects.active_on(day).with_roles(Role.TEAM_LEADER)
    units = mine.filter(user=user, municipality_id=citizen.municipality_id).values_list("unit_id", flat=True)
    return user.is_active and any(unit in (None, citizen.unit_id) for unit in units)


def is_security_officer(user: User | None, municipality: Municipality, day: dt.date) -> bool:
    """Whether the user answers for the access log on `day`. None is the system."""
    if user is None:
        return True
    mine = Membership.objects.active_on(day).with_roles(Role.SECURITY_OFFICER)
    return user.is_active and mine.filter(user=user, municipality=municipality).exists()


def policy_of(municipality: Municipality) -> AuditPolicy:
    """The municipality's limits; the defaults where nothing is chosen. Not saved."""
    return AuditPolicy.objects.filter(municipality=municipality).first() or AuditPolicy(municipality=municipality)


def rows_of(alert: AccessAlert) -> Any:
    """The looks behind an alert, oldest first: what the rule saw."""
    start = clock.at_time(alert.day, alert.hour or 0)
    end = (
        start + dt.timedelta(hours=1) if alert.hour is not None else clock.at_time(alert.day + dt.timedelta(days=1), 0)
    )
    log = AccessLog.objects.between(start, end).filter(user_id=alert.user_id)
    if alert.citizen_id is not None:
        log = log.filter(citizen_id=alert.citizen_id)
    elif alert.kind in (AlertKind.VOLUME_DAY, AlertKind.VOLUME_HOUR):
        log = log.shown()
    return log.by_others().select_related("citizen", "unit").order_by("at", "pk")


def anchor_file(municipality: Municipality) -> Path:
    """Where the number and digest of every seal are kept beside the database: the end of a chain cannot be cut unseen."""
    return Path(settings.VAR) / "audit" / f"{municipality.code:03d}.seals"


def keep_anchor(municipality: Municipality, seal: AccessSeal) -> None:
    """Write the seal down beside the database, once its transaction has been kept."""
    file = anchor_file(municipality)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as out:
        out.write(f"{seal.number} {seal.digest}\n")
