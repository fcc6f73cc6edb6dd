"""A workplace is contacted about somebody we have met (MAT-05)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.casework.enums import OPEN, ContactKind
from jobformidler.casework.models import Contact
from jobformidler.citizens.models import Citizen
from jobformidler.core.actions import check
from jobformidler.employers.purposes import before_presenting

CONVERSATIONS = (ContactKind.FIRST_CONVERSATION, ContactKind.CONVERSATION)


def need_conversation(citizen: Citizen, at: dt.datetime, field: str | None = None) -> None:
    """Raise ActionError, on the form field if given, unless a conversation was held by `at` in the open case."""
    held = Contact.objects.standing().filter(
        case__citizen=citizen, case__status__in=OPEN, kind__in=CONVERSATIONS, at__lte=at
    )
    check(
        held.exists(),
        _("Talk with %(name)s first. A workplace is contacted about somebody we have met.")
        % {"name": citizen.short_name},
        field,
    )


@before_presenting
def _met(citizen_id: int, at: dt.datetime) -> None:
    need_conversation(Citizen.objects.get(pk=citizen_id), at, "citizen")
