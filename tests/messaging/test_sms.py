"""Text messages: written with their cause, handed to a gateway by a job, and open to whoever sees the screen."""

import contextlib

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jobformidler.core.actions import ActionError
from jobformidler.demo.gateway import Gateway
from jobformidler.messaging import sms, tasks, texts
from jobformidler.messaging.actions import RevealingSubjectError, send_sms
from jobformidler.messaging.models import OutgoingMail


@pytest.fixture
def gateway(settings):
    """A counterpart that keeps what it gets, and the settings that lead to it."""
    with Gateway(token="hemmelig") as found:
        settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_FROM = found.url, "hemmelig", "Fjordby"
        yield found


@pytest.fixture
def write(world, now):
    def run(text="Din kode er 123456.", **values):
        given = {"to": "+45 22 33 44 55", "text": text, "kind": "placement_code", "at": now}
        return send_sms(**(given | values))

    return run


def sent(row: OutgoingMail) -> OutgoingMail:
    """The row after its job has run, whatever came of it."""
    job = ProcrastinateJob.objects.get(task_name="messaging.send", status="todo", args__mail_id=row.pk)
    with contextlib.suppress(OSError):
        tasks.send(**job.args)
    row.refresh_from_db()
    return row


def test_a_message_reaches_the_gateway_once_with_its_sender(write, gateway):
    row = sent(write())
    assert row.sent_at is not None
    (got,) = gateway.received.values()
    assert (got.to, got.sender, got.text) == ("4522334455", "Fjordby", "Din kode er 123456.")
    tasks.send(mail_id=row.pk, municipality_id=row.municipality_id)
    assert len(gateway.received) == 1


def test_a_gateway_that_is_busy_is_tried_again_and_one_that_refuses_is_not(write, gateway):
    row = write()
    gateway.failing = [503]
    assert sent(row).error.startswith("OSError")
    assert sent(row).sent_at is not None
    gateway.failing = [422]
    refused = write()
    tasks.send(mail_id=refused.pk, municipality_id=refused.municipality_id)  # no error: nothing is tried again
    refused.refresh_from_db()
    assert refused.sent_at is None
    assert "422" in refused.error


def test_without_a_gateway_messages_lie_in_a_folder_and_are_offered_in_a_demonstration_alone(write, settings, world):
    row = sent(write())
    assert (settings.VAR / "sms" / f"{row.pk}.txt").read_text(encoding="utf-8").startswith("4522334455")
    assert not sms.is_open(world.municipality)
    world.municipality.is_demo = True
    assert sms.is_open(world.municipality)


@pytest.mark.parametrize("text", ["Hej Mona, kom i dag", "Om din kontanthjælp", "Nr. 711180-0001", "x" * 301])
def test_what_tells_something_is_not_sent_open(write, world, text):
    citizen = world.citizen("Mona Havtorn")
    with pytest.raises(RevealingSubjectError):
        write(text, citizen_id=citizen.pk)
    with pytest.raises(RevealingSubjectError):
        write(kind="emergency")


@pytest.mark.parametrize("phone", ["", "112", "12 34", "+46 70 123 45 67", "22334455, 33445566"])
def test_what_is_no_danish_number_gets_nothing(write, phone):
    with pytest.raises(ActionError):
        write(to=phone)


def test_the_texts_fit_and_name_the_municipality_alone(world):
    url = "https://jobformidler.fjordby.example/a/" + "x" * 43 + "/"
    for purpose in ("sign", "card", "hours"):
        text = texts.link_sms(purpose=purpose, url=url, phone="00 00 00 10", municipality="Fjordby Kommune")
        assert url in text
        assert text.endswith("Fjordby Kommune, 00 00 00 10")
        assert len(text) < 300
