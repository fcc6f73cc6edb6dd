"""The person: registering and editing basic data (CIT-01)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import Unit, User
from jobformidler.citizens import event_kinds as kinds
from jobformidler.citizens.actions.relations import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.perms import may_write, works_in
from jobformidler.core import clock
from jobformidler.core.actions import ActionError, action, allow, check
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.events import record
from jobformidler.core.models import Municipality
from jobformidler.core.rows import change, create

EDITABLE = frozenset(
    {
        "first_name",
        "last_name",
        "preferred_name",
        "birth_date",
        "address",
        "postal_code",
        "city",
        "municipality_code",
        "phone",
        "email",
        "benefit",
        "benefit_from",
        "protected_address",
    }
)


@action
def register_citizen(
    *,
    cpr: str,
    first_name: str,
    last_name: str,
    unit: Unit,
    by: User | None,
    at: dt.datetime,
    birth_date: dt.date | None = None,
    municipality_code: int | None = None,
    **values: Any,
) -> Citizen:
    """Register a person in the effort, whatever the benefit, and give the unit's team a relation (CIT-01, CIT-20).

    `cpr` in any usual spelling; `birth_date` must be given for a replacement number. `values`: further basic data.
    Raises ActionError for an impossible CPR number or a person who is registered already.
    """
    from jobformidler.core.tabular.cpr import CprError, is_replacement, normalise_cpr
    from jobformidler.core.tabular.cpr import birth_date as stated

    allow(works_in(by, unit, clock.local_date(at)))
    _only_editable(values)
    try:
        number = normalise_cpr(cpr)
    except CprError as error:
        raise ActionError({"cpr": str(error)}) from error
    check(
        birth_date or not is_replacement(number),
        _("Write the date of birth: a replacement number does not tell it."),
        "birth_date",
    )
    municipality = Municipality.objects.get(pk=unit.municipality_id)
    citizen = create(
        Citizen,
        municipality=municipality,
        cpr=number,
        cpr_hash=keyed_hash(number),
        birth_date=birth_date or stated(number),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        unit=unit,
        municipality_code=municipality_code or municipality.code,
        **values,
    )
    relate(citizen=citizen, kind=RelationKind.TEAM, unit=unit, since=clock.local_date(at))
    record(kinds.REGISTERED, citizen, by=by, at=at, citizen_id=citizen.pk)
    return citizen


@action
def edit_citizen(*, citizen: Citizen, version: int | None, by: User | None, at: dt.datetime, **changes: Any) -> Citizen:
    """Correct basic data. Raises StaleError when somebody saved a newer version with other values."""
    allow(may_write(by, citizen, clock.local_date(at)))
    _only_editable(changes)
    changed = change(citizen, version=version, **changes)
    if changed:
        record(kinds.EDITED, citizen, by=by, at=at, citizen_id=citizen.pk, fields=changed)
    return citizen


def _only_editable(values: dict[str, Any]) -> None:
    unknown = set(values) - EDITABLE
    if unknown:
        raise TypeError(f"not basic data of a citizen: {', '.join(sorted(unknown))}")
