"""Signed links for people without login: made, opened, and proven by a one-time code to the known mail or phone.

The token is 32 random bytes and leaves the system once, in a mail or text message; only its keyed hash is kept. Opening
one needs no tenant: it is how a request without login finds its own.
"""

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jobformidler.core import clock
from jobformidler.core.actions import check
from jobformidler.core.crypto import keyed_hash
from jobformidler.employers.models import ContactPerson
from jobformidler.messaging import sms
from jobformidler.placements.enums import Party
from jobformidler.placements.models import Placement, SignedLink


class LinkPurpose(TextChoices):
    """What a link opens."""

    SIGN = "sign", _("read and sign")
    HOURS = "hours", _("report hours")
    CARD = "card", _("read a disclosure card")


class Problem(TextChoices):
    """Why a link does not open; the label is the sentence the holder reads."""

    UNKNOWN = "unknown", _("The link is not known. Ask for a new one.")
    EXPIRED = "expired", _("The link has expired. We can send a new one to the address we know.")
    REVOKED = "revoked", _("The link is replaced by a newer one. Use the newest one.")
    HELD = "held", _("There is nothing to read right now. We write when there is.")


#: What somebody reads about a citizen behind a link; the hours of a week are only told.
READ = frozenset({LinkPurpose.SIGN, LinkPurpose.CARD})


@dataclass(frozen=True)
class LinkProblem:
    """A link that does not open, and why. `link` is there unless it is unknown, so that a new one can be sent."""

    problem: Problem
    link: SignedLink | None = None


ADDRESS = {
    LinkPurpose.SIGN: "/a/{token}/",
    LinkPurpose.HOURS: "/t/{token}/",
    LinkPurpose.CARD: "/k/{token}/",
}
SIGN_DAYS = 30
HOURS_DAYS_AFTER_END = 30
CODE_MINUTES = 10
CODE_TRIES = 5
#: Between two codes to the same link, and codes in an hour.
CODE_PAUSE = dt.timedelta(seconds=60)
CODES_AN_HOUR = 5
#: Between two links to the same person for the same thing: a reminder by staff, and a request by the holder.
REMINDER_PAUSE = dt.timedelta(hours=24)
REQUEST_PAUSE = dt.timedelta(minutes=10)


def token_hash(token: str) -> bytes:
    """The keyed hash a link is found by."""
    return keyed_hash(f"link:{token}")


def code_hash(link: SignedLink, code: str) -> bytes:
    """The keyed hash of a code, which only fits this link."""
    return keyed_hash(f"code:{link.pk}:{code}")


def new_token() -> str:
    """32 random bytes, safe in an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def code_fits(link: SignedLink, code: str) -> bool:
    """Compare in constant time."""
    return link.code_hash is not None and hmac.compare_digest(bytes(link.code_hash), code_hash(link, code.strip()))


def address(link: SignedLink, token: str) -> str:
    """The whole address that goes into the mail."""
    return settings.SITE_URL.rstrip("/") + ADDRESS[LinkPurpose(link.purpose)].format(token=token)


def expiry(placement: Placement, purpose: str, at: dt.datetime) -> dt.datetime:
    """30 days for signing; for hours until 30 days after the end of the placement; a card ends with the placement."""
    if purpose == LinkPurpose.CARD and placement.ends_on is not None:
        return clock.at_time(placement.ends_on, 0)
    if purpose == LinkPurpose.SIGN or placement.ends_on is None:
        return at + dt.timedelta(days=SIGN_DAYS)
    end = clock.at_time(placement.ends_on + dt.timedelta(days=HOURS_DAYS_AFTER_END), 0)
    return max(end, at + dt.timedelta(days=SIGN_DAYS))


def open_link(token: str, now: dt.datetime) -> SignedLink | LinkProblem:
    """The link behind a token, with its municipality read, or what is wrong with it. One query, outside any tenant.

    The caller enters `link.municipality` and then reads `link.placement_id`.
    """
    link = SignedLink.objects.select_related("municipality").filter(token_hash=token_hash(token)).first()
    if link is None:
        return LinkProblem(Problem.UNKNOWN)
    if link.revoked_at is not None:
        return LinkProblem(Problem.REVOKED, link)
    if link.expires_at <= now:
        return LinkProblem(Problem.EXPIRED, link)
    return link


def masked(email: str) -> str:
    """ "t•••@fjordby.example": enough for the holder to recognise, too little to misuse."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}•••@{host}" if host else ""


@dataclass(frozen=True)
class Reach:
    """Where the register knows now that one person can be reached; each may be empty."""

    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phone)

    def masked(self, *, by_phone: bool = False) -> str:
        """What the holder reads: the phone when it is wished or the only one, else the e-mail."""
        return sms.masked(self.phone) if self.phone and (by_phone or not self.email) else masked(self.email)


def reach(placement: Placement, party: str, purpose: str) -> Reach:
    """Where whoever the link is for can be reached: one person, by e-mail and, where text messages can be sent, by phone.

    Of several at the workplace it is the first with an e-mail, else the first with a phone.
    """
    if party == Party.CITIZEN:
        citizen = placement.case.citizen
        return _reach(placement, citizen.email, citizen.phone)
    found = [_reach(placement, person.email, person.phone) for person in _people(placement, party, purpose)]
    return next((one for one in found if one.email), None) or next((one for one in found if one), Reach())


def _reach(placement: Placement, email: str, phone: str) -> Reach:
    return Reach(email, sms.number(phone) if sms.is_open(placement.case.municipality) else "")


def _people(placement: Placement, party: str, purpose: str) -> list[ContactPerson]:
    if purpose == LinkPurpose.CARD:
        card = placement.cards.out().select_related("contact").first()
        return [card.contact] if card and card.contact and card.contact.active else []
    version = placement.versions.first()
    content = version.content if version else {}
    order: tuple[str, ...] = (
        ("contact", "representative") if purpose == LinkPurpose.HOURS else ("representative", "contact")
    )
    if party == Party.STAFF:
        order = ("staff_rep",)
    ids = [content[key]["id"] for key in order if content.get(key) and content[key].get("id")]
    there = ContactPerson.objects.filter(active=True).in_bulk(ids)
    return [there[pk] for pk in ids if pk in there]


def need_fitting(
    link: SignedLink, placement: Placement, at: dt.datetime, purpose: str, party: str = Party.EMPLOYER
) -> None:
    """Raise ActionError unless the link is in force for this placement, party and purpose."""
    fits = (link.placement_id, link.party, link.purpose) == (placement.pk, party, purpose)
    check(fits and link.revoked_at is None and link.expires_at > at, str(Problem.EXPIRED.label))
