"""Mails that follow from what happens below."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from jobformidler.accounts.event_kinds import RESET_ASKED
from jobformidler.accounts.models import User
from jobformidler.core.events import handles
from jobformidler.core.models import Event
from jobformidler.messaging import texts
from jobformidler.messaging.actions import send_mail

#: Where the link in the mail leads (`web/account`, reset_open).
ADDRESS = "/log-ind/ny-adgangskode/{uid}/{token}/"


@handles(RESET_ASKED)
def mail_reset(event: Event) -> None:
    """The link to set a new password. Its token leaves the system once, in this mail, and is kept nowhere."""
    user = User.objects.get(pk=event.subject_id)
    path = ADDRESS.format(
        uid=urlsafe_base64_encode(force_bytes(user.pk)), token=default_token_generator.make_token(user)
    )
    municipality = event.municipality
    sender = texts.Sender(name="", phone=municipality.main_phone, email="", municipality=municipality.name)
    subject, body = texts.new_password(name=user.name, url=settings.SITE_URL.rstrip("/") + path, sender=sender)
    send_mail(to=user.email, subject=subject, body=body, kind="new_password", at=event.at, municipality=municipality)
