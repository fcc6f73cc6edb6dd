"""The main pages of every role: reachable, Danish, wide or narrow, for everybody."""

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "Line": ["/", "/i-dag/", "/i-dag/opgaver/", "/i-dag/loentimer/", "/kalender/", "/borgere/", "/borgere/?vis=teamet",
             "/aftaler/", "/virksomheder/", "/pladser/", "/ordbog/", "/konto/", "/byggeklodser/"],
    "Peter": ["/", "/borgere/", "/aftaler/"],
    "Nadia": ["/", "/virksomheder/", "/virksomheder/ny/", "/pladser/"],
    "Ole": ["/", "/tavlen/", "/tavlen/sagsstammer/", "/tavlen/virksomheder/", "/tavlen/1/", "/tavlen/3/venter/"],
    "Anders": ["/", "/opsaetning/", "/opsaetning/kommunen/", "/opsaetning/enheder/", "/opsaetning/brugere/",
               "/opsaetning/brugere/ny/", "/opsaetning/lister/", "/opsaetning/kolonner/", "/opsaetning/jobkoe/",
               "/opsaetning/udbakke/", "/indlaesning/"],
}  # fmt: skip
PARTS_OF_A_CASE = ["", "tidslinje/", "cv/", "plan/", "forloeb/", "personer/", "rettigheder/", "dokumenter/", "kort/",
                   "samtale/", "kontakt/", "notat/", "ressourcer/", "kontaktdata/", "rytme/", "naeste-skridt/",
                   "find-en-plads/", "forloeb/nyt/", "afslut/", "ny-aftale/", "henvendelse/"]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_a_role_are_for_everybody_at_both_widths(person, name):
    somebody = person(name)
    for path in PAGES[name]:
        somebody.go(path)


def test_the_parts_of_a_case_are_for_everybody_at_both_widths(person, fjordby):
    line, mona = person("Line"), fjordby.case_of("Mona", "Havtorn")
    for part in PARTS_OF_A_CASE:
        line.go(f"/sag/{mona}/{part}")
