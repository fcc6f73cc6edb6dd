"""What screens ask of an agreement: what is missing, and who has read and signed what."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, Exists, OuterRef, Q, Subquery, TextChoices
from django.db.models.functions import Least, TruncDate
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import ContactKind, Part
from jobformidler.casework.models import Case, Contact, Participant
from jobformidler.placements import agreement
from jobformidler.placements.agreement import Missing
from jobformidler.placements.enums import ENDED, RUNNING, PlacementStatus
from jobformidler.placements.links import REMINDER_PAUSE, LinkPurpose, reach
from jobformidler.placements.models import AgreementVersion, Confirmation, Placement, SignedLink

if TYPE_CHECKING:
    from django.db.models import QuerySet


def missing(version: AgreementVersion) -> list[Missing]:
    """(field, sentence) of everything that keeps the version from being sent."""
    return agreement.missing(version.content)


class Overlay(TextChoices):
    """What is shown over the state of a placement under way; it is no state of its own (Part 3.4)."""

    STALLED = "stalled", _("Masters the task, lacks hours")
    EXTENDED = "extended", _("Extended")


def overlay(placement: Placement, today: dt.date, stall_weeks: int) -> Overlay | None:
    """Stalled, extended or neither. Reads the annotations of `with_overlay`; without them two queries."""
    if not placement.is_running:
        return None
    if not hasattr(placement, "mastered_waiting_on"):
        placement = Placement.objects.with_overlay().get(pk=placement.pk)
    waiting, agreed = placement.mastered_waiting_on, placement.agreed_last_on  # type: ignore[attr-defined]  # annotated
    if waiting is not None and waiting + dt.timedelta(weeks=stall_weeks) <= today:
        return Overlay.STALLED
    if agreed is not None and placement.ends_on is not None and placement.ends_on > agreed + dt.timedelta(days=1):
        return Overlay.EXTENDED
    return None


@dataclass(frozen=True)
class FirstDays:
    """Days from the opening of the case to the first contact with an employer and to the first day there (PLC-18)."""

    to_employer: int | None
    to_placement: int | None


def with_first_days(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Cases with `first_employer_on` and `first_placement_on` (PLC-18), None while there is none.

    Contact with an employer is a taster visit, a contact with or about a workplace, or a placement the workplace was
    talked with about, from the day it was thought of. A placement counts when it has begun.
    """
    with_employer = (
        Q(kind=ContactKind.TASTER_VISIT)
        | Q(workplace__isnull=False)
        | Exists(Participant.objects.filter(contact=OuterRef("pk"), part=Part.EMPLOYER))
    )
    contacts = Contact.objects.standing().filter(with_employer, case=OuterRef("pk")).order_by("at")
    placements = Placement.objects.filter(case=OuterRef("pk"))
    silent = Q(status=PlacementStatus.IDEA) | Q(status=PlacementStatus.DROPPED, hours_discussed=None)
    spoken = placements.filter(~silent).order_by("created_on")
    there = placements.filter(status__in=[*RUNNING, *ENDED], starts_on__isnull=False).order_by("starts_on")
    return cases.annotate(
        first_employer_on=Least(
            Subquery(contacts.values(on=TruncDate("at"))[:1]),
            Subquery(spoken.values("created_on")[:1]),
            output_field=DateField(),
        ),
        first_placement_on=Subquery(there.values("starts_on")[:1]),
    )


def first_days(case: Case) -> FirstDays:
    """How soon the work with employers began; None while it has not. One query."""
    found: Any = with_first_days(Case.objects.filter(pk=case.pk)).get()

    def days(on: dt.date | None) -> int | None:
        return max(0, (on - case.opened_on).days) if on else None

    return FirstDays(to_employer=days(found.first_employer_on), to_placement=days(found.first_placement_on))


@dataclass(frozen=True)
class Signer:
    """One who signs: the newest version read and signed, and whether a reminder can go out now.

    `carried`: the signature was given on an earlier version that no later change touches.
    """

    party: str
    name: str
    read_number: int | None
    read_at: dt.datetime | None
    signed_at: dt.datetime | None
    carried: bool
    email_known: bool
    link_sent_at: dt.datetime | None
    can_remind: bool


def signers(placement: Placement, now: dt.datetime) -> list[Signer]:
    """Citizen and workplace, in this order. Five queries at most."""
    versions = list(placement.versions.all())
    if not versions:
        return []
    newest = next((version for version in versions if version.sent_at), None)
    rows = list(Confirmation.objects.filter(version__placement=placement).select_related("version"))
    sent = SignedLink.objects.filter(
        municipality_id=placement.municipality_id, placement_id=placement.pk, purpose=LinkPurpose.SIGN
    ).order_by("made_at")
    last_link = {link.party: link.made_at for link in sent}
    found = []
    for party in (newest or versions[0]).parties:
        mine = [row for row in rows if row.party == party]
        read = max((row for row in mine if row.read_at), key=lambda row: row.version.number, default=None)
        signed = next((row for row in mine if newest and row.version_id == newest.pk and row.confirmed_at), None)
        known = bool(reach(placement, party, LinkPurpose.SIGN))
        link_at = last_link.get(party)
        found.append(
            Signer(
                party=party,
                name=versions[0].signer(party),
                read_number=read.version.number if read else None,
                read_at=read.read_at if read else None,
                signed_at=signed.confirmed_at if signed else None,
                carried=bool(signed and signed.carried_from_id),
                email_known=known,
                link_sent_at=link_at,
                can_remind=known
                and newest is not None
                and signed is None
                and (link_at is None or link_at + REMINDER_PAUSE <= now),
            )
        )
    return found
