"""Who is looking: a user with the memberships in force today, read once a request."""

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from jobformidler.accounts.enums import BOARD_ROLES, CASE_ROLES, EMPLOYER_ROLES, Role
from jobformidler.accounts.models import Membership, User
from jobformidler.core import db
from jobformidler.core.models import Municipality

#: Roles at the municipality that reach nothing but citizens with a relation to the person.
OUTSIDE_ROLES = frozenset({Role.CITIZEN, Role.PROFESSIONAL})


@dataclass(frozen=True)
class Viewer:
    """A user in one municipality on one day: the argument of every `visible_to`.

    `case_units` are the units whose cases the user works on; `whole_municipality` is true for a leader without unit.
    `from_outside` is true for whoever has no role in the employment effort itself: a provider's people, a professional
    of another administration, a citizen.
    """

    user: User
    day: dt.date
    municipality: Municipality
    roles: frozenset[str] = field(default_factory=frozenset)
    case_units: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()
    whole_municipality: bool = False
    from_outside: bool = False
    #: The moment of the request: emergency access ends at a time of day. Without a moment there is none.
    at: dt.datetime | None = None
    #: The role and unit the access log names.
    function: str = ""
    unit_id: int | None = None

    def has(self, *roles: str) -> bool:
        """Whether the user has one of the roles."""
        return bool(self.roles & set(roles))

    @property
    def sees_employers(self) -> bool:
        """The shared register of employers and places (EMP-03)."""
        return bool(self.roles & EMPLOYER_ROLES)

    @property
    def sees_board(self) -> bool:
        """The board."""
        return bool(self.roles & BOARD_ROLES)

    @property
    def is_administrator(self) -> bool:
        """Configuration; no case access."""
        return Role.ADMINISTRATOR in self.roles


def within_bounds(viewer: Viewer | None, day: dt.date) -> AbstractContextManager[None]:
    """What the database shows while the viewer is at work: the municipality, or only what somebody from outside may reach.

    Somebody without a role in force reaches no citizen at all (`core.bounds`, GOV-02).
    """
    if viewer is None:
        return db.narrow(day=day)
    if not viewer.from_outside:
        return nullcontext()
    return db.narrow(organisations=viewer.organisations, person=viewer.user.pk, day=day)


def viewer_for(
    user: User, day: dt.date, memberships: list[Membership] | None = None, at: dt.datetime | None = None
) -> Viewer | None:
    """The viewer of a user's active memberships, None without any. One query (none when they are handed in)."""
    if memberships is None:
        memberships = list(
            Membership.objects.active_on(day)
            .filter(user=user)
            .select_related("municipality", "organisation")
            .order_by("pk")
        )
    if not memberships:
        return None
    municipality = memberships[0].municipality
    mine = [m for m in memberships if m.municipality_id == municipality.pk]
    main = next((m for m in mine if m.unit_id), mine[0])
    return Viewer(
        user=user,
        day=day,
        municipality=municipality,
        roles=frozenset(m.role for m in mine),
        case_units=tuple(sorted({m.unit_id for m in mine if m.unit_id and m.role in CASE_ROLES})),
        organisations=tuple(sorted({m.organisation_id for m in mine if m.organisation.kind != "municipality"})),
        from_outside=not any(m.organisation.kind == "municipality" and m.role not in OUTSIDE_ROLES for m in mine),
        whole_municipality=any(m.role == Role.TEAM_LEADER and m.unit_id is None for m in mine),
        at=at,
        function=main.role,
        unit_id=main.unit_id,
    )
