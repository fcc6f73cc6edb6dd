"""Links and codes for those who sign without login, reading and confirming a version."""

import datetime as dt
import enum
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from jobformidler.accounts.models import LoginAttempt, User
from jobformidler.casework.answer_clock import danish_holidays, due
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Assignment
from jobformidler.casework.words import exact_moment
from jobformidler.citizens.answers import is_self
from jobformidler.citizens.enums import RestrictedUse
from jobformidler.citizens.restricted import refuse_restricted
from jobformidler.core import clock, events
from jobformidler.core.actions import ActionError, action, check
from jobformidler.core.crypto import keyed_hash
from jobformidler.messaging import texts
from jobformidler.messaging.actions import send_mail, send_sms
from jobformidler.placements import agreement, event_kinds, links, words
from jobformidler.placements.enums import Party, PlacementStatus
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import AgreementVersion, Confirmation, Placement, SignedLink
from jobformidler.placements.rows import lock, move_by_itself, need_work, save, told
from jobformidler.placements.versions import take_over_signed


class CodeAnswer(enum.StrEnum):
    """What came of a code. A wrong one is counted, so it is an answer and not an error that would undo the count."""

    OK = "ok"
    WRONG = "wrong"
    EXPIRED = "expired"
    LOCKED = "locked"


@action
def issue_link(
    *, placement: Placement, party: str, purpose: str, at: dt.datetime, by_phone: bool = False
) -> SignedLink | None:
    """Make a link for one party and send it; earlier ones for the same thing become invalid.

    By mail; as a text message when that is wished (`by_phone`) or only a phone is known. Returns the link with its
    `token` (for this moment only), None when neither is known: then the party confirms at a meeting. The message names
    neither the citizen nor the topic. Raises ActionError for what is read, while the use of the data is restricted.
    """
    if purpose in links.READ:
        refuse_restricted(placement.case.citizen, RestrictedUse.CONSENT)
    reach = links.reach(placement, party, purpose)
    if not reach:
        return None
    revoke_links(placement=placement, at=at, purpose=purpose, party=party)
    token = links.new_token()
    link = SignedLink.objects.create(
        municipality_id=placement.municipality_id,
        placement_id=placement.pk,
        party=party,
        purpose=purpose,
        token_hash=links.token_hash(token),
        sent_to=reach.masked(by_phone=by_phone),
        made_at=at,
        expires_at=links.expiry(placement, purpose, at),
    )
    link.token = token  # type: ignore[attr-defined]  # never stored
    _send_link(placement, link, reach, links.address(link, token), at, by_phone=by_phone)
    return link


def _send_link(
    placement: Placement, link: SignedLink, reach: links.Reach, url: str, at: dt.datetime, *, by_phone: bool
) -> None:
    municipality, sender = placement.case.municipality, _sender(placement)
    if reach.phone and (by_phone or not reach.email):
        phone = municipality.main_phone
        text = texts.link_sms(purpose=link.purpose, url=url, phone=phone, municipality=municipality.name)
        _message(placement, reach, f"placement_{link.purpose}", at, text=text)
        return
    until = words.day(clock.local_date(link.expires_at))
    if link.purpose == LinkPurpose.SIGN:
        said = texts.signing_link(name="", url=url, until=until, sender=sender)
    elif link.purpose == LinkPurpose.CARD:
        said = texts.card_link(name="", url=url, until=until, sender=sender)
    else:
        name = placement.contact.name if placement.contact else ""
        said = texts.hours_reminder(name=name, url=url, sender=sender, answer_by=_answer_by(placement, at))
    _message(placement, reach, f"placement_{link.purpose}", at, mail=said)


def _message(
    placement: Placement,
    reach: links.Reach,
    kind: str,
    at: dt.datetime,
    *,
    mail: tuple[str, str] | None = None,
    text: str = "",
) -> None:
    """One mail (subject and body) or one text message about the placement's citizen."""
    same: dict[str, Any] = {"municipality": placement.case.municipality, "kind": kind, "at": at}
    same["citizen_id"] = placement.case.citizen_id
    if mail is not None:
        send_mail(to=reach.email, subject=mail[0], body=mail[1], by=None, **same)
    else:
        send_sms(to=reach.phone, text=text, **same)


def _answer_by(placement: Placement, at: dt.datetime) -> str:
    """Until when a call for help that comes now is answered, in words."""
    municipality, local = placement.case.municipality, clock.local(at)
    return exact_moment(due(local, municipality.answer_hours, municipality.answer_clock, danish_holidays(local.year)))


def _sender(placement: Placement) -> texts.Sender:
    """The jobformidler the agreement names, with direct phone and e-mail (CON-07); else the municipality."""
    municipality, version = placement.case.municipality, placement.versions.first()
    said = version.content if version else _broker(placement)
    return texts.Sender(
        name=said.get("jobformidler") or "",
        phone=said.get("jobformidler_phone") or municipality.main_phone,
        email=said.get("jobformidler_email") or "",
        municipality=municipality.name,
    )


