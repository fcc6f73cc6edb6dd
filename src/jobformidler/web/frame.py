"""What every page's frame shows: menu by role, who I am, what waits for me, the demo strip. At most one query a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobformidler.accounts.enums import Role
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.models import Attention
from jobformidler.core import clock
from jobformidler.web.me.rooms import ROOMS

MOST_ENTRIES = 7
#: The citizen's own pages at the bottom of a phone.
OWN_SHORTCUTS = ("me", "my_plan", "my_work", "write_to_us")
#: Roles that find no citizen, workplace or place: their pages have no search field.
WITHOUT_SEARCH = frozenset({Role.CITIZEN, Role.SECURITY_OFFICER})
#: Reasons that stand behind the number at "Aftaler".
AGREEMENT_REASONS = ("signature", "approval", "draft_waiting")
#: Reasons that stand behind the number at "Til afgørelse".
DECISION_REASONS = ("approval", "recommendation", "hearing_over", "decision_undelivered", "complaint_due")


@dataclass(frozen=True)
class Entry:
    """One entry of the menu: `names` are URL names, the first that exists is used; `below` further paths it covers."""

    label: str | Promise
    names: tuple[str, ...]
    icon: str = ""
    counts: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """An entry with its address, as the templates read it."""

    label: str | Promise
    url: str
    icon: str = ""
    count: int = 0
    current: bool = False


DEADLINES = Entry(_("Deadlines"), ("deadlines",), "time", below=("/frister/",))
TODAY = Entry(_("Today"), ("today",), "list-check", "today")
CITIZENS = Entry(_("Citizens"), ("caseload",), "persons", below=("/borgere/", "/sag/", "/henvendelse/"))
EMPLOYERS = Entry(_("Employers"), ("employers",), "business", below=("/virksomheder/",))
PLACES = Entry(_("Places and tasks"), ("places",), "assignment", below=("/pladser/",))
AGREEMENTS = Entry(_("Agreements"), ("agreements",), "document", "agreements", ("/aftale/", "/forloeb/"))
FOR_DECISION = Entry(
    _("For decision"),
    ("for_decision",),
    "document",
    "for_decision",
    ("/afgoerelse/", "/klage/", "/aftaler/", "/aftale/", "/forloeb/"),
)
FILES = Entry(_("Register files"), ("ingest",), "upload", below=("/indlaesning/",))
CALENDAR = Entry(_("Calendar"), ("calendar",), "calendar-month")

#: The main menu by role, in the order a user with several roles meets them.
MENU: dict[str, tuple[Entry, ...]] = {
    Role.JOBFORMIDLER: (TODAY, CITIZENS, DEADLINES, EMPLOYERS, PLACES, AGREEMENTS, CALENDAR),
    Role.CASEWORKER: (
        DEADLINES,
        TODAY,
        CITIZENS,
        Entry(_("Referrals"), ("referrals",), "send"),
        FOR_DECISION,
        CALENDAR,
    ),
    Role.TEAM_LEADER: (
        Entry(_("The board"), ("board",), "analytics"),
        Entry(_("Team and caseloads"), ("caseloads",), "groups"),
        TODAY,
        CITIZENS,
        DEADLINES,
        Entry(_("Goals"), ("goals",), "flag"),
        EMPLOYERS,
        FILES,
    ),
    Role.MANAGEMENT: (
        Entry(_("The board"), ("board",), "analytics"),
        Entry(_("Team and caseloads"), ("caseloads",), "groups"),
        Entry(_("Goals"), ("goals",), "flag"),
        Entry(_("Employment plan"), ("employment_plans",), "document"),
        EMPLOYERS,
        PLACES,
    ),
    Role.EMPLOYER_CONSULTANT: (
        EMPLOYERS,
        replace(PLACES, label=_("Places and job orders")),
        Entry(_("Campaigns"), ("campaigns",), "flag"),
        Entry(_("Networks"), ("networks",), "groups"),
        Entry(_("Contact plan"), ("contact_plan",), "calendar-month"),
    ),
    Role.ADMINISTRATOR: (
        Entry(_("Setup"), ("setup",), "settings", below=("/opsaetning/",)),
        Entry(_("Users and roles"), ("users",), "persons"),
        FILES,
        Entry(_("Access log"), ("access_log",), "visibility"),
        Entry(_("Rule sets"), ("rules",), "document"),
        Entry(_("Job queue"), ("jobs",), "list-check"),
    ),
    Role.SECURITY_OFFICER: (
        Entry(_("Access log"), ("access_log",), "visibility"),
        Entry(_("Unusual look-ups"), ("access_alerts",), "warning"),
        Entry(_("Emergency access"), ("emergency_list",), "lock"),
        Entry(_("The log's seal"), ("access_seal",), "check"),
    ),
    Role.PROFESSIONAL: (Entry(_("Shared plans"), ("shared_plans",), "groups"),),
    Role.CITIZEN: tuple(Entry(room.label, (room.name,), room.icon) for room in ROOMS if room.menu),
}
#: Where each role lands after login (STEER-17); the first page that exists.
LANDING: dict[str, tuple[str, ...]] = {
    Role.JOBFORMIDLER: ("today", "caseload"),
    Role.CASEWORKER: ("deadlines", "today", "caseload"),
    Role.TEAM_LEADER: ("board", "caseload"),
    Role.MANAGEMENT: ("board",),
    Role.EMPLOYER_CONSULTANT: ("employers",),
    Role.ADMINISTRATOR: ("setup",),
    Role.SECURITY_OFFICER: ("access_log",),
    Role.PROFESSIONAL: ("shared_plans",),
    Role.CITIZEN: ("me",),
}
SHORTCUTS = (TODAY, CITIZENS, Entry(pgettext_lazy("verb", "Register"), ("register",), "plus"), CALENDAR)


def find(*names: str) -> str:
    """The address of the first of these URL names that exists, else empty."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def _broken() -> bool:
    """Whether this is an error page, drawn inside the transaction the error broke: nothing can be read there."""
    return bool(transaction.get_connection().needs_rollback)


