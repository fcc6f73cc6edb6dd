"""A line break in a name or an address never becomes a header of a mail."""

import pytest
from django.core import mail

from jobformidler.messaging import tasks
from jobformidler.messaging.models import OutgoingMail

BREAKS = {
    "bcc": "Hej\r\nBcc: alle@ond.example",
    "newline": "Hej\nContent-Type: text/html",
    "folded": "Hej\r\n Bcc: alle@ond.example",
    "unicode": "Hej\u2028Bcc: alle@ond.example",
    "encoded": "=?utf-8?q?Hej=0D=0ABcc=3A_alle=40ond.example?=",
}


@pytest.mark.parametrize("text", BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("part", ["subject", "to"])
def test_a_broken_line_adds_no_header(world, now, text, part):
    values = {"to": "a@example.test", "subject": "Aftale", "body": "Hej", "kind": "test", "written_at": now}
    values[part] = f"{text}@example.test" if part == "to" else text
    row = OutgoingMail(municipality=world.municipality, **values)
    row.save()
    tasks.send(row.pk, world.municipality.pk)
    row.refresh_from_db()
    assert row.sent_at or row.error
    for sent in mail.outbox:
        message = sent.message()
        assert "Bcc" not in message
        assert message.get_content_type() == "text/plain"
        assert [address for address in sent.recipients() if "alle@" in address and "," in address] == []
