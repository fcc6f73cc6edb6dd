"""Who may see a citizen, and the log of who did."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jobformidler.accounts.models import Organisation, Unit, User
from jobformidler.accounts.viewer import Viewer
from jobformidler.citizens.access_enums import Outcome
from jobformidler.citizens.looks import Look, kinds_of
from jobformidler.citizens.models import AccessLog, Citizen, Relation
from jobformidler.core.actions import ActionError, action
from jobformidler.core.periods import open_from


@action
def log_looks(
    *,
    looks: Sequence[Look],
    user: User | None,
    at: dt.datetime,
    outcome: str = Outcome.SHOWN,
    role: str = "",
    unit_id: int | None = None,
) -> None:
    """Write looks at citizens into the access log, in one statement (GOV-05). `outcome` is that of those not refused.

    `role` and `unit_id` are what the user was at that moment. Whoever shows something of a citizen calls this first.
    """
    AccessLog.objects.bulk_create(
        AccessLog(
            municipality_id=look.municipality_id,
            citizen_id=look.citizen_id,
            user=user,
            user_label=look.label[:120],
            role=role,
            unit_id=unit_id,
            at=at,
            page=look.page[:80],
            relation=look.relation,
            outcome=Outcome.REFUSED if look.refused else outcome,
        )
        for look in looks
    )


@action
def log_access(*, citizen: Citizen, viewer: Viewer, page: str, at: dt.datetime, relation: str = "") -> None:
    """Write that the viewer saw something of the citizen outside a request: a command, a job (GOV-05)."""
    kind = relation or kinds_of(viewer, [citizen.pk]).get(citizen.pk, "")
    look = Look(citizen.municipality_id, citizen.pk, page, kind)
    log_looks(looks=[look], user=viewer.user, at=at)


@action
def relate(
    *,
    citizen: Citizen,
    kind: str,
    since: dt.date,
    until: dt.date | None = None,
    user: User | None = None,
    unit: Unit | None = None,
    organisation: Organisation | None = None,
    powers: tuple[str, ...] = (),
    event_id: int | None = None,
    expires_at: dt.datetime | None = None,
) -> Relation:
    """Give a user, a unit or an organisation a relation to the citizen from `since` until (not including) `until`.

    Called by the actions of higher packages that assign, refer or agree. Raises ActionError without exactly one party.
    """
    if sum(party is not None for party in (user, unit, organisation)) != 1:
        raise ActionError(_("Choose one person, unit or organisation."))
    return Relation.objects.create(
        municipality_id=citizen.municipality_id,
        citizen=citizen,
        user=user,
        unit=unit,
        organisation=organisation,
        kind=kind,
        powers=list(powers),
        period=open_from(since, until),
        event_id=event_id,
        expires_at=expires_at,
    )


@action
def end_relation(*, relation: Relation, on: dt.date) -> None:
    """End a relation: `on` is the first day without it. One that has not begun is removed."""
    if relation.period.lower >= on:
        relation.delete()
        return
    relation.period = open_from(relation.period.lower, on)
    relation.save(update_fields=["period"])
