"""What is confidential in a case: written, read, searched and withdrawn by those close to the citizen (CIT-09, GOV-08)."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import pytest
from django.urls import reverse
from tests.factories import make_user
from tests.web.case_fixtures import as_line, mona_case, the_day  # noqa: F401  fixtures

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions as casework
from jobformidler.casework.models import JournalNote
from jobformidler.citizens.actions import add_impairment
from jobformidler.citizens.models import AccessLog, Impairment


@pytest.fixture
def page(mona_case):
    """The address of the page."""
    return reverse("case_confidential", args=[mona_case.pk])


def test_an_impairment_is_written_changed_and_withdrawn(as_line, mona_case, page):
    new = reverse("impairment_new", args=[mona_case.pk])
    refused = as_line.post(new, {"meaning": "", "diagnosis": "Slidgigt"})
    assert refused.context["form"].errors["meaning"]
    as_line.post(new, {"meaning": "Kan stå op i to timer", "options": "Siddende opgaver", "diagnosis": ""})
    row = Impairment.objects.get()
    assert "Kan stå op i to timer" in as_line.get(page).content.decode()
    edit = reverse("impairment_edit", args=[mona_case.pk, row.pk])
    as_line.post(edit, {"meaning": "Kan stå op i tre timer", "version": row.version})
    assert "tre timer" in as_line.get(page).content.decode()
    as_line.post(reverse("impairment_withdraw", args=[mona_case.pk, row.pk]), {"reason": "Forkert"})
    assert "tre timer" not in as_line.get(page).content.decode()


def test_nothing_of_it_stays_in_the_browser(as_line, mona_case, page):
    form = as_line.get(reverse("impairment_new", args=[mona_case.pk]))
    assert "data-nodraft" in form.content.decode()
    assert form["Cache-Control"] == "no-store, private"


def test_colleagues_of_the_team_and_the_leader_are_told_who_can_read_it(client, mona_case, page, world):
    for user in (make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit), world.ole):
        client.force_login(user)
        assert client.get(page).status_code == 403
        assert client.get(reverse("impairment_new", args=[mona_case.pk])).status_code == 403


def test_a_confidential_note_is_read_on_its_page_and_only_named_in_the_timeline(
    as_line, mona_case, page, client, world
):
    as_line.post(reverse("case_note", args=[mona_case.pk]), {"text": "Sparring om mor", "confidential": "on"})
    note = JournalNote.objects.get()
    assert (note.text, note.words, note.confidential) == ("", "Sparring om mor", True)
    assert "Sparring om mor" in as_line.get(page).content.decode()
    assert "Sparring om mor" not in as_line.get(reverse("case_timeline", args=[mona_case.pk])).content.decode()
    client.force_login(make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit))
    correct = f"{reverse('case_note', args=[mona_case.pk])}?retter={note.pk}"
    assert client.get(correct).status_code == 404


def test_what_corrects_a_confidential_note_is_confidential_too(as_line, mona_case):
    as_line.post(reverse("case_note", args=[mona_case.pk]), {"text": "Sparring", "confidential": "on"})
    note = JournalNote.objects.get()
    as_line.post(f"{reverse('case_note', args=[mona_case.pk])}?retter={note.pk}", {"text": "Rettet"})
    assert JournalNote.objects.get(corrects=note).confidential


def test_a_team_colleague_cannot_write_a_confidential_note(client, mona_case, world):
    client.force_login(make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit))
    url = reverse("case_note", args=[mona_case.pk])
    assert "confidential" not in client.get(url).context["form"].fields
    client.post(url, {"text": "x", "confidential": "on"})
    assert not JournalNote.objects.filter(confidential=True).exists()


def test_the_search_finds_words_in_health_notes_and_incidents_of_this_case_alone(
    as_line, mona_case, page, world, the_day
):
    by = {"by": world.line, "at": the_day}
    add_impairment(citizen=mona_case.citizen, meaning="Kan stå op i to TIMER", diagnosis="Slidgigt", **by)
    casework.write_note(case=mona_case, text="Fik tre timer mere", **by)
    casework.write_note(case=mona_case, text="Bange for timer", confidential=True, **by)
    casework.report_incident(
        case=mona_case, kind="sickness", on=the_day.date(), what="Gik efter to timer", reporter="L", **by
    )
    other = casework.open_case(
        citizen=world.citizen(number=2), unit=world.unit, jobformidler=world.line, caseworker=world.peter, **by
    )
    casework.write_note(case=other, text="Andre timer", **by)
    found = as_line.post(page, {"q": "timer"}).context["found"]
    assert len(found) == 4
    assert not any("Andre" in item.text for item in found)
    assert len(as_line.post(page, {"q": "slidgigt"}).context["found"]) == 1
    assert as_line.post(page, {"q": "x"}).context["found"] == []
    assert AccessLog.objects.filter(page="confidential").count() == 3


def test_the_word_searched_for_stands_in_no_address(as_line, page):
    assert 'method="post"' in as_line.get(page).content.decode()
    assert as_line.get(f"{page}?q=slidgigt").context["asked"] is False


def test_an_encrypted_message_and_incident_are_read_in_the_timeline(as_line, mona_case, world, the_day):
    casework.receive_enquiry(
        case=mona_case,
        sender="citizen",
        sender_name="Mona",
        text="Ring til mig",
        received_at=the_day,
        by=None,
        at=the_day,
    )
    casework.report_incident(
        case=mona_case, kind="sickness", on=the_day.date(), what="Kom ikke", reporter="Line", by=world.line, at=the_day
    )
    shown = as_line.get(reverse("case_timeline", args=[mona_case.pk])).content.decode()
    assert "Ring til mig" in shown
    assert "Kom ikke" in shown
    assert "\\x01" not in shown
