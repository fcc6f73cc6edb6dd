"""The ten-minute tour, tap for tap, as far as it is told at a screen."""

import re

import pytest

pytestmark = pytest.mark.browser


def card(someone, name: str):
    return someone.page.locator(".work-row", has_text=name)


def test_today_begins_with_four_people_and_a_message_is_answered_where_it_stands(person):
    line = person("Line").sees("4 borgere venter på dig i dag", "Bent Rørskov", "Mona Havtorn", "Jonas Klitrose")
    line.tap_on(card(line, "Bent Rørskov").get_by_role("link", name=re.compile("^Svar")))
    assert line.path == "/i-dag/"
    line.fill("Svar til Bent", "Du kan tage 15 timer. Jeg ringer til Kim i dag og retter aftalen.")
    line.tap("Send svar").sees("Svaret er sendt til Bent.", "3 borgere venter på dig i dag")


def test_monas_week_is_reported_on_a_phone_and_stands_on_her_ladder(person, fjordby):
    mona = fjordby.case_of("Mona", "Havtorn")
    phone = person("Line", phone=True).go(f"/sag/{mona}/")
    phone.tap_on(phone.page.locator("summary", has_text="Registrér").first).tap(re.compile("^Timer"))
    phone.tap("Som planlagt").sees("5")
    person("Line").go(f"/sag/{mona}/").sees("Fra 0 til 5 løntimer", "Næste trin er 10.", "13 uger")


def test_jonas_gets_a_place_with_an_agreement_in_ten_taps_and_the_company_sees_no_reasons(person, fjordby, taps):
    jonas = fjordby.case_of("Jonas", "Klitrose")
    line = person("Line").go(f"/sag/{jonas}/")
    with taps.count("internship_with_what_if"):
        line.tap(re.compile("^Find en plads")).sees("Systemet vurderer pladsen, ikke Jonas.")
        before = line.text()
        line.tap(re.compile("9"), inside=".what-if")
        assert line.text() != before
        line.tap_on(line.page.locator("li.match").get_by_role("button", name=re.compile("Foreslå")).first)
        line.tap("Ja, skriv aftalen")
        line.tap(re.compile("^På vej mod ordinære timer"))
        line.tap("Send til underskrift")
    line.sees("Sendt til")
    assert taps.results["internship_with_what_if"] <= 10
    line.tap("Se, hvad virksomheden ser").sees("Én opgave ad gangen", "Skriftlig liste")


def test_the_leader_goes_from_a_number_to_the_cases_behind_it(person):
    ole = person("Ole").sees("Vejen til ordinære timer", "CV", "Praktik", "Aftale", "Ordinære timer", "Flere timer")
    number = ole.page.locator("a[href*='/tavlen/4/']").first
    count = re.search(r"\d+", number.text_content() or "")
    assert count, "the step shows how many it holds"
    ole.tap_on(number)
    assert ole.page.locator("tbody tr").count() == int(count.group(0))
    ole.go("/tavlen/").tap(re.compile("^Alle virksomheder")).sees("Plejecenter Solkrogen", "gav løntimer")


def test_who_has_looked_stands_in_the_case_and_another_citizen_is_not_there(person, fjordby):
    mona, strange = fjordby.case_of("Mona", "Havtorn"), 0
    line = person("Line").go(f"/sag/{mona}/").tap("Personer").sees("Line Askeløv", "Peter Havreholm")
    line.sees("Hvem har kigget")
    with fjordby.inside():
        from jobformidler.casework.models import Case

        strange = Case.objects.exclude(unit__name="Team Havnen").first().pk
    line.go(f"/sag/{strange}/", status=404).sees("findes ikke")
