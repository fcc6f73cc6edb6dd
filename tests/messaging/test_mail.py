"""Mail is written with its cause, sent by a job, and tells nothing in the subject."""

import ast
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.conf import settings
from django.core import mail as sent
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jobformidler.core import lists
from jobformidler.core.actions import ActionError
from jobformidler.messaging import privacy, tasks, texts
from jobformidler.messaging.actions import RevealingSubjectError, send_again, send_mail
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements.links import LinkPurpose


@pytest.fixture
def write(world, now, monkeypatch):
    monkeypatch.setitem(privacy.SUBJECTS, "test", ("Noget at læse", "Montagen er klar"))

    def run(**values):
        given = {
            "to": "torben@example.test",
            "subject": "Noget at læse",
            "body": "Hej Torben. Mona starter mandag.",
            "kind": "test",
            "at": now,
        }
        return send_mail(**(given | values))

    return run


def jobs():
    return list(ProcrastinateJob.objects.filter(task_name="messaging.send", status="todo"))


def test_a_mail_is_queued_and_sent_once(write):
    mail = write()
    (job,) = jobs()
    tasks.send(**job.args)
    tasks.send(**job.args)
    (message,) = sent.outbox
    assert (message.to, message.subject) == (["torben@example.test"], "Noget at læse")
    mail.refresh_from_db()
    assert mail.sent_at is not None


def test_the_body_is_ciphertext_in_the_database(write):
    mail = write()
    with connection.cursor() as cursor:
        cursor.execute("select body from messaging_outgoingmail where id = %s", [mail.pk])
        assert b"Mona" not in bytes(cursor.fetchone()[0])
    assert OutgoingMail.objects.get(pk=mail.pk).body.startswith("Hej Torben")


def test_nothing_leaves_when_the_cause_is_undone(write):
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert jobs() == []
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("subject", ["Aftale for Mona", "HAVTORN: aftale", "Om din kontanthjælp", "To\nlinjer", " "])
def test_a_subject_that_tells_something_is_refused(write, subject):
    with pytest.raises(ValueError):
        write(subject=subject, private=["Mona Havtorn", "Mo"])
    assert issubclass(RevealingSubjectError, ValueError)


def test_the_names_of_the_citizen_are_found_by_id(write, world):
    with pytest.raises(RevealingSubjectError):
        write(subject="Om Havtorn", citizen_id=world.citizen("Mona Havtorn").pk)


def test_a_name_inside_another_word_is_no_name(write):
    assert write(subject="Montagen er klar", private=["Mon Ta"])


def test_an_impossible_address_is_refused(write):
    with pytest.raises(ValidationError):
        write(to="torben")


def test_a_failure_stands_on_the_mail_and_it_can_be_sent_again(write, world, now, monkeypatch):
    mail = write()

    def no_answer(*args, **kwargs):
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", no_answer)
        with pytest.raises(SMTPServerDisconnected):
            tasks.send(mail_id=mail.pk, municipality_id=world.municipality.pk)
    mail.refresh_from_db()
    assert mail.sent_at is None
    assert "SMTPServerDisconnected" in mail.error
    with pytest.raises(PermissionDenied):
        send_again(mail=mail, by=world.line, at=now)
    send_again(mail=mail, by=world.admin, at=now)
    tasks.send(**jobs()[-1].args)
    mail.refresh_from_db()
    assert mail.sent_at is not None
    assert mail.error == ""
    with pytest.raises(ActionError):
        send_again(mail=mail, by=world.admin, at=now)


def test_every_text_names_the_sender_with_a_direct_number_and_fits_its_subject(world, write):
    line = texts.Sender(world.line.name, world.line.phone, world.line.email, world.municipality.name)
    until = "3. december"
    made = {
        "placement_sign": texts.signing_link(name="Torben Enebær", url="https://x.test/a/1/", until=until, sender=line),
        "placement_card": texts.card_link(name="Torben Enebær", url="https://x.test/k/1/", until=until, sender=line),
        "placement_code": texts.one_time_code(name="Torben Enebær", code="123456", minutes=10, sender=line),
        "placement_hours": texts.hours_reminder(name="Birte Vejbred", url="https://x.test/t/1/", sender=line),
    }
    for kind, (subject, body) in made.items():
        assert world.line.phone in body
        assert world.line.email in body
        assert world.municipality.name in body
        write(kind=kind, subject=subject, body=body, private=["Bent Rørskov", "Sofie Engkarse", "Torben Enebær"])


def test_without_a_jobformidler_the_municipality_writes():
    nobody = texts.Sender(name="", phone="00000000", email="", municipality="Fjordby Kommune")
    _subject, body = texts.one_time_code(name="", code="123456", minutes=10, sender=nobody)
    assert body.endswith("Fjordby Kommune\n00000000\n")


def test_a_subject_is_fixed_words_of_its_kind_and_nothing_else(write):
    for kind, subject in (("test", "Aftalen er klar"), ("ukendt", "Noget at læse"), ("cover", "Noget at læse")):
        with pytest.raises(RevealingSubjectError):
            write(kind=kind, subject=subject)


def test_no_subject_has_a_place_for_a_name_or_a_topic(world):
    benefits = {label.casefold().split(",")[0] for label in lists.labels("benefit").values()}
    for subjects in privacy.SUBJECTS.values():
        for subject in map(str, subjects):
            assert "%" not in subject
            assert "{" not in subject
            assert not set(subject.casefold().split()) & benefits
            assert not set(subject.casefold().split()) & {"ledig", "praktik", "sygdom", "helbred", "aftale", "job"}


def test_every_kind_of_message_written_in_the_product_has_its_subject():
    found = set()
    for file in (Path(settings.ROOT) / "src" / "jobformidler").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "send_mail":
                found |= {k.value.value for k in call.keywords if k.arg == "kind" and isinstance(k.value, ast.Constant)}
    assert found
    assert found <= set(privacy.SUBJECTS)
    assert {f"placement_{purpose}" for purpose in LinkPurpose} <= set(privacy.SUBJECTS)
