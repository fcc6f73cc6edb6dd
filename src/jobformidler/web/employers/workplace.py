"""The page of one workplace: what every consultant sees before calling (EMP-03)."""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import EMPLOYER_ROLES
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.models import Case, Contact, Presentation
from jobformidler.core import clock
from jobformidler.employers.models import ContactPerson, EmployerContact, Workplace, WorkplaceTies
from jobformidler.employers.purposes import PRESENTING
from jobformidler.openings.models import Place
from jobformidler.placements.enums import BEFORE_START, RUNNING
from jobformidler.placements.models import Placement
from jobformidler.web import danish
from jobformidler.web.cases.words import ago, capital, day_words, link
from jobformidler.web.employers.register import counted
from jobformidler.web.employers.words import (
    address_of,
    case_entries,
    facts_of,
    log_entries,
    open_promises,
    promise_words,
    purpose_words,
)
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.placements.advice import rooms_of
from jobformidler.web.places.words import place_line

LOG = 20


def with_log(log: list[dict[str, Any]], workplace: Workplace, viewer: Viewer, most: int) -> list[dict[str, Any]]:
    """The log with the contacts registered in cases that named the workplace, the newest first (CON-01).

    Whose case it was is told to those who may see it; what was said stays in the case.
    """
    contacts = (
        Contact.objects.standing()
        .filter(workplace=workplace)
        .annotate(seen=Exists(Case.objects.visible_to(viewer).filter(pk=OuterRef("case"))))
        .select_related("case__citizen", "by")
        .order_by("-at", "-pk")[:most]
    )
    return sorted([*log, *case_entries(contacts, viewer.day)], key=lambda entry: entry["moment"], reverse=True)


def name_presented(entries: list[dict[str, Any]], log: list[EmployerContact], viewer: Viewer) -> None:
    """Say whom a contact presented, to those who may see the citizen (MAT-05). One query, none without such contacts."""
    asked = [contact.pk for contact in log if contact.purpose == PRESENTING]
    if not asked:
        return
    rows = Presentation.objects.filter(contact__in=asked, case__in=Case.objects.visible_to(viewer).values("pk"))
    known = {row.contact_id: row.case for row in rows.select_related("case__citizen")}
    for entry in entries:
        case = known.get(entry["pk"])
        if case is not None:
            entry["name"], entry["url"] = case.citizen.full_name, reverse("case", args=[case.pk])


def where_words(workplace: Workplace, viewer: Viewer) -> str:
    """Whether the workplace is in our municipality, by its code (EMP-01)."""
    if workplace.municipality_code is None:
        return ""
    inside = workplace.municipality_code == viewer.municipality.code
    return _("In our municipality") if inside else _("In another municipality")


def placements_at(workplace: Workplace, viewer: Viewer) -> list[Any]:
    """Placements under way or being prepared; `seen` says whether the viewer may see whose it is."""
    return list(
        Placement.objects.filter(workplace=workplace, status__in=[*RUNNING, *BEFORE_START])
        .annotate(seen=Exists(Case.objects.visible_to(viewer).filter(pk=OuterRef("case"))))
        .select_related("case__citizen", "contact")
        .order_by("starts_on", "pk")
    )


def people_here(placements: list[Any], today: dt.date) -> tuple[list[dict[str, Any]], int]:
    """Who is there today: those the viewer works with by name, and how many others."""
    running = [p for p in placements if p.status in RUNNING]
    known = [
        {
            "name": p.case.citizen.full_name,
            "url": reverse("case", args=[p.case_id]),
            "state": p.get_status_display(),
            "since": danish.day_near(p.starts_on, weekday=False, year=p.starts_on.year != today.year),
            "contact": p.contact.name if p.contact else "",
            "follow_up": link("follow_up", p.pk),
        }
        for p in running
        if p.seen
    ]
    return known, len(running) - len(known)


def agreements_under_way(placements: list[Any], today: dt.date) -> tuple[list[dict[str, Any]], int]:
    """Agreements being prepared: those the viewer may open, and how many others."""
    before = [p for p in placements if p.status in BEFORE_START]
    known = [
        {
            "name": p.case.citizen.full_name,
            "url": link("agreement", p.pk) or reverse("case", args=[p.case_id]),
            "state": p.get_status_display(),
            "since": ago(p.status_since, today),
        }
        for p in before
        if p.seen
    ]
    return known, len(before) - len(known)


def others_words(count: int) -> str:
    """How many people one may not see by name."""
    return (
        ngettext("and %(n)s citizen others follow", "and %(n)s citizens others follow", count) % {"n": count}
        if count
        else ""
    )


