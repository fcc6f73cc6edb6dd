"""What happens to mail and letters."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jobformidler.core import clock
from jobformidler.core.retention import DataType, Found, classify, register_type
from jobformidler.messaging.models import OutgoingMail

classify(
    "messaging.OutgoingMail",
    title=_("Mail"),
    rows="delete",
    why="goes with the citizen, and by its own rule: what a mail said stands in the case too",
)
classify(
    "messaging.Letter",
    title=_("Letters"),
    rows="delete",
    why="goes with the citizen; the dates of decision and delivery stay with the decision",
)


def _mails(before: dt.date) -> Sequence[Found]:
    count = OutgoingMail.objects.filter(written_at__lt=clock.at_time(before, 0)).count()
    if not count:
        return []
    return [Found(before.toordinal(), ngettext("%(n)s mail", "%(n)s mails", count) % {"n": count}, count)]


def _end_mails(found: Found, at: dt.datetime) -> dict[str, int]:
    before = clock.at_time(dt.date.fromordinal(found.key), 0)
    number, _by_model = OutgoingMail.objects.filter(written_at__lt=before).delete()
    return {"messaging.OutgoingMail": number}


register_type(DataType("mail", _("mail that was sent"), 12, _mails, _end_mails))
