"""The citizen's own login: letting the citizen in, sending the link again, closing it."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jobformidler.accounts.actions import add_membership, create_user, end_membership
from jobformidler.accounts.actions import set_password as set_user_password
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.accounts.perms import administers
from jobformidler.citizens import event_kinds, welcome
from jobformidler.citizens.actions.relations import end_relation, relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Relation
from jobformidler.citizens.perms import may_write
from jobformidler.citizens.watch import own_access
from jobformidler.core.actions import ActionError, action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Event
from jobformidler.messaging import texts
from jobformidler.messaging.actions import send_mail
from jobformidler.messaging.models import OutgoingMail

MAIL_KIND = "own_pages"
#: Between two links the holder of an expired one asks for.
REQUEST_PAUSE = dt.timedelta(minutes=10)


@action
def open_own_access(
    *, citizen: Citizen, by: User | None, at: dt.datetime, email: str = "", user: User | None = None
) -> Relation:
    """Let the citizen see the own pages: a user, the role, the relation, and a mail with a link to choose a password.

    `email` is the citizen's own (that of the citizen's row when empty). `user` links a login that exists, as of
    somebody who came through the municipality's login service; then no mail is sent. A known e-mail is refused without
    it, since a wrong letter would open the pages to somebody else. Whoever may write about the citizen, or an
    administrator, may do it. Raises ActionError without e-mail, for a taken one, or when access is open already.
    """
    day = local_date(at)
    allow(may_write(by, citizen, day) or administers(by, citizen.municipality, day))
    Citizen.objects.select_for_update().get(pk=citizen.pk)
    check(own_access(citizen, day) is None, _("The citizen has access already."))
    invited = user is None
    if user is None:
        address = (email or citizen.email).strip()
        check(address, _("Write the citizen's e-mail."), "email")
        user = _earlier(citizen, address) or create_user(
            municipality=citizen.municipality, email=address, name=citizen.full_name, by=None, at=at
        )
    others = Relation.objects.active_on(day).filter(user=user, kind=RelationKind.SELF)
    check(not others.exclude(citizen=citizen).exists(), _("The login belongs to another citizen."), "email")
    mine = Membership.objects.active_on(day).filter(user=user, municipality=citizen.municipality)
    if not mine.with_roles(Role.CITIZEN).exists():
        add_membership(user=user, municipality=citizen.municipality, role=Role.CITIZEN, since=day, by=None, at=at)
    relation = relate(citizen=citizen, kind=RelationKind.SELF, since=day, user=user)
    if invited:
        _invite(citizen, user, at)
    record(event_kinds.OWN_ACCESS_OPENED, citizen, by=by, at=at, citizen_id=citizen.pk, user=user.pk)
    return relation


@action
def send_own_link(*, citizen: Citizen, by: User | None, at: dt.datetime) -> None:
    """Send the citizen a new link to choose a password with; older links and the present password stop working.

    `by=None` is the holder of an expired link, who gets it at the known address; a password in use is then kept, and
    nothing is sent. Raises ActionError without open access.
    """
    day = local_date(at)
    allow(may_write(by, citizen, day) or administers(by, citizen.municipality, day))
    relation = own_access(citizen, day)
    if relation is None or relation.user is None:
        raise ActionError(_("The citizen has no access."))
    user = User.objects.select_for_update().get(pk=relation.user.pk)
    if by is None and (user.has_usable_password() or _sent_lately(citizen, at)):
        return
    _invite(citizen, user, at)
    record(event_kinds.OWN_LINK_SENT, citizen, by=by, at=at, citizen_id=citizen.pk)


@action
def choose_own_password(*, user: User, token: str, password: str, at: dt.datetime) -> None:
    """Set the password with the token of a welcome link. Raises ActionError for a used link or a weak password."""
    row = User.objects.select_for_update().get(pk=user.pk)
    opened = welcome.read_token(token)
    check(opened.user is not None and opened.user.pk == row.pk and not opened.expired, _("The link has expired."))
    try:
        validate_password(password, row)
    except ValidationError as error:
        raise ActionError({"password": error.messages}) from error
    membership = Membership.objects.active_on(local_date(at)).filter(user=row, role=Role.CITIZEN).first()
    if membership is None:
        raise ActionError(_("The link has expired."))
    set_user_password(user=row, municipality=membership.municipality, password=password, by=row, at=at)


@action
def close_own_access(*, citizen: Citizen, by: User | None, at: dt.datetime) -> None:
    """The citizen's own login sees nothing from this day on. Raises ActionError without open access."""
    day = local_date(at)
    allow(may_write(by, citizen, day) or administers(by, citizen.municipality, day))
    relation = own_access(citizen, day)
    if relation is None or relation.user is None:
        raise ActionError(_("The citizen has no access."))
    end_relation(relation=relation, on=day)
    roles = Membership.objects.active_on(day).filter(
        user=relation.user, role=Role.CITIZEN, municipality_id=citizen.municipality_id
    )
    for membership in roles:
        end_membership(membership=membership, on=day, by=None, at=at)
    record(event_kinds.OWN_ACCESS_CLOSED, citizen, by=by, at=at, citizen_id=citizen.pk)


def _earlier(citizen: Citizen, address: str) -> User | None:
    """The login the citizen had before under the same e-mail."""
    opened = Event.objects.filter(kind=event_kinds.OWN_ACCESS_OPENED, citizen_id=citizen.pk)
    users = opened.values_list("payload__user", flat=True)
    return User.objects.filter(pk__in=list(users), email__iexact=address).first()


def _sent_lately(citizen: Citizen, at: dt.datetime) -> bool:
    sent = OutgoingMail.objects.filter(citizen_id=citizen.pk, kind=MAIL_KIND)
    return sent.filter(written_at__gt=at - REQUEST_PAUSE).exists()


def _invite(citizen: Citizen, user: User, at: dt.datetime) -> None:
    user.set_unusable_password()
    user.save(update_fields=["password"])
    municipality = citizen.municipality
    subject, body = texts.own_pages(
        name=citizen.short_name,
        url=f"{settings.SITE_URL.rstrip('/')}/v/{welcome.token_for(user)}/",
        days=welcome.DAYS,
        sender=texts.Sender(municipality.name, municipality.main_phone, "", ""),
    )
    send_mail(to=user.email, subject=subject, body=body, kind=MAIL_KIND, at=at, citizen_id=citizen.pk)
