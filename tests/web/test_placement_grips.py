"""Four grips in words, the reasons for both, what was adjusted, and absence told by the workplace."""

import pytest
from django.urls import reverse
from tests.web.placement_fixtures import (
    at,
    case,
    draft,
    line,
    mailed_code,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    text,
    workplace,
)
from tests.web.test_signing import tokens

from jobformidler.casework.models import Incident
from jobformidler.placements import actions
from jobformidler.placements.enums import Party
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import Placement

__all__ = ["at", "case", "draft", "line", "mailed_code", "moment", "opening", "placement"]
__all__ += ["report", "running", "sign", "workplace"]


@pytest.fixture
def followed(world, running, moment):
    """Line was there a week in and changed the tasks and the time."""
    actions.follow_up(
        placement=running,
        held_at=moment(1),
        hours_said="To timer fra nytår",
        tasks_adjusted="Kun prisskilte",
        time_adjusted="Møder kl. 10",
        considerations_adjusted="Pause hver time",
        decision="Torben viser kassen",
        by=world.line,
        at=moment(1),
    )
    return running


def test_the_agreements_side_says_which_grips_are_there_and_what_brings_the_others(line, running, at, moment):
    at(moment(1))
    page = text(line.get(reverse("agreement", args=[running.pk])))
    assert "De fire greb: 2 af 4" in page
    assert "En fast kontaktperson" in page
    assert "Vælg en kontaktperson i aftalen." not in page
    assert "Skriv, hvorfor pladsen er god for begge, før aftalen skrives." in page
    assert "Besøg virksomheden, og skriv opfølgningen." in page


def test_the_placements_tab_says_the_same_in_one_line(line, followed, at, moment):
    at(moment(2))
    page = text(line.get(reverse("case_placements", args=[followed.case_id])))
    assert "3 af 4 greb er på plads. Mangler: et match, der er godt for begge." in page


def test_adjustments_stand_in_the_timeline_and_on_the_next_follow_up(line, followed, at, moment):
    at(moment(2))
    for name, pk in (("case_timeline", followed.case_id), ("follow_up", followed.pk)):
        page = text(line.get(reverse(name, args=[pk])))
        for said in ("Kun prisskilte", "Møder kl. 10", "Pause hver time"):
            assert said in page, (name, said)


def test_an_agreement_begun_at_a_workplace_asks_why_for_both_and_shows_it(line, case, workplace):
    address = reverse("placement_new", args=[case.pk])
    page = text(line.get(address))
    assert "Hvorfor er pladsen god for Mona?" in page
    assert "Hvorfor er den god for virksomheden?" in page
    line.post(
        address,
        {
            "workplace": workplace.pk,
            "discussed": "yes",
            "reason_citizen": "Hun kender varerne",
            "reason_employer": "Travlt om morgenen",
        },
    )
    made = Placement.objects.get(case=case)
    side = text(line.get(reverse("agreement", args=[made.pk])))
    assert "Godt for Mona: Hun kender varerne" in side
    assert "Godt for virksomheden: Travlt om morgenen" in side


def test_absence_today_told_by_the_workplace_is_one_fact_in_the_case_without_a_reason(client, running, at, moment):
    at(moment(1))
    token = tokens(running, moment(1), LinkPurpose.HOURS)[Party.EMPLOYER]
    address = reverse("employer_hours", args=[token])
    week = {"do": "hours", "week": "2026-12-07", "paid": "0", "unpaid": "10", "absence": "on"}
    assert 'name="fravaer"' in client.get(address + "?uge=2026-12-07&fravaer=1").content.decode()
    for _ in range(2):
        client.post(address, week | {"fravaer": "1"})
    incident = Incident.objects.get(case=running.case)
    assert (incident.kind, incident.on, incident.reporter) == ("other", moment(1).date(), running.contact.name)
    assert incident.what == "Fraværende fra virksomheden"
