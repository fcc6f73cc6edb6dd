"""What every page of a case shows around its content: the head, the tabs and who may do what."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Choose
from django.db.models import IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from jobformidler.casework.enums import AppointmentStatus, CaseRole, CaseStatus
from jobformidler.casework.models import Appointment, Assignment, Case
from jobformidler.casework.perms import WORKERS
from jobformidler.citizens import display
from jobformidler.citizens.enums import RelationKind, RestrictedUse
from jobformidler.citizens.models import Restriction
from jobformidler.core import clock
from jobformidler.placements.enums import BEFORE_START, RUNNING
from jobformidler.placements.models import Placement
from jobformidler.web import danish
from jobformidler.web.cases.words import capital, joined, link, moment_words, since_words
from jobformidler.web.http import Request


@dataclass(frozen=True)
class Member:
    """Somebody who fills a role in the case today."""

    role: str
    user_id: int
    name: str
    phone: str
    email: str
    title: str
    since: dt.date

    @property
    def first_name(self) -> str:
        """The name used in sentences."""
        return self.name.split(" ")[0]


@dataclass
class Around:
    """The case with its people, next appointment and current placement: read once a page."""

    case: Case
    today: dt.date
    now: dt.datetime
    people: list[Member] = field(default_factory=list)
    appointments: list[dict[str, Any]] = field(default_factory=list)
    placement: Placement | None = None
    restricted: str = ""
    more: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def member(self, role: str) -> Member | None:
        """Who fills the role today."""
        return next((person for person in self.people if person.role == role), None)

    @property
    def jobformidler(self) -> Member | None:
        """The one primary jobformidler."""
        return self.member(CaseRole.JOBFORMIDLER)

    @property
    def caseworker(self) -> Member | None:
        """The caseworker with authority."""
        return self.member(CaseRole.CASEWORKER)

    @property
    def tandem(self) -> list[Member]:
        """Jobformidler and caseworker, those there are."""
        return [person for person in (self.jobformidler, self.caseworker) if person]

    def next_appointment(self) -> dict[str, Any] | None:
        """The first planned appointment from today on."""
        return self.appointments[0] if self.appointments else None


def as_json(rows: QuerySet, **fields: Any) -> ArraySubquery:
    """The rows as a list of objects inside another query; dates arrive as ISO text."""
    return ArraySubquery(rows.values(row=JSONObject(**fields)))


def around(case: Case, now: dt.datetime, **more: ArraySubquery) -> Around:
    """Read what stands around a page of the case in two queries; `more` adds lists to the first of them."""
    today = clock.local_date(now)
    people = Assignment.objects.active_on(today).filter(case=OuterRef("pk")).order_by("pk")
    planned = Appointment.objects.filter(
        case=OuterRef("pk"), status=AppointmentStatus.PLANNED, at__gte=clock.at_time(today, 0)
    ).order_by("at")
    held = Restriction.objects.in_force().filter(citizen=OuterRef("citizen"))
    lists: dict[str, ArraySubquery] = {
        "people": as_json(
            people,
            role="role",
            user_id="user_id",
            name="user__name",
            phone="user__phone",
            email="user__email",
            title="user__title",
            since="period__startswith",
        ),
        "appointments": as_json(planned[:3], pk="pk", at="at", what="what", where="where"),
        "restricted": as_json(held, pk="pk", uses="uses"),
        **more,
    }
    found = Case.objects.filter(pk=case.pk).values_list(*lists.values()).get()
    row = dict(zip(lists, found, strict=True))
    return Around(
        case=case,
        today=today,
        now=now,
        people=[Member(**{**person, "since": dt.date.fromisoformat(person["since"])}) for person in row["people"]],
        appointments=[{**item, "at": dt.datetime.fromisoformat(item["at"])} for item in row["appointments"]],
        placement=current_placement(case),
        restricted=_restricted_words(row["restricted"]),
        more={name: row[name] for name in more},
    )


def _restricted_words(rows: list[dict[str, Any]]) -> str:
    """What the data may still be used for, while its use is restricted; else empty."""
    labels = dict(RestrictedUse.choices)
    return joined([str(labels[use]) for use in rows[0]["uses"]]) if rows else ""


def current_placement(case: Case) -> Placement | None:
    """The placement the case is about now: one under way before one being prepared, the newest first."""
    order = Choose(When(status__in=RUNNING, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = (
        Placement.objects.filter(case=case, status__in=[*RUNNING, *BEFORE_START])
        .select_related("workplace", "contact")
        .order_by(order, "-pk")
        .first()
    )
    if found:
        found.case = case
    return found


def state_sentence(seen: Around) -> str:
    """The state of the case as a sentence with its date; a placement under way says it better than the case does."""
    case, placement = seen.case, seen.placement
    if placement and placement.status in RUNNING and case.status != CaseStatus.CLOSED:
        return since_words(placement.get_status_display(), "", placement.status_since, seen.today)
    if case.status == CaseStatus.CLOSED:
        day = danish.day_near(case.status_since, weekday=False, year=case.status_since.year != seen.today.year)
        return _("Closed %(day)s: %(outcome)s") % {"day": day, "outcome": case.get_outcome_display()}
    return since_words(case.get_status_display(), case.status, case.status_since, seen.today)


def facts(seen: Around) -> list[tuple[str, Any]]:
    """The three facts under the name: tandem, workplace, next appointment."""
    tandem: Any = joined([person.name for person in seen.tandem])
    if not seen.jobformidler or not seen.caseworker:
        missing = _("jobformidler missing") if not seen.jobformidler else _("caseworker missing")
        tandem = format_html(
            '{}<a class="due" href="{}">{}</a>',
            f"{tandem}, " if tandem else "",
            link("case_people", seen.case.pk),
            missing,
        )
    workplace: Any = _("Not found yet")
    if seen.placement:
        place, url = seen.placement.workplace, link("workplace", seen.placement.workplace_id)
        name = format_html('<a href="{}">{}</a>', url, place.name) if url else place.name
        workplace = format_html("{}, {}", name, seen.placement.contact.name) if seen.placement.contact else name
    upcoming = seen.next_appointment()
    if upcoming:
        meeting: Any = format_html(
            "<strong>{}</strong>, {}", capital(moment_words(upcoming["at"], seen.today)), upcoming["what"]
        )
    else:
        meeting = format_html('<a href="{}">{}</a>', link("case_appointment", seen.case.pk), _("Make an appointment"))
    return [(_("Jobformidler and caseworker"), tandem), (_("Workplace"), workplace), (_("Next appointment"), meeting)]


def tabs(case: Case, current: str) -> list[dict[str, Any]]:
    """The eight parts of a case."""
    names = [
        ("case", _("Now")),
        ("case_timeline", _("Timeline")),
        ("case_cv", _("CV")),
        ("case_plan", _("Plan")),
        ("case_placements", _("Placements")),
        ("case_people", _("People")),
        ("case_rights", _("Rights and deadlines")),
        ("case_documents", _("Documents")),
    ]
    return [{"label": label, "url": link(name, case.pk), "current": name == current} for name, label in names]


def verbs(seen: Around) -> list[tuple[str, str]]:
    """The five verbs of "Register" in a case."""
    running = seen.placement is not None and seen.placement.status in RUNNING
    return verb_links(seen.case.pk, seen.placement.pk if running and seen.placement else None)


def verb_links(case: int, running: int | None) -> list[tuple[str, str]]:
    """The five verbs; hours go to the placement under way, else to the list of placements."""
    return [
        (_("Conversation"), reverse("case_conversation", args=[case])),
        (_("Contact"), reverse("case_contact", args=[case])),
        (_("Placement"), reverse("placement_new", args=[case])),
        (_("Hours"), reverse("hours", args=[running]) if running else reverse("case_placements", args=[case])),
        (_("Note"), reverse("case_note", args=[case])),
    ]


def works_here(request: Request, seen: Around) -> bool:
    """Whether buttons that register are shown; the actions decide for themselves. No query."""
    viewer = request.viewer
    mine = any(person.user_id == viewer.user.pk and person.role in WORKERS for person in seen.people)
    return mine or seen.case.unit_id in viewer.case_units or viewer.whole_municipality


def show(
    request: Request,
    template: str,
    tab: str,
    context: dict[str, Any] | None = None,
    *,
    seen: Around | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the case inside its head and tabs."""
    seen = seen or around(request.case, clock.now())
    works = works_here(request, seen)
    asks = "form" in (context or {})  # a form has its own primary button, and a screen has one
    citizen = seen.case.citizen
    head = {
        "back": _("Citizens"),
        "back_url": link("caseload"),
        "name": citizen.full_name,
        "state": state_sentence(seen),
        "badge_text": display.mark(citizen),
        "badge_kind": "waiting",
        "facts": facts(seen),
        "verbs": verbs(seen) if works and seen.case.status != CaseStatus.CLOSED and not asks else [],
    }
    return render(
        request,
        template,
        {
            "seen": seen,
            "case": seen.case,
            "citizen": citizen,
            "head": head,
            "tabs": tabs(seen.case, tab),
            "works": works,
            "emergency": getattr(seen.case, "seen_as", "") == RelationKind.BREAK_GLASS,
            "open": seen.case.status != CaseStatus.CLOSED,
            "today": seen.today,
            "now": seen.now,
            **(context or {}),
        },
        status=status,
    )
