"""The logins of a demonstration, shown openly because nothing in a demonstration is real."""

import datetime as dt

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership
from jobformidler.core.models import Municipality

#: The one password of every user of the fictional municipality.
PASSWORD = "fjordby-demo-2026"  # noqa: S105  # shown on the login page of a demonstration, useless anywhere else


def demo_logins(day: dt.date) -> list[tuple[str, str, str]]:
    """(name, role, e-mail) of the first user of each role in the demonstration; empty without one. Two queries."""
    demo = Municipality.objects.filter(is_demo=True).order_by("pk").first()
    if demo is None:
        return []
    shifted = day + (demo.clock_shift or dt.timedelta(0))
    first: dict[str, Membership] = {}
    rows = Membership.objects.active_on(shifted).filter(municipality=demo, user__is_active=True)
    for row in rows.select_related("user").order_by("role", "pk").distinct("role"):
        first[row.role] = row
    return [(first[role].user.name, str(role.label), first[role].user.email) for role in Role if role in first]
