"""How places are said on screens."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.core.lists import labels
from jobformidler.core.periods import last_day
from jobformidler.openings.models import Place
from jobformidler.web import danish


def hours_words(place: Place) -> str:
    """ "5–10 timer om ugen", "15 timer om ugen"."""
    low, high = danish.hours(place.hours_min), danish.hours(place.hours_max)
    amount = high if low == high else f"{low}–{high}"
    return _("%(hours)s hours a week") % {"hours": amount}


def free_words(free: int, starts_on: dt.date, today: dt.date) -> str:
    """ "1 plads ledig", "2 pladser ledige fra 30. november", "ingen ledig plads"."""
    if free < 1:
        return _("no free place")
    if starts_on <= today:
        return ngettext("%(n)s place free", "%(n)s places free", free) % {"n": free}
    day = danish.day_near(starts_on, weekday=False, year=starts_on.year != today.year)
    return ngettext("%(n)s place free from %(day)s", "%(n)s places free from %(day)s", free) % {"n": free, "day": day}


def stale_days(place: Place, today: dt.date, limit: int) -> int:
    """Days since the workplace last confirmed the place, when that is more than the limit; else 0 (JOB-06)."""
    age = (today - place.confirmed_on).days
    return age if age > limit else 0


def stale_words(days: int) -> str:
    """ "Ikke bekræftet i 70 dage"; empty for a fresh place."""
    return _("Not confirmed for %(days)s") % {"days": danish.days(days)} if days else ""


def accommodation_words(codes: list[str]) -> list[str]:
    """The known considerations in words (list "accommodation")."""
    known = labels("accommodation")
    return [known.get(code, code) for code in codes]


def accommodated(place: Place) -> list[str]:
    """Everything the workplace has said it can take into account: known considerations, then its own words."""
    own = [place.accommodates_other.rstrip(".")] if place.accommodates_other else []
    return [*accommodation_words(place.accommodates), *own]


def place_line(place: Any, today: dt.date, stale_limit: int) -> dict[str, Any]:
    """A place as a row; the place has `taken` annotated."""
    stale = stale_days(place, today, stale_limit)
    free = place.capacity - place.taken
    return {
        "id": f"plads-{place.pk}",
        "pk": place.pk,
        "name": place.title,
        "url": reverse("place", args=[place.pk]),
        "kind": place.get_kind_display(),
        "hours": hours_words(place),
        "free": free_words(free, place.starts_on, today),
        "full": free < 1,
        "paid": place.paid_hours_expected,
        "accommodates": ", ".join(text[:1].lower() + text[1:] for text in accommodated(place)),
        "stale": stale_words(stale),
        "confirm_url": reverse("place_confirm", args=[place.pk]),
    }


def period_words(place: Place, today: dt.date) -> str:
    """ "fra 30. november", "30. november til 15. januar 2027"; the last day is included, as people write it."""

    def said(day: dt.date) -> str:
        return danish.day_near(day, weekday=False, year=day.year != today.year)

    end = last_day(place.ends_on)
    if end:
        return _("%(first)s to %(last)s") % {"first": said(place.starts_on), "last": said(end)}
    return _("from %(day)s") % {"day": said(place.starts_on)}