def landing(viewer: Viewer) -> str:
    """The viewer's first page by role; the own account where a role has no page of its own yet."""
    for role, names in LANDING.items():
        if viewer.has(role) and (url := find(*names)):
            return url
    return find("account")


class Frame:
    """The frame of one request; what costs a query is read only when a template asks."""

    def __init__(self, viewer: Viewer, path: str):
        self.viewer = viewer
        self.path = path

    @cached_property
    def counts(self) -> dict[str, int]:
        """People who need me now, agreements that wait for me, and tasks due by the end of the day. One query."""
        none = {"today": 0, "agreements": 0, "for_decision": 0, "due": 0}
        if _broken() or not self.viewer.has(Role.JOBFORMIDLER, Role.CASEWORKER):
            return none
        now = clock.now()
        tonight = clock.at_time(now.date() + dt.timedelta(days=1), 0)
        return none | Attention.objects.showing_at(now).owned_by(self.viewer.user).aggregate(
            today=Count("case", distinct=True),
            agreements=Count("case", distinct=True, filter=Q(reason__in=AGREEMENT_REASONS)),
            for_decision=Count("case", distinct=True, filter=Q(reason__in=DECISION_REASONS)),
            due=Count("pk", filter=Q(due__lt=tonight)),
        )

    def entries(self) -> list[tuple[Entry, str]]:
        """The entries of the viewer's roles that have a page, each page once."""
        found: dict[str, Entry] = {}
        for role, entries in MENU.items():
            if self.viewer.has(role):
                for entry in entries:
                    if url := find(*entry.names):
                        found.setdefault(url, entry)
        return [(entry, url) for url, entry in found.items()][:MOST_ENTRIES]

    def _links(self, entries: list[tuple[Entry, str]]) -> list[Link]:
        covers = [(p, url) for entry, url in entries for p in (url, *entry.below) if self.path.startswith(p)]
        current = max(covers, key=lambda pair: len(pair[0]), default=("", ""))[1]
        return [
            Link(e.label, url, e.icon, self.counts[e.counts] if e.counts else 0, url == current) for e, url in entries
        ]

    @cached_property
    def nav(self) -> list[Link]:
        """The menu."""
        return self._links(self.entries())

    @cached_property
    def bottom_nav(self) -> list[Link]:
        """Up to four shortcuts on a phone, for those who work with citizens; a citizen has the own pages there."""
        if self.viewer.roles == {Role.CITIZEN}:
            mine = [(entry, url) for entry, url in self.entries() if entry.names[0] in OWN_SHORTCUTS]
            return self._links(mine) if len(mine) > 1 else []
        if not self.viewer.has(Role.JOBFORMIDLER, Role.CASEWORKER):
            return []
        return self._links([(entry, url) for entry in SHORTCUTS if (url := find(*entry.names))])


def context(request: HttpRequest) -> dict[str, object]:
    """Template context of the frame; nothing for strangers, whose pages say themselves whose they are."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {}
    frame = Frame(viewer, request.path)
    return {
        "me": {"name": viewer.user.name, "initials": ""},
        "session_seconds": request.session.get_expiry_age() if hasattr(request, "session") else 0,
        "nav": lambda: frame.nav,
        "bottom_nav": lambda: frame.bottom_nav,
        "has_tasks": viewer.has(Role.JOBFORMIDLER, Role.CASEWORKER) and not _broken(),
        "tasks_due": lambda: frame.counts["due"],
        "searches": bool(viewer.roles - WITHOUT_SEARCH),
        "demo_banner": viewer.municipality.is_demo,
        "municipality_name": viewer.municipality.name,
        "unit_name": viewer.municipality.unit_name,
        "employer_entry_name": viewer.municipality.employer_entry_name,
    }