def _broker(placement: Placement) -> dict[str, str]:
    """The jobformidler of the newest assignment, for what is sent before there is an agreement."""
    found = (
        Assignment.objects.filter(case=placement.case, role=CaseRole.JOBFORMIDLER)
        .select_related("user")
        .order_by("-period", "-pk")
        .first()
    )
    if found is None:
        return {}
    user = found.user
    return {"jobformidler": user.name, "jobformidler_phone": user.phone, "jobformidler_email": user.email}


@action
def revoke_links(*, placement: Placement, at: dt.datetime, purpose: str | None = None, party: str | None = None) -> int:
    """Make links of the placement invalid (all, or those of a purpose and party); returns how many."""
    found = SignedLink.objects.filter(
        municipality_id=placement.municipality_id, placement_id=placement.pk, revoked_at=None
    )
    if purpose:
        found = found.filter(purpose=purpose)
    if party:
        found = found.filter(party=party)
    return found.update(revoked_at=at)


@action
def revoke_link(*, link: SignedLink, by: User | None, at: dt.datetime) -> SignedLink:
    """Make one link invalid at once."""
    placement = lock(Placement.objects.get(pk=link.placement_id), at)
    need_work(placement, by, at)
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    events.record(event_kinds.LINK_REVOKED, placement, by=by, at=at, party=link.party, **told(placement))
    return link


@action
def renew_link(
    *, placement: Placement, party: str, at: dt.datetime, by: User | None = None, purpose: str = LinkPurpose.SIGN
) -> SignedLink:
    """A reminder always carries a fresh link. By staff at most once in 24 hours, by the holder (`by` None) every ten minutes.

    Raises ActionError inside the pause, when no address is known, or when there is nothing to sign.
    """
    lock(placement, at)
    if by is not None:
        need_work(placement, by, at)
    pause = links.REMINDER_PAUSE if by is not None else links.REQUEST_PAUSE
    newest = (
        SignedLink.objects.filter(
            municipality_id=placement.municipality_id, placement_id=placement.pk, party=party, purpose=purpose
        )
        .order_by("-made_at")
        .first()
    )
    check(newest is None or newest.made_at + pause <= at, _("A link was sent a short while ago. Wait before the next."))
    if purpose == LinkPurpose.SIGN:
        version = placement.sent_version
        waiting = (
            version is not None and not version.confirmations.filter(party=party, confirmed_at__isnull=False).exists()
        )
        check(waiting, _("There is nothing to sign."))
    link = issue_link(placement=placement, party=party, purpose=purpose, at=at)
    if link is None:
        raise ActionError(_("We know neither e-mail nor phone. Sign together at a meeting instead."))
    name = _party_name(placement, party)
    events.record(event_kinds.LINK_SENT, placement, by=by, at=at, party=party, name=name, **told(placement))
    return link


def _party_name(placement: Placement, party: str) -> str:
    version = placement.versions.first()
    return version.signer(party) if version else str(Party(party).label)


def _throttled(kind: str, link: SignedLink, at: dt.datetime, limit: int, window: dt.timedelta) -> bool:
    key = keyed_hash(f"{kind}:{link.pk}")
    if LoginAttempt.objects.filter(key=key, at__gt=at - window).count() >= limit:
        return True
    LoginAttempt.objects.create(key=key, at=at)
    return False


@action
def send_code(*, link: SignedLink, at: dt.datetime, by_phone: bool = False) -> bool:
    """Send a six-digit code to the e-mail the register knows, or to the phone; it works for ten minutes.

    Returns False inside the pause after the last one, after five in an hour, or when neither is known.
    """
    link.refresh_from_db(from_queryset=SignedLink.objects.select_for_update())
    sent_at = link.code_expires_at - dt.timedelta(minutes=links.CODE_MINUTES) if link.code_expires_at else None
    if sent_at is not None and sent_at <= at < sent_at + links.CODE_PAUSE:
        return False
    placement = Placement.objects.select_related("case__citizen", "case__municipality").get(pk=link.placement_id)
    reach = links.reach(placement, link.party, link.purpose)
    if not reach or _throttled("link-code", link, at, links.CODES_AN_HOUR, dt.timedelta(hours=1)):
        return False
    code = links.new_code()
    link.code_hash = links.code_hash(link, code)
    link.code_expires_at = at + dt.timedelta(minutes=links.CODE_MINUTES)
    link.code_tries = 0
    link.save(update_fields=["code_hash", "code_expires_at", "code_tries"])
    if reach.phone and (by_phone or not reach.email):
        _message(placement, reach, "placement_code", at, text=texts.code_sms(code=code, minutes=links.CODE_MINUTES))
    else:
        said = texts.one_time_code(name="", code=code, minutes=links.CODE_MINUTES, sender=_sender(placement))
        _message(placement, reach, "placement_code", at, mail=said)
    return True


