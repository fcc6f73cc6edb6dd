"""From a row in a register file to a citizen's first paid hours, on the screens of everybody who takes part."""

import datetime as dt
import io
import re

import pytest
from django.core.management import call_command

from tests.browser.person import Person
from tests.browser.site import DAY, Site

pytestmark = pytest.mark.browser

WEEK = dt.timedelta(days=7)
START = DAY + WEEK
EMPLOYER, CITIZEN = "torben@traelast.example", "rosa@borger.example"
FILE = (
    "CPR-nr.;Fornavn;Efternavn;Adresse;Postnr.;By;Telefon;E-mail;Ydelse;Ydelse fra;Enhed\r\n"
    f"700392-0042;Rosa;Mælkebøtte;Skovvej 4;9990;Fjordby;00 00 00 77;{CITIZEN};"
    "Kontanthjælp, aktivitetsparat;01-09-2026;Team Havnen\r\n"
)


def row(someone: Person, name: str = "Rosa Mælkebøtte"):
    return someone.page.locator(".work-row", has_text=name)


def sign(stranger: Person, site: Site, address: str, name: str) -> None:
    """Open the link of the mail, prove who one is with the code of the second mail, read, sign."""
    stranger.go(site.link_to(address)).sees("Først en kode")
    stranger.tap("Send koden").fill("Koden, vi sendte", site.code_to(address)).tap("Se aftalen")
    stranger.sees("Aftale om virksomhedsforløb", "Rosa", "På vej mod ordinære timer", "Start efter kl. 9.")
    stranger.fill("Skriv dit navn", name).tap("Underskriv").sees("Du har skrevet under")


def report(employer: Person, site: Site, monday: dt.date) -> None:
    """Friday at two: the workplace says that the week was as planned."""
    site.travel(monday + dt.timedelta(days=4), 14)
    employer.go(site.link_to(EMPLOYER, "t")).tap("Som planlagt").sees("Ugen med Rosa er gemt")


def follow_up(line: Person, taps, site: Site, day: dt.date, case: int, answer: str, mastered: str = "") -> None:
    """On the phone at the workplace: what she masters now, and what was said about paid hours."""
    site.travel(day, 13)
    line.go(f"/sag/{case}/")
    with taps.count("follow_up"):
        line.tap_on(line.page.locator("a[href*=opfoelgning]").first)
        if mastered:
            line.choose("Mestrer det nu", group=mastered)
        line.choose(answer).tap("Gem opfølgningen")
    line.sees("Opfølgningen er gemt")


