"""A citizen's own pages on a phone: for everybody at both widths, and what is written reaches the jobformidler."""

import pytest

pytestmark = pytest.mark.browser

ROOMS = ["/min-side/", "/min-plan/", "/min-plan/oenske/", "/min-plan/virksomhed/", "/mit-arbejde/", "/mit-cv/",
         "/mit-cv/kan/", "/mine-aftaler/", "/skriv-til-os/"]  # fmt: skip


def test_the_own_pages_are_for_everybody_on_a_phone_and_wide(person):
    mona = person("Mona", phone=True)
    for path in ROOMS:
        mona.go(path)
    mona.go("/min-side/").sees("Hej Mona", "Line Askeløv", "Ring 00 00 00 21", "Dit lille skridt")
    bent = person("Bent")
    bent.go("/min-side/").sees("Livlinen er åben", "Line Askeløv")


def test_a_wish_written_on_the_phone_stands_on_the_jobformidlers_list(person, fjordby):
    mona = person("Mona", phone=True)
    mona.go("/min-plan/oenske/").fill("Hvad ønsker du dig?", "Gerne tæt på vandet").tap("Gem mit ønske")
    mona.sees("Dit ønske er gemt", "Gerne tæt på vandet")
    line = person("Line")
    line.go(f"/sag/{fjordby.case_of('Mona', 'Havtorn')}/fra-borgeren/").sees("Gerne tæt på vandet", "Tilføjet af Mona")
    line.tap("Jeg har læst det").sees("noteret")
