"""Sending: a job per message, tried again when the mail server or the gateway does not answer."""

from smtplib import SMTPException

from django.core.mail import EmailMessage
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jobformidler.core import clock, db
from jobformidler.core.models import Municipality
from jobformidler.messaging import sms
from jobformidler.messaging.models import OutgoingMail, Way


@app.task(name="messaging.send", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def send(mail_id: int, municipality_id: int) -> None:
    """Send one message unless it is sent; a failure is kept on it for the administrator, and the job tried again."""
    municipality = Municipality.objects.get(pk=municipality_id)
    try:
        with db.enter(municipality, reason="send mail"):
            mail = OutgoingMail.objects.select_for_update().get(pk=mail_id)
            if mail.sent_at is None:
                if mail.way == Way.SMS:
                    sms.deliver(mail.to, str(mail.body), str(mail.pk))
                else:
                    EmailMessage(mail.subject, str(mail.body), to=[mail.to]).send()
                mail.sent_at, mail.error = clock.now(), ""
                mail.save(update_fields=["sent_at", "error"])
    except ValueError as error:  # a line break in a header, an address that is none, a refusal: it would fail again
        _keep(municipality, mail_id, error)
    except (SMTPException, OSError) as error:
        _keep(municipality, mail_id, error)
        raise


def _keep(municipality: Municipality, mail_id: int, error: Exception) -> None:
    with db.enter(municipality, reason="mail not sent"):
        OutgoingMail.objects.filter(pk=mail_id).update(error=f"{type(error).__name__}: {error}"[:300])
