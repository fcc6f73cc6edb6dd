"""Who may see a citizen, and the log of who did."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import Organisation, Unit, User
from jobformidler.accounts.viewer import Viewer
from jobformidler.citizens.models import AccessLog, Citizen, Relation
from jobformidler.core.actions import ActionError, action
from jobformidler.core.periods import open_from


@action
def log_access(*, citizen: Citizen, viewer: Viewer, page: str, at: dt.datetime, relation: str = "") -> AccessLog:
    """Write that the viewer opened a page of the citizen, and on what relation (GOV-05)."""
    relation = (
        relation
        or Relation.objects.of(viewer)
        .filter(citizen=citizen)
        .order_by("user_id", "pk")
        .values_list("kind", flat=True)
        .first()
    )
    return AccessLog.objects.create(
        municipality_id=citizen.municipality_id,
        citizen=citizen,
        user=viewer.user,
        at=at,
        page=page,
        relation=relation or "",
    )


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
    )


@action
def end_relation(*, relation: Relation, on: dt.date) -> None:
    """End a relation: `on` is the first day without it. One that has not begun is removed."""
    if relation.period.lower >= on:
        relation.delete()
        return
    relation.period = open_from(relation.period.lower, on)
    relation.save(update_fields=["period"])
