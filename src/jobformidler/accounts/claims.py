"""From what a login service says of somebody to who it is here and what they are. Pure: no request, no protocol.

This is the seam between protocols and people: OpenID Connect hands over claims, SAML would hand over attributes, and
both end in an `Identity` for `actions.sign_in_identity`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.enums import AssuranceLevel, Role
from jobformidler.accounts.models import LoginPolicy
from jobformidler.core.actions import ActionError

#: From least to most sure.
LEVELS = (AssuranceLevel.NONE, AssuranceLevel.LOW, AssuranceLevel.SUBSTANTIAL, AssuranceLevel.HIGH)


class IdentityRefusedError(ActionError):
    """The login service knows the person, but the person cannot come in; the message says why and what to do."""


@dataclass(frozen=True)
class Identity:
    """Somebody as a login service vouches for them. `roles` and `units` are ours, translated by the claim map."""

    issuer: str
    subject: str
    name: str
    email: str
    level: str
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def values(claims: Mapping[str, Any], path: str) -> list[str]:
    """The values of a claim as texts; dots lead into nested claims ("realm_access.roles"). Empty when it is not there."""
    found: Any = claims.get(path) if path else None
    if found is None and "." in path:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if found is None or isinstance(found, Mapping):
        return []
    return [str(value) for value in found] if isinstance(found, list | tuple) else [str(found)]


def level_of(policy: LoginPolicy, claims: Mapping[str, Any]) -> str:
    """The level of assurance: by the municipality's own table, else by the last word of the claim (NSIS names them)."""
    table = {str(key).casefold(): level for key, level in policy.level_map.items()}
    best = AssuranceLevel.NONE
    for value in values(claims, policy.claim_level):
        word = value.rstrip("/").replace(":", "/").rsplit("/", 1)[-1].casefold()
        level = table.get(value.casefold(), word)
        if level in LEVELS and LEVELS.index(level) > LEVELS.index(best):
            best = AssuranceLevel(level)
    return best


def identity(policy: LoginPolicy, issuer: str, claims: Mapping[str, Any]) -> Identity:
    """Who this is and what they are here.

    Raises IdentityRefusedError without a subject, from another organisation, or below the lowest level of assurance.
    """
    subject = values(claims, "sub")
    if not subject or not subject[0].strip():
        raise IdentityRefusedError(_("The login service did not say who you are. Try again."), "no_subject")
    if policy.claim_organisation and policy.organisation_value not in values(claims, policy.claim_organisation):
        raise IdentityRefusedError(_("Your login belongs to another organisation."), "organisation")
    level = level_of(policy, claims)
    if LEVELS.index(AssuranceLevel(level)) < LEVELS.index(AssuranceLevel(policy.minimum_level)):
        raise IdentityRefusedError(
            _("This way of logging in is not sure enough for what is kept here. Choose a stronger one."), "level"
        )
    roles = {policy.role_map.get(value) for value in values(claims, policy.claim_role)}
    units = values(claims, policy.claim_unit)
    return Identity(
        issuer=issuer,
        subject=subject[0],
        name=" ".join(values(claims, policy.claim_name)[:1]),
        email=" ".join(values(claims, policy.claim_email)[:1]),
        level=level,
        roles=tuple(sorted(role for role in roles if role in Role.values)),
        units=tuple(sorted({policy.unit_map.get(unit, unit) for unit in units})),
    )


def client_secret(policy: LoginPolicy) -> str:
    """The secret the login service gave us, from the environment or a file; empty for a public client.

    `JOBFORMIDLER_OIDC_SECRET_<code>` holds it, or `JOBFORMIDLER_OIDC_SECRET_FILE_<code>` names a file that does, where
    <code> is the municipality code.
    """
    code = policy.municipality.code
    named = os.environ.get(f"JOBFORMIDLER_OIDC_SECRET_FILE_{code}")
    if named:
        return Path(named).read_text(encoding="utf-8").strip()
    return os.environ.get(f"JOBFORMIDLER_OIDC_SECRET_{code}", "")