@action
def check_code(*, link: SignedLink, code: str, at: dt.datetime) -> CodeAnswer:
    """Whether the code fits. Each wrong try counts, in all processes; after five a new code is needed.

    A code works once. Never raises for a wrong code: the count must be kept.
    """
    link.refresh_from_db(from_queryset=SignedLink.objects.select_for_update())
    if link.code_hash is None or link.code_expires_at is None or link.code_expires_at <= at:
        return CodeAnswer.EXPIRED
    if link.code_tries >= links.CODE_TRIES:
        return CodeAnswer.LOCKED
    if links.code_fits(link, code):
        link.code_hash = None
        link.save(update_fields=["code_hash"])
        return CodeAnswer.OK
    SignedLink.objects.filter(pk=link.pk).update(code_tries=F("code_tries") + 1)
    link.code_tries += 1
    return CodeAnswer.LOCKED if link.code_tries >= links.CODE_TRIES else CodeAnswer.WRONG


@action
def mark_read(
    *, version: AgreementVersion, party: str, at: dt.datetime, link: SignedLink | None = None, by: User | None = None
) -> Confirmation:
    """The party has opened this version. The first time counts."""
    placement = lock(version.placement, at)
    _need_right(placement, party, link, by, at)
    check(version.sent_at is not None, _("This version is not sent yet."))
    row, _new = Confirmation.objects.get_or_create(
        version=version,
        party=party,
        defaults={"municipality_id": version.municipality_id, "name": version.signer(party)},
    )
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
        events.record(
            event_kinds.READ,
            placement,
            by=by,
            by_label=str(Party(party).label),
            at=at,
            party=party,
            name=row.name,
            number=version.number,
            **told(placement),
        )
    return row


def _need_right(placement: Placement, party: str, link: SignedLink | None, by: User | None, at: dt.datetime) -> None:
    if link is None:
        if party != Party.CITIZEN or not is_self(by, placement.case.citizen, clock.local_date(at)):
            need_work(placement, by, at)
        return
    links.need_fitting(link, placement, at, LinkPurpose.SIGN, party)


@action
def confirm(
    *,
    version: AgreementVersion,
    party: str,
    name: str,
    digest: str,
    at: dt.datetime,
    link: SignedLink | None = None,
    by: User | None = None,
) -> Confirmation:
    """One party signs this version by naming the digest of what was read.

    With `link` the holder signs, and so does a citizen on the own pages; else `by` registers a signature given at a
    meeting. When all have signed, the
    agreement goes on to the municipality. Raises ActionError for anything but the newest sent version, and says what
    has changed.
    """
    placement = lock(version.placement, at)
    _need_right(placement, party, link, by, at)
    check(name.strip(), _("Write your name."), "name")
    newest = placement.sent_version
    check(newest is not None, _("There is nothing to sign."))
    assert newest is not None
    check(party in newest.parties, _("There is nothing to sign."))
    if newest.pk != version.pk or digest != newest.digest:
        raise ActionError(_stale(version, newest), "stale")
    open_states = (PlacementStatus.AWAITING_SIGNATURE, PlacementStatus.INTERNSHIP, PlacementStatus.WITH_HOURS)
    already = newest.confirmations.filter(party=party, confirmed_at__isnull=False).first()
    if already is not None:
        return already
    check(placement.status in open_states, _("The agreement is being changed. You get a mail when it is ready."))
    row, _new = Confirmation.objects.update_or_create(
        version=newest,
        party=party,
        defaults={
            "municipality_id": placement.municipality_id,
            "name": name.strip()[:120],
            "confirmed_at": at,
            "digest": digest,
            "carried_from": None,
        },
    )
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
    events.record(
        event_kinds.CONFIRMED,
        placement,
        by=by,
        by_label=str(Party(party).label),
        at=at,
        party=party,
        name=row.name,
        number=newest.number,
        at_meeting=link is None and not is_self(by, placement.case.citizen, clock.local_date(at)),
        **told(placement),
    )
    revoke_links(placement=placement, at=at, purpose=LinkPurpose.SIGN, party=party)
    settle_signatures(placement=placement, at=at)
    return row


def _stale(mine: AgreementVersion, newest: AgreementVersion) -> str:
    names = [str(agreement.FIELDS[key].label) for key in agreement.changed(mine.content, newest.content)]
    if not names:
        return _("The agreement has changed since you opened it. Read version %(number)s.") % {"number": newest.number}
    return _("The agreement has changed since you opened it: %(names)s. Read version %(number)s.") % {
        "names": ", ".join(names).lower(),
        "number": newest.number,
    }


@action
def settle_signatures(*, placement: Placement, at: dt.datetime) -> bool:
    """When both have confirmed: on to the municipality, or straight to approved where its approval still stands.

    A running placement takes the new version's values over. Returns whether everybody has signed.
    """
    version = placement.sent_version
    if version is None or placement.waiting_for(version):
        return False
    if placement.status == PlacementStatus.AWAITING_SIGNATURE:
        verb = "approval_stands" if placement.approved_on else "all_signed"
        move_by_itself(placement, verb, clock.local_date(at))
        save(placement, "status", "status_since")
    elif placement.is_running:
        take_over_signed(placement, version)
    else:
        return True
    events.record(event_kinds.SIGNED_BY_ALL, placement, by=None, at=at, number=version.number, **told(placement))
    return True
