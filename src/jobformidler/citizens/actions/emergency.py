"""Emergency access: somebody without a relation opens a citizen's pages for a short while, says why, and is seen (GOV-05).

It gives reading and nothing else. Citizens with name and address protection are not kept out of it, since danger does
not ask for protection; their accesses are flagged to those who review them.
"""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.accounts.viewer import viewer_for
from jobformidler.citizens import event_kinds
from jobformidler.citizens.access_enums import EmergencyReason, Review
from jobformidler.citizens.actions.relations import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, EmergencyAccess, Relation
from jobformidler.citizens.watch import is_security_officer, leads, may_open_emergency, policy_of
from jobformidler.core import clock, rows
from jobformidler.core.actions import action, allow, check
from jobformidler.core.events import record
from jobformidler.messaging import texts
from jobformidler.messaging.actions import send_mail

MIN_REASON = 20


@action
def open_emergency(*, citizen: Citizen, reason_kind: str, reason: str, by: User, at: dt.datetime) -> EmergencyAccess:
    """Open the citizen's pages to `by` for the hours the municipality allows; security officer and leader hear at once.

    Raises ActionError without a reason in words, or when the user sees the citizen already.
    """
    day = clock.local_date(at)
    allow(may_open_emergency(by, citizen, day))
    check(reason_kind in EmergencyReason.values, _("Choose why."), "reason_kind")
    check(
        len(" ".join(reason.split())) >= MIN_REASON,
        _("Write in at least %(n)s letters what has happened.") % {"n": MIN_REASON},
        "reason",
    )
    viewer = viewer_for(by, day, at=at)
    seen = viewer is not None and Relation.objects.of(viewer).filter(citizen=citizen).exists()
    check(not seen, _("You can see the citizen already."))
    expires_at = at + dt.timedelta(hours=policy_of(citizen.municipality).emergency_hours)
    relation = relate(
        citizen=citizen,
        kind=RelationKind.BREAK_GLASS,
        user=by,
        since=day,
        until=clock.local_date(expires_at) + dt.timedelta(days=1),
        expires_at=expires_at,
    )
    access = rows.create(
        EmergencyAccess,
        municipality=citizen.municipality,
        citizen=citizen,
        user=by,
        unit_id=viewer.unit_id if viewer else None,
        relation=relation,
        reason_kind=reason_kind,
        reason=reason.strip(),
        protected=citizen.protected_address,
        opened_at=at,
        expires_at=expires_at,
    )
    _notify(access, at, texts.emergency_opened)
    record(event_kinds.EMERGENCY_OPENED, access, by=by, at=at, citizen_id=citizen.pk, reason=reason_kind)
    return access


@action
def end_emergency(*, access: EmergencyAccess, by: User | None, at: dt.datetime) -> None:
    """End it before its time: the user, the leader or the security officer. Ending it twice changes nothing."""
    day = clock.local_date(at)
    own = by is not None and by.pk == access.user_id
    allow(own or leads(by, access.citizen, day) or is_security_officer(by, access.municipality, day))
    rows.lock(access)
    if access.ended_at is not None or access.expires_at <= at:
        return
    Relation.objects.filter(pk=access.relation_id).update(expires_at=at)
    rows.change(access, ended_at=at)
    record(event_kinds.EMERGENCY_ENDED, access, by=by, at=at, citizen_id=access.citizen_id)


@action
def review_emergency(
    *, access: EmergencyAccess, review: str, note: str, by: User | None, at: dt.datetime, version: int | None = None
) -> EmergencyAccess:
    """The leader of the citizen's unit says whether it was right; never the one who opened it.

    A "not right" goes to the security officer. Raises ActionError without a note, StaleError when somebody was first.
    """
    allow(leads(by, access.citizen, clock.local_date(at)) and (by is None or by.pk != access.user_id))
    check(review in (Review.APPROVED, Review.NOT_APPROVED), _("Choose whether it was right."), "review")
    check(note.strip(), _("Write a note."), "review_note")
    rows.change(access, version=version, review=review, review_note=note.strip(), reviewed_by=by, reviewed_at=at)
    if review == Review.NOT_APPROVED:
        _notify(access, at, texts.emergency_not_right, leaders=False)
    record(event_kinds.EMERGENCY_REVIEWED, access, by=by, at=at, citizen_id=access.citizen_id, review=review)
    return access


def _notify(access: EmergencyAccess, at: dt.datetime, text, *, leaders: bool = True) -> None:
    """A mail without the citizen's name to the security officers and the leaders of the citizen's unit."""
    day = clock.local_date(at)
    wanted = Membership.objects.active_on(day).filter(municipality=access.municipality, user__is_active=True)
    rows_ = wanted.with_roles(Role.SECURITY_OFFICER, *([Role.TEAM_LEADER] if leaders else []))
    unit = access.citizen.unit_id
    people = {
        row.user_id: row.user
        for row in rows_.select_related("user")
        if row.role == Role.SECURITY_OFFICER or row.unit_id in (None, unit)
    }
    municipality = access.municipality
    sender = texts.Sender(municipality.name, municipality.main_phone, "", "")
    for user in people.values():
        subject, body = text(
            name=user.name,
            who=access.user.name,
            url=f"{settings.SITE_URL.rstrip('/')}/noedadgang/{access.pk}/",
            protected=access.protected,
            sender=sender,
        )
        send_mail(to=user.email, subject=subject, body=body, kind="emergency", at=at)
