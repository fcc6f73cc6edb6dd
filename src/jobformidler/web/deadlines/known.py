"""Periods and approvals with where each comes from, and what was known before each correction (CIT-02, GOV-05)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.core.models import Delivery, Event
from jobformidler.core.periods import last_day
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers.enums import SpellKind
from jobformidler.registers.models import FleksjobApproval, Spell
from jobformidler.registers.rules import clock_rules
from jobformidler.web import danish
from jobformidler.web.deadlines import words

#: Earlier versions a page shows.
MOST = 20
#: The reason history carries when a file changed a row.
INGEST = "ingest:"
ADDED = (kinds.SPELL_ADDED, kinds.FLEKSJOB_APPROVED)
BY_HAND = (*ADDED, kinds.SPELL_CORRECTED, kinds.APPROVAL_CORRECTED, kinds.APPROVAL_ENDED)


def period_words(kind: str, start: dt.date, end: dt.date | None) -> str:
    """A period as a sentence: kind, first and last day."""
    last = last_day(end)
    values = {"kind": kind, "start": danish.day_short(start)}
    if last is None:
        return _("%(kind)s from %(start)s") % values
    return _("%(kind)s %(start)s to %(end)s") % {**values, "end": danish.day_short(last)}


def approval_words(approved_on: dt.date, ended_on: dt.date | None) -> str:
    """An approval as a sentence: from when, and until when it held."""
    start = danish.day_short(approved_on)
    if ended_on is None:
        return _("Approved to fleksjob from %(start)s") % {"start": start}
    ended = danish.day_short(ended_on)
    return _("Approved to fleksjob from %(start)s, ended %(end)s") % {"start": start, "end": ended}


def sources(*tables: Sequence[Spell | FleksjobApproval]) -> list[dict[int, str]]:
    """For each table's rows where they come from: the register's delivery with its time, or by hand and by whom.

    One query. The rows are read with their `delivery`.
    """
    wanted = Q(pk__in=())
    for rows in tables:
        if rows:
            wanted |= Q(subject_type=rows[0]._meta.label_lower, subject_id__in=[row.pk for row in rows])
    told = Event.objects.filter(wanted, kind__in=BY_HAND).select_related("actor").order_by("pk")
    found = {(event.subject_type, event.subject_id): event for event in told}
    return [
        {row.pk: _source(row.delivery, found.get((row._meta.label_lower, row.pk))) for row in rows} for rows in tables
    ]


def _source(delivery: Delivery | None, event: Event | None) -> str:
    if delivery is not None and (event is None or event.at < delivery.at):
        return _("register file %(day)s %(time)s") % _moment(delivery.at)
    if event is None:
        return _("registered by hand")
    who = event.actor.name if event.actor else _("the system")
    if delivery is not None:
        told = _("register file %(day)s, corrected by %(who)s %(when)s")
        return told % {"day": danish.day_short(delivery.at), "who": who, "when": danish.day_short(event.at)}
    text = _("%(who)s %(day)s") if event.kind in ADDED else _("corrected by %(who)s %(day)s")
    return text % {"who": who, **_moment(event.at)}


def _moment(at: dt.datetime) -> dict[str, str]:
    return {"day": danish.day_short(at), "time": danish.clock(clock.local(at))}


def context(case: Case) -> dict[str, Any]:
    """What the page of periods shows."""
    spells = list(Spell.objects.filter(citizen=case.citizen).select_related("delivery").order_by("-start", "kind"))
    approvals = list(
        FleksjobApproval.objects.filter(citizen=case.citizen).select_related("delivery").order_by("-approved_on")
    )
    rules = clock_rules(case.municipality_id)
    of_spell, of_approval = sources(spells, approvals)
    return {
        "title": _("Periods and approvals"),
        "banner": words.banner_of(rules.rule_set) if rules else "",
        "clock_url": reverse("case_clock", args=[case.pk]) if rules else "",
        "spells": [
            {
                "pk": row.pk,
                "kind": row.get_kind_display(),
                "start": row.start,
                "last": last_day(row.end),
                "source": of_spell[row.pk],
            }
            for row in spells
        ],
        "approvals": [{"row": row, "source": of_approval[row.pk]} for row in approvals],
        "earlier": earlier(case, {row.pk for row in spells}, {row.pk for row in approvals}),
    }


def earlier(case: Case, spells: set[int], approvals: set[int]) -> list[dict[str, str]]:
    """What was known before, the newest first: the sentence, until when, who changed it and why, and how to undo it.

    Only the newest change of a row can be undone; undoing opens the same form with the earlier answers. Three queries.
    """
    old_spells = Spell.history.rel.related_model.objects.filter(citizen_id=case.citizen_id)  # type: ignore[attr-defined]
    old_approvals = FleksjobApproval.history.rel.related_model.objects.filter(  # type: ignore[attr-defined]
        citizen_id=case.citizen_id
    )
    rows = [(row, True) for row in old_spells.order_by("-pgh_id")[:MOST]]
    rows += [(row, False) for row in old_approvals.order_by("-pgh_id")[:MOST]]
    rows.sort(key=lambda pair: pair[0].pgh_created_at, reverse=True)
    users = [int(pk) for row, _is in rows if (pk := _context(row).get("user"))]
    people: dict[Any, str] = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    seen: set[tuple[bool, int]] = set()
    found = []
    shift = case.municipality.clock_shift or dt.timedelta(0)
    for row, is_spell in rows[:MOST]:
        key = (is_spell, row.pgh_obj_id)
        at = clock.local(row.pgh_created_at + shift)
        said = (
            period_words(str(SpellKind(row.kind).label), row.start, row.end)
            if is_spell
            else approval_words(row.approved_on, row.ended_on)
        )
        removed = row.pgh_label == "delete"
        by_file = str(_context(row).get("reason", "")).startswith(INGEST)
        there = row.pgh_obj_id in (spells if is_spell else approvals)
        found.append(
            {
                "said": said[:1].upper() + said[1:],
                "until": f"{danish.day_short(at)} {danish.clock(at)}",
                "what": _what(removed=removed, by_file=by_file)
                % {"who": people.get(_context(row).get("user"), _("the system"))},
                "reason": "" if by_file else _context(row).get("reason", ""),
                "undo": _undo(case, row, is_spell=is_spell, removed=removed)
                if key not in seen and (removed or there)
                else "",
            }
        )
        seen.add(key)
    return found


def _what(*, removed: bool, by_file: bool) -> str:
    if by_file:
        return _("changed by a register file")
    return _("removed by %(who)s") if removed else _("corrected by %(who)s")


def _context(row: Any) -> dict[str, Any]:
    return row.pgh_context or {}


def _undo(case: Case, row: Any, *, is_spell: bool, removed: bool) -> str:
    """The form that takes a change back, with the answers as they were."""
    if is_spell:
        last = last_day(row.end)
        was = {"kind": row.kind, "start": row.start.isoformat(), "end": last.isoformat() if last else ""}
        name = "period_new" if removed else "period_correct"
    else:
        was = {"approved_on": row.approved_on.isoformat()}
        if not removed:
            was["ended_on"] = row.ended_on.isoformat() if row.ended_on else ""
        name = "approval_new" if removed else "approval_correct"
    args = [case.pk] if removed else [case.pk, row.pgh_obj_id]
    if not removed:
        was["reason"] = _("Taken back")
    return f"{reverse(name, args=args)}?{urlencode(was)}"
