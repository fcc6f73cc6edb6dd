"""Warnings of rules that are switched on, in words, each with the banner of its rules (RULE-01, danish.md §1)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.casework.models import Case
from jobformidler.core import lists
from jobformidler.employers.models import Workplace
from jobformidler.law import rule_set
from jobformidler.placements.agreement import Content
from jobformidler.placements.enums import PlacementKind
from jobformidler.placements.limits import FILLING, Limits, RoomAt, limits, longest, rooms
from jobformidler.placements.models import Placement
from jobformidler.placements.prefill import first_monday
from jobformidler.web import danish

WHO, PURPOSE = 1, 2


@dataclass(frozen=True)
class Advice:
    """A warning, and the paragraph of the agreement it belongs to."""

    paragraph: int
    sentence: str


def of_agreement(placement: Placement, content: Content, day: dt.date) -> list[Advice]:
    """What the rules say of an agreement with this content. One query while they are off, two while they are on."""
    found = limits(placement.municipality_id)
    kind, starts = content.get("kind") or placement.kind, content.get("starts_on")
    said = []
    if kind in FILLING and not placement.is_over:
        room = rooms(found, [placement.workplace], day, without=placement.pk).get(placement.workplace_id)
        if room is not None and (room.full or room.staff is None):
            said.append(Advice(WHO, f"{room_words(room)} {rule_set(room.rule_set).banner}."))
    if starts and content.get("last_on"):
        length = length_words(
            found,
            placement,
            kind=kind,
            starts_on=dt.date.fromisoformat(starts),
            last_on=dt.date.fromisoformat(content["last_on"]),
            day=day,
        )
        if length:
            said.append(Advice(PURPOSE, length))
    return said


def length_words(
    found: Limits, placement: Placement, *, kind: str, starts_on: dt.date, last_on: dt.date, day: dt.date
) -> str:
    """That an internship is longer than its rules allow; empty when it is not, or when no rule says."""
    benefit = placement.case.citizen.benefit
    last = longest(found, kind=kind, starts_on=starts_on, benefit=benefit, day=day)
    if last is None or last_on <= last.on:
        return ""
    weeks = ((last.on - starts_on).days + 1) // 7
    said = ngettext(
        "Longer than the rules allow: on %(benefit)s an internship lasts %(weeks)s at most, here until %(day)s.",
        "Longer than the rules allow: on %(benefit)s an internship lasts %(weeks)s at most, here until %(day)s.",
        weeks,
    ) % {
        "benefit": lists.labels("benefit").get(benefit, benefit).lower(),
        "weeks": danish.weeks(weeks),
        "day": danish.day_near(last.on, weekday=False, year=True),
    }
    return f"{said} {rule_set(last.rule_set).banner}."


def extension_words(placement: Placement, day: dt.date) -> str:
    """Until when an internship may be extended by its rules; empty when no rule says."""
    if placement.starts_on is None:
        return ""
    benefit = placement.case.citizen.benefit
    found = limits(placement.municipality_id)
    last = longest(found, kind=placement.kind, starts_on=placement.starts_on, benefit=benefit, day=day)
    if last is None:
        return ""
    said = _("By the rules the internship can last until %(day)s.") % {
        "day": danish.day_near(last.on, weekday=False, year=True)
    }
    return f"{said} {rule_set(last.rule_set).banner}."


def room_words(room: RoomAt) -> str:
    """How many places a workplace has and how many are filled. The banner of the rules stands beside it."""
    if room.staff is None:
        return _("How many are employed is not known, so rimelighedskravet cannot be counted.")
    if room.full:
        return ngettext(
            "No room by rimelighedskravet: %(places)s place, %(filled)s filled.",
            "No room by rimelighedskravet: %(places)s places, %(filled)s filled.",
            room.places,
        ) % {"places": danish.number(room.places), "filled": danish.number(room.filled)}
    return ngettext(
        "Room by rimelighedskravet: %(filled)s of %(places)s place filled.",
        "Room by rimelighedskravet: %(filled)s of %(places)s places filled.",
        room.places,
    ) % {"places": danish.number(room.places), "filled": danish.number(room.filled)}


def of_new(case: Case, workplaces: Collection[Workplace], day: dt.date) -> tuple[dict[int, str], list[str]]:
    """The room at each workplace a placement may be begun at, and what to know first: how long it may last, the banner.

    Empty while the rules are off. Two queries at most.
    """
    found = limits(case.municipality_id)
    first = []
    start = first_monday(day)
    benefit = case.citizen.benefit
    last = longest(found, kind=PlacementKind.INTERNSHIP, starts_on=start, benefit=benefit, day=day)
    if last is not None:
        said = _("On %(benefit)s an internship lasts %(weeks)s at most.") % {
            "benefit": lists.labels("benefit").get(benefit, benefit).lower(),
            "weeks": danish.weeks(((last.on - start).days + 1) // 7),
        }
        first.append(f"{said} {rule_set(last.rule_set).banner}.")
    room = rooms(found, workplaces, day)
    first += sorted({rule_set(one.rule_set).banner for one in room.values()})
    return {pk: room_words(one) for pk, one in room.items()}, first


def rooms_of(municipality_id: int, workplaces: Collection[Workplace], day: dt.date) -> tuple[dict[int, str], str]:
    """The room at each of these workplaces in words, and the banner; empty while the rules are off. Two queries at most."""
    found = rooms(limits(municipality_id), workplaces, day) if workplaces else {}
    banner = next((rule_set(room.rule_set).banner for room in found.values()), "")
    return {pk: room_words(room) for pk, room in found.items()}, banner
