"""Reasons of agreements: a draft that rests, a missing signature, the approval, the start."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.casework.attention import Action, Item, Scope, register_reason
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Attention
from jobformidler.core import clock
from jobformidler.placements import agreement, words
from jobformidler.placements.attention.rows import DAY, facts, facts_of, in_state, morning, near, who
from jobformidler.placements.enums import RUNNING, PlacementStatus

#: How long a draft may rest, and how long after sending a reminder may go out.
DRAFT_RESTS = 3 * DAY
REMIND_AFTER = DAY


def _draft_waiting(scope: Scope) -> Iterable[Item]:
    drafts = in_state(scope, PlacementStatus.DRAFT)
    newest = facts(scope).newest
    for placement in drafts:
        version = newest.get(placement.pk)
        if version is None:
            continue
        shows = version.made_at + DRAFT_RESTS
        yield Item(
            placement.case_id,
            since=version.made_at,
            visible_from=shows,
            due=shows,
            subject_id=placement.pk,
            facts=facts_of(placement, missing=len(agreement.missing(version.content))),
        )


def _draft_sentence(row: Attention, now: dt.datetime) -> str:
    count = row.facts["missing"]
    text = _("The agreement for %(name)s with %(workplace)s is not sent.") % {
        "name": who(row),
        "workplace": row.facts["workplace"],
    }
    if not count:
        return f"{text} " + _("Nothing is missing. Send it for signature.")
    return f"{text} " + ngettext("%(n)s thing is missing.", "%(n)s things are missing.", count) % {"n": count}


def _draft_action(row: Attention, now: dt.datetime) -> Action:
    return "agreement", _("Open the agreement")


def _signature(scope: Scope) -> Iterable[Item]:
    """A day after sending, while somebody has not signed: then a reminder may go out."""
    waiting = in_state(scope, PlacementStatus.AWAITING_SIGNATURE, *RUNNING)
    newest = facts(scope).newest
    for placement in waiting:
        version = newest.get(placement.pk)
        if version is None or version.sent_at is None:
            continue
        done = {row.party for row in version.confirmations.all() if row.confirmed_at}
        missing = [version.signer(party) for party in version.parties if party not in done]
        if not missing:
            continue
        shows = version.sent_at + REMIND_AFTER
        yield Item(
            placement.case_id,
            since=version.sent_at,
            visible_from=shows,
            due=morning(placement.starts_on) if placement.starts_on else None,
            subject_id=placement.pk,
            facts=facts_of(placement, missing=missing),
        )


def _signature_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(missing)s has not signed the agreement for %(name)s. It was sent %(day)s.") % {
        "missing": words.joined(row.facts["missing"]),
        "name": who(row),
        "day": near(row, clock.local_date(row.since), now),
    }


def _signature_action(row: Attention, now: dt.datetime) -> Action:
    return "remind", _("Send a new link")


def _approval(scope: Scope) -> Iterable[Item]:
    for placement in in_state(scope, PlacementStatus.AWAITING_APPROVAL):
        signed = morning(placement.status_since)
        yield Item(
            placement.case_id,
            since=signed,
            visible_from=signed,
            due=morning(placement.starts_on) if placement.starts_on else None,
            subject_id=placement.pk,
            owner=CaseRole.CASEWORKER,
            facts=facts_of(placement, starts_on=str(placement.starts_on)),
        )


def _approval_sentence(row: Attention, now: dt.datetime) -> str:
    start = dt.date.fromisoformat(row.facts["starts_on"])
    return _("Everybody has signed the agreement for %(name)s with %(workplace)s. It begins %(day)s. Approve it.") % {
        "name": who(row),
        "workplace": row.facts["workplace"],
        "day": near(row, start, now),
    }


def _approval_action(row: Attention, now: dt.datetime) -> Action:
    return "approve", _("Read and approve")


def _start_due(scope: Scope) -> Iterable[Item]:
    for placement in in_state(scope, PlacementStatus.APPROVED):
        if placement.starts_on is not None:
            begin = morning(placement.starts_on)
            yield Item(
                placement.case_id,
                since=begin,
                visible_from=begin,
                due=begin,
                subject_id=placement.pk,
                facts=facts_of(placement),
            )


def _start_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(name)s begins at %(workplace)s %(day)s. Register the start.") % {
        "name": who(row),
        "workplace": row.facts["workplace"],
        "day": near(row, clock.local_date(row.since), now),
    }


def _start_action(row: Attention, now: dt.datetime) -> Action:
    return "start", _("Start the placement")


for _name, _group, _order, _source, _sentence, _action in (
    ("approval", "signature", 10, _approval, _approval_sentence, _approval_action),
    ("signature", "signature", 20, _signature, _signature_sentence, _signature_action),
    ("start_due", "other", 5, _start_due, _start_sentence, _start_action),
    ("draft_waiting", "other", 70, _draft_waiting, _draft_sentence, _draft_action),
):
    register_reason(_name, group=_group, order=_order, source=_source, sentence=_sentence, action=_action)
