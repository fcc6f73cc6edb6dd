"""A placement as a row of a list: who, where, why it stands there, and the next step."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from jobformidler.core import clock
from jobformidler.placements import links
from jobformidler.placements import words as domain
from jobformidler.placements.agreement import missing
from jobformidler.placements.enums import ENDED, RUNNING, Party, PlacementStatus
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import AgreementVersion, Placement, SignedLink
from jobformidler.web.placements import words
from jobformidler.web.placements.desk import PARTY_WORDS

S = PlacementStatus


@dataclass
class Reminder:
    """One party who has not signed: a button, or when the next link can go out."""

    party: str
    label: str
    wait: str = ""


@dataclass
class Row:
    """What `placements/_row.html` draws."""

    placement: Placement
    name: str
    url: str
    why: str
    figure: str = ""
    unit: str = ""
    badge: str = ""
    badge_kind: str = ""
    reminders: Sequence[Reminder] = ()
    action: str = ""
    action_url: str = ""


def rows_of(
    placements: Iterable[Placement], now: dt.datetime, *, decides: bool = False, by_workplace: bool = False
) -> list[Row]:
    """Rows for these placements; three queries however many.

    `decides`: the viewer approves for the municipality. `by_workplace` names the workplace (on a citizen's page).
    """
    found = list(placements)
    keys = [placement.pk for placement in found]
    newest: dict[int, AgreementVersion] = {}
    sent: dict[int, AgreementVersion] = {}
    versions = AgreementVersion.objects.filter(placement__in=keys).prefetch_related("confirmations").order_by("number")
    for version in versions:
        newest[version.placement_id] = version
        if version.sent_at:
            sent[version.placement_id] = version
    last: dict[tuple[int, str], SignedLink] = {}
    if keys:
        tenant = found[0].municipality_id
        for link in SignedLink.objects.filter(
            municipality_id=tenant, placement_id__in=keys, purpose=LinkPurpose.SIGN
        ).order_by("made_at"):
            last[link.placement_id, link.party] = link
    return [
        _row(p, now, newest.get(p.pk), sent.get(p.pk), last, decides=decides, by_workplace=by_workplace) for p in found
    ]


def _row(
    placement: Placement,
    now: dt.datetime,
    newest: AgreementVersion | None,
    sent: AgreementVersion | None,
    last: dict[tuple[int, str], SignedLink],
    *,
    decides: bool,
    by_workplace: bool,
) -> Row:
    today = clock.local_date(now)
    age = (today - placement.status_since).days
    row = Row(
        placement=placement,
        name=placement.workplace.name if by_workplace else placement.case.citizen.full_name,
        url=reverse("agreement", args=[placement.pk]),
        why=placement.workplace.name,
        figure=str(age) if age else _("today"),
        unit=npgettext("age", "day", "days", age) if age else "",
        badge=placement.get_status_display(),
    )
    where = "" if by_workplace else placement.workplace.name + ". "
    status = placement.status
    if status in (S.IDEA, S.DIALOGUE):
        row.why = where + _("The agreement is not written yet.")
        row.badge_kind = "waiting"
        row.action, row.action_url = _("Write the agreement"), row.url
    elif status == S.DRAFT and newest:
        row.why = where + draft_words(newest)
        row.badge_kind = "waiting"
        row.action, row.action_url = _("Open the agreement"), row.url
    elif status == S.AWAITING_SIGNATURE and sent:
        waiting = _waiting(sent)
        names = [f"{sent.signer(party)} ({PARTY_WORDS[Party(party)]()})" for party in waiting]
        row.why = where + _("Missing: %(names)s") % {"names": domain.joined(names)}
        row.badge_kind = "waiting"
        row.reminders = [_reminder(sent, party, last.get((placement.pk, party)), now) for party in waiting]
    elif status == S.AWAITING_APPROVAL:
        row.why = where + _("Both have signed. The municipality is to approve.")
        row.badge_kind = "waiting"
        row.action, row.action_url = _("Read and decide") if decides else _("Open the agreement"), row.url
    elif status == S.APPROVED:
        day = words.day_words(placement.starts_on, today) if placement.starts_on else "–"
        row.why = where + _("Approved. First day %(day)s.") % {"day": day}
        row.action, row.action_url = _("Open the agreement"), row.url
    elif status in RUNNING:
        row.why = where + _period(placement, today)
        row.action, row.action_url = _("See the hours"), reverse("hours", args=[placement.pk])
    elif status in ENDED:
        day = words.day_words(placement.ended_on, today) if placement.ended_on else "–"
        row.why = where + _("Ended %(day)s. %(next)s") % {"day": day, "next": placement.what_next}
        row.figure = row.unit = ""
    else:
        row.why = f"{where}{placement.end_reason}"
        row.figure = row.unit = ""
    return row


def draft_words(version: AgreementVersion) -> str:
    """ "2 ting mangler: kontaktperson og dato." """
    count = len(missing(version.content))
    if not count:
        return _("Nothing is missing. It can be sent.")
    return ngettext("%(n)s thing is missing.", "%(n)s things are missing.", count) % {"n": count}


def _waiting(version: AgreementVersion) -> list[str]:
    done = {row.party for row in version.confirmations.all() if row.confirmed_at}
    return [str(party) for party in version.parties if party not in done]


def _reminder(version: AgreementVersion, party: str, link: SignedLink | None, now: dt.datetime) -> Reminder:
    name = version.signer(party).split(" ")[0]
    reminder = Reminder(party, _("Send %(name)s a new link") % {"name": name})
    if link and link.made_at + links.REMINDER_PAUSE > now:
        at = words.moment_words(link.made_at + links.REMINDER_PAUSE, clock.local_date(now))
        reminder.wait = _("New link to %(name)s from %(at)s") % {"name": name, "at": at}
    return reminder


def _period(placement: Placement, today: dt.date) -> str:
    values: dict[str, Any] = {"start": words.day_words(placement.starts_on, today) if placement.starts_on else "–"}
    if placement.ends_on is None:
        return _("Since %(start)s.") % values
    values["last"] = words.day_words(placement.ends_on - dt.timedelta(days=1), today)
    return _("From %(start)s to %(last)s.") % values