def test_a_citizen_from_a_file_reaches_two_and_five_paid_hours(person, fjordby, taps, tmp_path):
    # A row in the export of the case system
    file = tmp_path / "borgere.csv"
    file.write_bytes(FILE.encode("cp1252"))
    call_command("ingest", "citizens", str(file), municipality=999, stdout=io.StringIO())

    # Line opens the case, with Peter as her partner
    line = person("Line").go("/borgere/?vis=uden-sag").sees("Rosa Mælkebøtte")
    line.tap_on(row(line).get_by_role("link").last).select("Hvem er sagsbehandler?", "Peter Havreholm")
    line.tap("Åbn sagen").go("/borgere/").sees("Rosa Mælkebøtte")

    # The first conversation, from the caseload page
    with taps.count("conversation"):
        line.tap_on(row(line).get_by_role("link", name=re.compile("samtale")))
        line.choose("Ja", group="Talte I om ordinære timer?").choose("Hele listen")
        line.fill("Hvad aftalte I?", "Rosa vil gerne være et sted, hvor hun ser, at arbejdet bliver færdigt.")
        line.tap("Gem samtalen")
    line.sees("Samtalen med Rosa er registreret")
    assert taps.results["conversation"] <= 6
    case = fjordby.case_of("Rosa", "Mælkebøtte")
    home = f"/sag/{case}/"

    # What she can and wants, what must be taken into account, a CV, goals A, B and C
    line.go(home).tap("CV").tap("Skriv en kompetence").fill("Hvad kan borgeren?", "Har pakket ordrer").choose("Job")
    line.fill("Hvilke opgaver kan det blive til?", "Pakke ordrer\nPrisskilte").tap("Gem").sees("Har pakket ordrer")
    line.tap("Tilføj et hensyn").fill("Hvad skal der tages hensyn til?", "Start efter kl. 9.").choose("Arbejdstid")
    line.choose("Borgeren har sagt ja").tap("Gem").sees("Start efter kl. 9.")
    line.tap("Begynd personligt CV").fill("Kort fortalt", "Vant til lager.").tap("Begynd på CV'et")
    line.tap("Plan").tap("Skriv mål A").fill("Jobmål", "10 løntimer på et lager").tap("Gem målet")
    for letter, goal in (("B", "Vaskeri"), ("C", "Køkken")):
        line.tap(re.compile(rf"^Skriv mål {letter}")).fill("Jobmål", goal).tap("Gem målet")
    line.sees("10 løntimer på et lager", "Vaskeri", "Køkken")

    # An internship with a complete agreement, from the case page to the signature
    line.go(home)
    with taps.count("internship"):
        line.tap("Find en plads").sees("Systemet vurderer pladsen, ikke Rosa.")
        line.tap_on(
            line.page.locator("li.match", has_text="Fjordby Trælast").get_by_role("button", name=re.compile("Foreslå"))
        )
        line.tap("Ja, skriv aftalen").sees("Formålet mangler.")
        line.tap(re.compile("^På vej mod ordinære timer"))
        line.tap(re.compile("26. februar 2027")).fill("Sidste dag", "2027-05-28").tap("Gem")
        line.tap("Send til underskrift")
    line.sees("Sendt til Rosa Mælkebøtte og Torben Enebær")
    assert taps.results["internship"] <= 10
    agreement = line.path

    # Signatures by link and code, approval by the caseworker; before that it cannot start
    sign(person(phone=True), fjordby, EMPLOYER, "Torben Enebær")
    line.go(agreement).sees("Venter på underskrift")
    sign(person(phone=True), fjordby, CITIZEN, "Rosa Mælkebøtte")
    line.go(agreement).sees("Venter på kommunens godkendelse")
    peter = person("Peter").go("/aftaler/").sees("Rosa Mælkebøtte")
    peter.tap_on(row(peter).get_by_role("link", name="Læs og afgør")).tap("Godkend").sees("Peter Havreholm")
    line.go(agreement).sees("Forløbet begynder mandag 30. november.")
    fjordby.travel(START, 8)
    line.go(agreement).tap("Start forløbet").sees("Rosa er begyndt")

    # Week by week: four weeks' internship, two paid hours, five paid hours
    employer, phone = person(phone=True), person("Line", phone=True)
    fjordby.travel(START + dt.timedelta(days=4), 14)
    employer.go(fjordby.link_to(EMPLOYER, "t"))
    with taps.count("hours_week"):
        employer.tap("Som planlagt")
    assert taps.results["hours_week"] <= 2
    for week in range(1, 4):
        report(employer, fjordby, START + week * WEEK)
    agreed = "Vi aftalte, hvornår {} løntimer begynder"
    follow_up(phone, taps, fjordby, START + 4 * WEEK, case, agreed.format(2), mastered="Varemodtagelse")
    for week in range(4, 6):
        report(employer, fjordby, START + week * WEEK)
    line.go(home).sees("Fra 0 til 2 løntimer", "Næste trin er 5.")
    follow_up(phone, taps, fjordby, START + 6 * WEEK, case, "5 løntimer kommer senere, opgaven er ikke lært endnu")
    for week in range(6, 8):
        report(employer, fjordby, START + week * WEEK)
    follow_up(phone, taps, fjordby, START + 8 * WEEK, case, agreed.format(5), mastered="Prisskilte")
    for week in range(8, 13):
        report(employer, fjordby, START + week * WEEK)

    # Ten is next, thirteen weeks have passed, and the board counts it
    fjordby.travel(START + 13 * WEEK, 9)
    line.go(home).sees("Fra 0 til 5 løntimer", "Næste trin er 10.", "13 uger")
    ole = person("Ole").go("/tavlen/").sees("Hvor timerne opstår", "Fjordby Trælast & Byg ApS")
    ole.tap_on(ole.page.locator("a[href*='/tavlen/4/']").first).sees("Rosa Mælkebøtte")