def facts(workplace: Any, contacts: list[ContactPerson], promises: list[EmployerContact], today: dt.date) -> list[Any]:
    """Our contact, theirs with level, last contact and the next promise: what one reads before calling."""
    if workplace.last_at:
        last = capital(day_words(clock.local_date(workplace.last_at), today))
        said = _("%(day)s, %(purpose)s") % {"day": last, "purpose": purpose_words(workplace.last_purpose)}
        who = format_html('{}<br><span class="help">{}</span>', workplace.last_by, workplace.last_by_phone or "")
    else:
        said, who = _("No contact yet"), format_html("{}", _("Nobody yet"))
    theirs: Any = _("Not found yet")
    if contacts:
        first = contacts[0]
        theirs = format_html(
            '{}<br><span class="help">{}</span>',
            first.name,
            ", ".join(filter(None, (first.title or first.get_level_display(), first.phone))),
        )
    promise: Any = _("None")
    if promises:
        promise = promise_words(promises[0], today)
        due = promises[0].next_step_on
        if due and due < today:
            promise = format_html('<strong class="late">{}</strong>', promise)
    return [
        (_("Contact person with us"), who),
        (_("Contact person with them"), theirs),
        (_("Last contact"), said),
        (_("Next promise"), promise),
    ]


def our_contact(workplaces: Any) -> Any:
    """The workplaces with the phone of whoever was in contact last, and with their networks and agreements."""
    ties = WorkplaceTies.objects.filter(workplace=OuterRef("pk"))
    last = EmployerContact.objects.standing().filter(workplace=OuterRef("pk")).order_by("-at", "-pk")
    return workplaces.with_last_contact().annotate(
        last_by_phone=Subquery(last.values("by__phone")[:1]),
        networks=Subquery(ties.values("networks")[:1]),
        agreements=Subquery(ties.values("agreements")[:1]),
    )


@roles(*EMPLOYER_ROLES)
def workplace(request: Request, pk: int) -> HttpResponse:
    """One workplace: contact persons, last contact and next promise; what is open, who is there, and the whole log."""
    viewer, today = request.viewer, request.viewer.day
    rows = our_contact(Workplace.objects.visible_to(viewer).select_related("employer"))
    place_of_work: Any = get_object_or_404(rows, pk=pk)
    contacts = list(
        ContactPerson.objects.visible_to(viewer)
        .filter(workplace=place_of_work)
        .order_by(F("active").desc(), "name", "pk")
    )
    all_log = list(EmployerContact.objects.visible_to(viewer).filter(workplace=place_of_work).for_list()[: LOG * 5])
    promises = open_promises([entry for entry in all_log if not entry.withdrawn_at])
    taken = Placement.objects.taking_a_place().filter(opening=OuterRef("pk"))
    places = (
        Place.objects.visible_to(viewer)
        .open_on(today)
        .filter(workplace=place_of_work)
        .annotate(taken=counted(taken, "opening"))
        .order_by("title", "pk")
    )
    placements = placements_at(place_of_work, viewer)
    people, more_people = people_here(placements, today)
    agreements, more_agreements = agreements_under_way(placements, today)
    still = [person for person in contacts if person.active]
    everything = request.GET.get("log") == "alle"
    room, banner = rooms_of(viewer.municipality.pk, [place_of_work], today)
    written = log_entries(all_log, today)
    name_presented(written, all_log, viewer)
    log = with_log(written, place_of_work, viewer, LOG * 5)
    return render(
        request,
        "employers/workplace.html",
        {
            "workplace": place_of_work,
            "where": where_words(place_of_work, viewer),
            "lead": ". ".join(filter(None, (address_of(place_of_work), facts_of(place_of_work)))),
            "facts": facts(place_of_work, still, promises, today),
            "contacts": still,
            "gone": [person for person in contacts if not person.active],
            "log": log if everything else log[:LOG],
            "more_log": not everything and len(log) > LOG,
            "promises": [
                {"text": promise_words(one, today), "who": one.by.name,
                 "late": bool(one.next_step_on and one.next_step_on < today)}
                for one in promises
            ],
            "places": [place_line(place, today, viewer.municipality.stale_place_days) for place in places],
            "room": room.get(place_of_work.pk, ""),
            "room_banner": banner,
            "people": people,
            "more_people": others_words(more_people),
            "agreements": agreements,
            "more_agreements": others_words(more_agreements),
        },
    )  # fmt: skip
