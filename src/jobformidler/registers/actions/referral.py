"""Guidance before the dates, the citizen's request, and the ground a referral rests on (RULE-03, RULE-08, D.1-36)."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.perms import may_write
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.rows import change, create, lock
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers.enums import GuidanceWay, ReferralBasis, RequestWay, RightKind
from jobformidler.registers.models import Guidance, ReferralDecision, ReferralRequest
from jobformidler.registers.perms import is_self, may_refer


@action
def ask_referral(*, citizen: Citizen, asked_on: dt.date, way: str, by: User | None, at: dt.datetime) -> ReferralRequest:
    """The citizen asks to be referred (RULE-03): themselves on My page, or by telling a member of staff.

    Raises ActionError for a day to come, an unknown way, or when a request stands already.
    """
    allow(may_write(by, citizen, local_date(at)) or is_self(by, citizen, local_date(at)))
    check(way in RequestWay.values, _("Choose how the citizen asked."), "way")
    check(asked_on <= local_date(at), _("The day cannot lie ahead."), "asked_on")
    row = create(
        ReferralRequest, municipality_id=citizen.municipality_id, citizen=citizen, asked_on=asked_on, way=way, by=by
    )
    record(kinds.REFERRAL_ASKED, row, by=by, at=at, citizen_id=citizen.pk, asked_on=asked_on.isoformat())
    return row


@action
def unask_referral(*, request: ReferralRequest, by: User | None, at: dt.datetime) -> ReferralRequest:
    """The citizen no longer asks to be referred (RULE-03): the request stays, withdrawn. The right is not affected.

    Raises ActionError when it is withdrawn already, or when the referral is decided.
    """
    citizen = request.citizen
    day = local_date(at)
    allow(may_write(by, citizen, day) or is_self(by, citizen, day))
    lock(request)
    check(request.withdrawn_at is None, _("The request is withdrawn already."))
    standing = ReferralDecision.objects.filter(citizen=citizen, withdrawn_at=None)
    check(not standing.exists(), _("The referral is decided. Talk to the caseworker."))
    change(request, withdrawn_at=at, withdrawn_by=by, withdrawn_reason="")
    record(kinds.REFERRAL_UNASKED, request, by=by, at=at, citizen_id=citizen.pk)
    return request


@action
def give_guidance(
    *,
    citizen: Citizen,
    about: str,
    given_on: dt.date,
    way: str,
    by: User | None,
    at: dt.datetime,
    arises_on: dt.date | None = None,
) -> Guidance:
    """The citizen was told of the right or the duty (RULE-08), in a letter of the date `arises_on`.

    Telling twice on a day in the same way is one row. Raises ActionError for a second letter about one date.
    """
    allow(may_write(by, citizen, local_date(at)))
    check(about in RightKind.values, _("Choose what the guidance was about."), "about")
    check(way in GuidanceWay.values, _("Choose how the citizen was told."), "way")
    check(given_on <= local_date(at), _("The day cannot lie ahead."), "given_on")
    row, new = Guidance.objects.get_or_create(
        municipality_id=citizen.municipality_id,
        citizen=citizen,
        about=about,
        given_on=given_on,
        way=way,
        defaults={"by": by, "arises_on": arises_on},
    )
    if new:
        label = str(RightKind(about).label)
        record(kinds.GUIDANCE_GIVEN, row, by=by, at=at, citizen_id=citizen.pk, about=label)
    return row


@action
def decide_referral(
    *,
    citizens: Sequence[Citizen],
    basis: str,
    decided_on: dt.date,
    by: User | None,
    at: dt.datetime,
    reason: str = "",
    legal_basis: str = "",
) -> list[ReferralDecision]:
    """The citizens are to be referred, on this ground; also many at once. Only an authority caseworker decides.

    The right needs the citizen's request (RULE-03), the municipality's own decision its reason. Somebody who is to be
    referred already keeps that decision; the list returned holds the new ones.
    """
    for citizen in citizens:
        allow(may_refer(by, citizen, local_date(at)))
    check(basis in ReferralBasis.values, _("Choose the ground."), "basis")
    check(reason.strip() or basis != ReferralBasis.OWN, _("Write why, in a few words."), "reason")
    check(decided_on <= local_date(at), _("The day cannot lie ahead."), "decided_on")
    if basis == ReferralBasis.RIGHT:
        asked = ReferralRequest.objects.filter(citizen__in=citizens, withdrawn_at=None).values_list(
            "citizen", flat=True
        )
        check(
            {citizen.pk for citizen in citizens} <= set(asked),
            _("The right needs a request. Register first that the citizen has asked."),
            "basis",
        )
    standing = set(
        ReferralDecision.objects.filter(citizen__in=citizens, withdrawn_at=None).values_list("citizen_id", flat=True)
    )
    made = []
    for citizen in citizens:
        if citizen.pk in standing:
            continue
        row = create(
            ReferralDecision,
            municipality_id=citizen.municipality_id,
            citizen=citizen,
            basis=basis,
            decided_on=decided_on,
            reason=reason.strip(),
            legal_basis=legal_basis.strip(),
            by=by,
        )
        record(
            kinds.REFERRAL_DECIDED,
            row,
            by=by,
            at=at,
            citizen_id=citizen.pk,
            basis=str(ReferralBasis(basis).label),
        )
        made.append(row)
    return made


@action
def withdraw_referral(*, referral: ReferralDecision, reason: str, by: User | None, at: dt.datetime) -> ReferralDecision:
    """The citizen is not to be referred after all; the row stays with the reason. Withdrawing twice is once."""
    citizen = referral.citizen
    allow(may_refer(by, citizen, local_date(at)))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    lock(referral)
    if referral.withdrawn_at is None:
        change(referral, withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip())
        record(kinds.REFERRAL_WITHDRAWN, referral, by=by, at=at, citizen_id=citizen.pk)
    return referral
