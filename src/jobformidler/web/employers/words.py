"""How workplaces and contacts with them are said on screens."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.core import clock
from jobformidler.core.lists import labels
from jobformidler.employers.industries import industry_name
from jobformidler.employers.models import EmployerContact, Workplace
from jobformidler.web import danish
from jobformidler.web.cases.words import capital, day_words


def facts_of(workplace: Workplace) -> str:
    """ "34 ansatte, privat, handel": what the register says, and nothing for what it does not."""
    parts = []
    if workplace.employees is not None:
        number = danish.number(workplace.employees)
        parts.append(ngettext("%(n)s employee", "%(n)s employees", workplace.employees) % {"n": number})
    if workplace.sector:
        parts.append(workplace.get_sector_display())
    parts.append(str(industry_name(workplace.industry_code)))
    if workplace.short_educated_jobs:
        jobs = danish.number(workplace.short_educated_jobs)
        parts.append(
            ngettext(
                "%(n)s job for the short-educated", "%(n)s jobs for the short-educated", workplace.short_educated_jobs
            )
            % {"n": jobs}
        )
    if workplace.absence_percent is not None:
        parts.append(_("%(n)s per cent sickness absence") % {"n": danish.number(workplace.absence_percent, places=1)})
    return capital(", ".join(filter(None, parts)))


def address_of(workplace: Workplace) -> str:
    """ "Havnevej 1, 9990 Fjordby"."""
    return ", ".join(filter(None, (workplace.address, f"{workplace.postal_code} {workplace.city}".strip())))


def purpose_words(code: str) -> str:
    """The purpose of a contact in lower case, for use inside a sentence (list "contact_purpose")."""
    label = labels("contact_purpose").get(code, code)
    return label[:1].lower() + label[1:]


def step_words(text: str, on: dt.date | None, today: dt.date, person: str = "") -> str:
    """ "Besøg, tirsdag 1. december, Birte Vejbred": what, when, and whom to approach."""
    return ", ".join(filter(None, (text, day_words(on, today) if on else "", person)))


def approach_words(contact: EmployerContact) -> str:
    """Whom the next contact is for: the person we know, or the level at which nobody is known yet (EMP-02)."""
    if contact.next_person:
        return f"{contact.next_person.name} ({contact.get_next_level_display()})"
    if contact.next_level:
        return _("%(level)s, nobody known yet") % {"level": contact.get_next_level_display()}
    return ""


def promise_words(contact: EmployerContact, today: dt.date) -> str:
    """The next contact in words: what, when, in which form, to whom."""
    form = contact.get_next_channel_display() if contact.next_channel else ""
    return ", ".join(
        filter(None, (step_words(contact.next_step, contact.next_step_on, today), form, approach_words(contact)))
    )


def open_promises(log: list[EmployerContact]) -> list[EmployerContact]:
    """Contacts whose next step still stands: none was held on or after its date (or, undated, later than it).

    `log` is standing contacts, the newest first.
    """
    found = []
    for index, contact in enumerate(log):
        if not contact.next_step:
            continue
        later = log[:index]
        due = contact.next_step_on
        kept = any(due is None or clock.local_date(other.at) >= due for other in later)
        if not kept:
            found.append(contact)
    return sorted(found, key=lambda c: (c.next_step_on is None, c.next_step_on or dt.date.max, c.pk))


def log_entries(log: list[EmployerContact], today: dt.date) -> list[dict[str, Any]]:
    """The contact log as entries of a timeline."""
    entries = []
    for contact in log:
        text = capital(purpose_words(contact.purpose))
        if contact.person:
            text = _("%(purpose)s, with %(person)s") % {"purpose": text, "person": contact.person.name}
        if contact.channel:
            text = f"{text} ({contact.get_channel_display()})"
        entries.append(
            {
                "pk": contact.pk,
                "at": danish.day_near(contact.at, weekday=False, year=contact.at.year != today.year),
                "iso": contact.at.isoformat(),
                "moment": contact.at,
                "text": text,
                "note": contact.note,
                "next": promise_words(contact, today) if contact.next_step else "",
                "who": contact.by.name,
                "withdrawn": contact.withdrawn_reason if contact.withdrawn_at else "",
            }
        )
    return entries


def case_entries(contacts: Iterable[Any], today: dt.date) -> list[dict[str, Any]]:
    """Contacts registered in cases as entries of the log: what kind, and about whom where `seen` says so."""
    entries = []
    for contact in contacts:
        kind = contact.get_kind_display()
        name = contact.case.citizen.full_name if contact.seen else ""
        entries.append(
            {
                "at": danish.day_near(contact.at, weekday=False, year=contact.at.year != today.year),
                "iso": contact.at.isoformat(),
                "moment": contact.at,
                "text": kind if name else _("%(kind)s about a citizen") % {"kind": kind},
                "name": name,
                "url": reverse("case_timeline", args=[contact.case_id]) if name else "",
                "who": contact.by.name if contact.by else _("the system"),
            }
        )
    return entries
