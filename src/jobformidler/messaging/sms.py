"""Text messages: one POST for each to the gateway the municipality has an agreement with.

`JOBFORMIDLER_SMS_URL` gets `{"to": "4512345678", "from": …, "text": …, "reference": …}` as JSON with the token as bearer.
`reference` is the same when a message is tried again, so that a gateway can drop a second one. Without an address the
messages lie in `var/sms`, as mail does in `var/mail`.
"""

import re
from http import HTTPStatus

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from jobformidler.core.models import Municipality

#: Seconds to wait for the gateway.
PATIENCE = 10
#: Answers after which the same message is tried again; other refusals are for good.
AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
DANISH = re.compile(r"(?:\+45|0045)?(\d{8})")


class RefusedMessageError(ValueError):
    """The gateway does not take this message; trying again would not help."""


def number(phone: str) -> str:
    """The number as gateways write it, "4512345678"; empty when it is not one Danish number."""
    found = DANISH.fullmatch(re.sub(r"[\s.()-]", "", phone))
    return f"45{found[1]}" if found else ""


def is_open(municipality: Municipality) -> bool:
    """Whether text messages can be sent: there is a gateway, or it is a demonstration."""
    return bool(settings.SMS_URL) or municipality.is_demo


def masked(phone: str) -> str:
    """ "•• •• •• 41": enough for the holder to recognise."""
    return f"•• •• •• {phone[-2:]}"


def deliver(to: str, text: str, reference: str) -> None:
    """Hand one message over. Raises RefusedMessageError for good, OSError when it should be tried again."""
    if not settings.SMS_URL:
        folder = settings.VAR / "sms"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{reference}.txt").write_text(f"{to}\n{text}\n", encoding="utf-8")
        return
    answer = requests.post(
        settings.SMS_URL,
        json={"to": to, "from": settings.SMS_FROM, "text": text, "reference": reference},
        headers={"Authorization": f"Bearer {settings.SMS_TOKEN}"} if settings.SMS_TOKEN else {},
        timeout=PATIENCE,
        allow_redirects=False,
    )
    if answer.status_code in AGAIN or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise OSError(_("The gateway answered %(code)s.") % {"code": answer.status_code})
    if not answer.ok or answer.is_redirect:
        raise RefusedMessageError(_("The gateway refused it with %(code)s.") % {"code": answer.status_code})
