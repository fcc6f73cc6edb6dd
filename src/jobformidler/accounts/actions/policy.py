"""How people of a municipality log in."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds
from jobformidler.accounts.enums import AssuranceLevel, Role
from jobformidler.accounts.models import LoginPolicy, User
from jobformidler.accounts.perms import administers
from jobformidler.core import rows
from jobformidler.core.actions import action, allow, check, check_version
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality

#: Hosts that may be asked without TLS: the machine itself, for trying things out.
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
FIELDS = tuple(f.name for f in LoginPolicy._meta.fields if f.name not in {"id", "municipality", "version"})


@action
def change_login_policy(
    *, municipality: Municipality, by: User | None, at: dt.datetime, version: int | None = None, **changes: Any
) -> LoginPolicy:
    """Change how people log in; it counts from the next login, the length of sessions from their next minute.

    Raises StaleError when somebody saved since `version` was read, ActionError for what cannot work: an issuer without
    TLS on another machine, a table with unknown roles or levels.
    """
    allow(administers(by, municipality, local_date(at)))
    check(set(changes) <= set(FIELDS), _("There is no such setting."))
    LoginPolicy.objects.get_or_create(municipality=municipality)
    row = LoginPolicy.objects.select_for_update().get(municipality=municipality)
    check_version(row, version, changes)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    _check_tables(row)
    rows.validate(row, only=set(changed))
    if changed:
        row.version += 1
        row.save()
        record(event_kinds.POLICY_CHANGED, municipality, by=by, at=at, fields=sorted(changed))
    return row


def _check_tables(row: LoginPolicy) -> None:
    row.issuer = row.issuer.strip()
    parts = urlsplit(row.issuer)
    check(not row.issuer or (parts.hostname and not parts.query), _("Write the whole address."), "issuer")
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OWN_MACHINE)
    check(not row.issuer or safe, _("The address must begin with https."), "issuer")
    unknown = sorted(set(row.role_map.values()) - set(Role.values))
    check(not unknown, _("These roles are not known: %(roles)s") % {"roles": ", ".join(unknown)}, "role_map")
    unknown = sorted(set(row.level_map.values()) - set(AssuranceLevel.values))
    check(not unknown, _("These levels are not known: %(levels)s") % {"levels": ", ".join(unknown)}, "level_map")
    check(set(row.second_factor_roles) <= set(Role.values), _("There is no such role."), "second_factor_roles")
    needs = not row.claim_organisation or row.organisation_value
    check(needs, _("Write what the claim holds for your organisation."), "organisation_value")
