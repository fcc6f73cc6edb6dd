"""The agreement's page: values that open, what is missing, stale saves, sending, approving and starting."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import make_user
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    line,
    moment,
    opening,
    peter,
    placement,
    sign,
    signed,
    text,
    waiting,
    workplace,
)

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Organisation, Unit
from jobformidler.citizens.actions import relate
from jobformidler.citizens.models import AccessLog
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements import actions
from jobformidler.placements.agreement import stamp
from jobformidler.placements.enums import Party, PlacementStatus
from jobformidler.placements.models import Placement

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lacking(world, now, draft):
    """The draft without contact person and without the date of the last step."""
    actions.change_agreement(version=draft, field="contact", value="", by=world.line, at=now)
    rows = [dict(row) for row in draft.placement.versions.first().content["steps"]]
    rows[-1]["planned_on"] = None
    actions.change_agreement(version=draft, field="steps", value=rows, by=world.line, at=now)
    return draft.placement


def url(name, placement, *more):
    return reverse(name, args=[placement.pk, *more])


def save(client, placement, field, **posted):
    content = placement.versions.first().content
    seen = posted.pop("seen", stamp(content.get(field.split(".")[0])))
    return client.post(url("agreement_field", placement, field), {"seen": seen, **posted})


def test_the_sheet_reads_like_the_agreement_and_the_view_is_logged(line, placement):
    page = text(line.get(url("agreement", placement)))
    assert "Aftalen er mellem Mona Havtorn, Fjordby Trælast og Fjordby Kommune" in page
    assert "Start efter kl. 9" in page
    assert "Aftalen er ikke et ansættelsesbevis" in page
    assert AccessLog.objects.filter(page="agreement", citizen=placement.case.citizen).exists()


def test_what_the_citizen_has_not_agreed_to_share_is_not_in_the_agreement(line, placement):
    for name in ("agreement", "agreement_preview"):
        assert "larm" not in line.get(url(name, placement)).content.decode()


def test_missing_values_are_verbs_with_a_sentence_in_the_margin(line, lacking):
    page = line.get(url("agreement", lacking)).content.decode()
    assert page.count("v-missing") == 2
    assert page.count('margin-note"') == 2
    assert "2 ting mangler" in page


def test_a_value_opens_without_javascript_and_is_saved(line, placement):
    page = line.get(url("agreement", placement) + "?felt=place").content.decode()
    assert 'id="place-panel"' in page
    response = save(line, placement, "place", typed="Porten mod vest")
    assert response.status_code == 302
    assert placement.versions.first().content["place"] == "Porten mod vest"


def test_htmx_swaps_only_the_paragraph_and_what_changed(line, placement):
    opened = line.get(url("agreement_field", placement, "place"), headers=HTMX).content.decode()
    assert "<h2>" in opened
    assert 'id="place-panel"' in opened
    assert "<html" not in opened
    posted = {"seen": stamp(placement.versions.first().content["place"]), "typed": "Porten"}
    saved = line.post(url("agreement_field", placement, "place"), posted, headers=HTMX).content.decode()
    assert "Porten" in saved
    assert "afsnit-1" not in saved
    assert 'hx-swap-oob="innerHTML:#sheet-next"' in saved


def test_saving_a_missing_value_opens_the_next_missing(line, lacking):
    person = lacking.workplace.contacts.get(name="Torben Enebær")
    response = save(line, lacking, "contact", value=str(person.pk))
    assert response["Location"].endswith("?felt=steps.2.planned_on#steps-2-planned_on")
    response = save(line, lacking, "steps.2.planned_on", value="2027-02-22")
    assert "felt=" not in response["Location"]
    assert lacking.versions.first().content["steps"][2]["planned_on"] == "2027-02-22"


def test_a_new_contact_person_is_written_with_name_and_title(line, lacking):
    save(line, lacking, "contact", typed="Kim Holm, værkfører")
    assert lacking.workplace.contacts.filter(name="Kim Holm", title="værkfører").exists()


def test_a_wrong_answer_is_shown_with_what_to_do_and_kept(line, placement):
    page = save(line, placement, "hours", typed="99").content.decode()
    assert "form-error" in page
    assert 'value="99"' in page
    assert placement.versions.first().content["hours"] == "15"


def test_rows_of_the_plan_are_added_and_removed(line, placement):
    rows = placement.versions.first().content["steps"]
    posted = {
        "step-task": [row["task"] for row in rows] + ["Leverancer"],
        "step-mastered_when": [row["mastered_when"] for row in rows] + ["alene"],
        "step-paid_hours": [row["paid_hours"] for row in rows] + ["12"],
        "step-planned_on": [row["planned_on"] for row in rows] + ["2027-04-05"],
        "remove": "0",
    }
    save(line, placement, "steps", **posted)
    steps = placement.versions.first().content["steps"]
    assert [row["task"] for row in steps] == [row["task"] for row in rows[1:]] + ["Leverancer"]


def test_taking_the_clause_out_asks_why(line, placement):
    response = save(line, placement, "clause", value="false")
    assert "felt=clause_removed_reason" in response["Location"]


def test_a_stale_save_shows_both_values_and_lets_one_choose(line, world, now, placement):
    seen = stamp(placement.versions.first().content["place"])
    actions.change_agreement(
        version=placement.versions.first(), field="place", value="Kontoret", by=world.peter, at=now
    )
    page = save(line, placement, "place", typed="Porten", seen=seen).content.decode()
    assert "Kontoret" in page
    assert "Porten" in page
    assert "Peter Havreholm" in page
    fresh = re.search(r'name="seen" value="(\w+)"', page).group(1)
    save(line, placement, "place", seen=fresh, keep="mine", mine=json.dumps("Porten"))
    assert placement.versions.first().content["place"] == "Porten"


def test_keeping_the_saved_value_changes_nothing(line, placement):
    before = placement.versions.first().content
    save(line, placement, "place", keep="theirs", mine=json.dumps("Andet"))
    assert placement.versions.first().content == before


def test_the_primary_button_jumps_to_the_first_missing_value(line, lacking):
    response = line.post(url("agreement_send", lacking))
    assert response["Location"].endswith("?felt=contact#contact")
    lacking.refresh_from_db()
    assert lacking.status == PlacementStatus.DRAFT


def test_a_complete_agreement_is_sent_to_both(line, placement):
    page = text(line.post(url("agreement_send", placement), follow=True))
    assert "Sendt til Mona Havtorn og Tora Gyvel" in page
    assert "Forløbet kan ikke starte, før Mona Havtorn og Tora Gyvel har skrevet under" in page
    assert OutgoingMail.objects.filter(kind="placement_sign").count() == 2


def test_sending_twice_leaves_one_effect(line, placement):
    line.post(url("agreement_send", placement))
    line.post(url("agreement_send", placement))
    assert placement.versions.count() == 1
    assert OutgoingMail.objects.filter(kind="placement_sign").count() == 2


def test_a_party_without_mail_can_sign_at_a_meeting(line, placement):
    placement.case.citizen.email = ""
    placement.case.citizen.save()
    page = text(line.post(url("agreement_send", placement), follow=True))
    assert "Vi kender ingen mail til Mona Havtorn" in page
    posted = {"name": "Mona Havtorn", "digest": placement.sent_version.digest}
    line.post(url("agreement_sign_here", placement, Party.CITIZEN), posted)
    assert placement.sent_version.confirmations.get(party=Party.CITIZEN).confirmed_at


def test_a_reminder_waits_a_day(line, at, now, waiting):
    page = text(line.get(url("agreement", waiting)))
    assert "Et nyt link kan sendes i morgen" in page
    response = line.post(url("agreement_remind", waiting, Party.EMPLOYER), follow=True)
    assert "Vent" in text(response) or "short while" in text(response)
    at(now + dt.timedelta(hours=25))
    assert "Send Tora Gyvel et nyt link" in text(line.get(url("agreement", waiting)))
    line.post(url("agreement_remind", waiting, Party.EMPLOYER))
    assert OutgoingMail.objects.filter(kind="placement_sign", to="tora@example.test").count() == 2


def test_a_change_after_sending_begins_the_next_version_and_says_what_changed(line, waiting):
    save(line, waiting, "tasks", typed="Kun prisskilte")
    page = text(line.get(url("agreement", waiting)))
    assert waiting.versions.count() == 2
    assert "Version 2, kladde" in page
    assert "ændret af Line: opgaver" in page
    assert line.get(url("agreement_version", waiting, 1)).status_code == 200


def test_a_jobformidler_sees_who_approves_but_cannot(line, signed):
    assert "Peter Havreholm godkender for kommunen" in text(line.get(url("agreement", signed)))
    assert line.post(url("agreement_approve", signed)).status_code == 403
    assert line.post(url("agreement_send_back", signed), {"send_back-reason": "x"}).status_code == 403
    signed.refresh_from_db()
    assert signed.status == PlacementStatus.AWAITING_APPROVAL


def test_the_caseworker_approves_once(peter, signed):
    assert "Godkend" in text(peter.get(url("agreement", signed)))
    peter.post(url("agreement_approve", signed))
    peter.post(url("agreement_approve", signed))
    signed.refresh_from_db()
    assert signed.status == PlacementStatus.APPROVED


def test_sending_back_needs_a_reason(peter, signed):
    page = peter.post(url("agreement_send_back", signed), {"send_back-reason": ""})
    assert "form-error" in page.content.decode()
    peter.post(url("agreement_send_back", signed), {"send_back-reason": "Timerne mangler"})
    signed.refresh_from_db()
    assert signed.status == PlacementStatus.DRAFT


def test_nothing_starts_before_the_first_day(line, world, at, now, signed, moment):
    actions.approve(placement=signed, by=world.peter, at=now)
    assert "Start forløbet" not in text(line.get(url("agreement", signed)))
    line.post(url("agreement_start", signed))
    signed.refresh_from_db()
    assert signed.status == PlacementStatus.APPROVED
    at(moment(0))
    assert "Start forløbet" in text(line.get(url("agreement", signed)))
    line.post(url("agreement_start", signed))
    signed.refresh_from_db()
    assert signed.is_running


def test_giving_up_needs_a_reason(line, waiting):
    assert "form-error" in line.post(url("agreement_drop", waiting), {"drop-reason": ""}).content.decode()
    line.post(url("agreement_drop", waiting), {"drop-reason": "Virksomheden lukker"})
    waiting.refresh_from_db()
    assert waiting.status == PlacementStatus.DROPPED
    assert line.get(url("agreement", waiting)).status_code == 200


def test_vitas_and_the_transfer_are_noted(line, placement, day):
    line.post(url("agreement_vitas", placement), {"number": "V-123", "status": "sent"})
    line.post(url("agreement_transfer", placement), {"on": day.isoformat(), "receipt": "K-9"})
    page = text(line.get(url("agreement", placement)))
    assert "VITAS V-123: sendt" in page
    assert "kvittering K-9" in page
    assert "Formål: «Virksomhedspraktik" in page


def test_vitas_without_number_says_what_to_do(line, placement):
    page = line.post(url("agreement_vitas", placement), {"number": "", "status": "sent"}).content.decode()
    assert "form-error" in page


def test_a_stranger_gets_404_everywhere(client, world, at, waiting):
    other = Unit.objects.create(municipality=world.municipality, name="Team Skoven")
    client.force_login(make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=other))
    for name in ("agreement", "agreement_preview", "hours", "follow_up", "placement_end"):
        assert client.get(url(name, waiting)).status_code == 404
    for name in ("agreement_send", "agreement_approve", "agreement_start", "agreement_drop"):
        assert client.post(url(name, waiting)).status_code == 404


def test_a_provider_without_relation_sees_nothing(client, world, at, waiting):
    springbraet = Organisation.objects.create(kind="provider", name="Springbræt")
    rune = make_user(world.municipality, "Rune Strandvold", Role.JOBFORMIDLER)
    rune.memberships.update(organisation=springbraet)
    client.force_login(rune)
    assert client.get(url("agreement", waiting)).status_code == 404
    assert "Mona" not in text(client.get(reverse("agreements")))


def test_somebody_who_may_only_look_gets_words_instead_of_links(client, world, now, at, placement):
    relate(citizen=placement.case.citizen, kind="mentor", since=now.date(), user=world.admin)
    client.force_login(world.admin)
    page = client.get(url("agreement", placement)).content.decode()
    assert 'class="v"' not in page
    assert "Send til underskrift" not in page
    assert save(client, placement, "place", typed="Porten").status_code == 403
    assert client.post(url("agreement_send", placement)).status_code == 403
    assert client.get(url("follow_up", placement)).status_code == 403


def test_unknown_fields_and_versions_are_404(line, placement):
    assert line.get(url("agreement_field", placement, "cpr")).status_code == 404
    assert line.get(url("agreement_field", placement, "citizen")).status_code == 404
    assert line.get(url("agreement_version", placement, 9)).status_code == 404


def test_the_page_needs_few_queries(line, waiting):
    with CaptureQueriesContext(connection) as caught:
        line.get(url("agreement", waiting))
    asked = [query["sql"] for query in caught if "SAVEPOINT" not in query["sql"] and "set_config" not in query["sql"]]
    assert len(asked) <= 15, "\n".join(query[:120] for query in asked)


# ---------------------------------------------------------------------------------------------------- a new placement


def test_from_an_open_place_one_lands_on_a_filled_agreement(line, case, opening):
    response = line.post(reverse("placement_new", args=[case.pk]), {"opening": opening.pk, "discussed": "yes"})
    placement = Placement.objects.get()
    assert response["Location"] == url("agreement", placement)
    assert placement.hours_discussed is True
    assert placement.status == PlacementStatus.DRAFT


def test_choosing_the_same_place_twice_leaves_one_agreement(line, case, opening):
    for _ in range(2):
        response = line.post(reverse("placement_new", args=[case.pk]), {"opening": opening.pk, "discussed": "yes"})
    assert response["Location"] == url("agreement", Placement.objects.get())


def test_a_workplace_is_found_by_name_and_what_is_missing_opens(line, case, workplace):
    page = line.get(reverse("placement_new", args=[case.pk]) + "?q=trælast")
    assert f'name="workplace" value="{workplace.pk}"' in page.content.decode()
    response = line.post(reverse("placement_new", args=[case.pk]), {"workplace": workplace.pk})
    assert "?felt=purpose#purpose" in response["Location"]


def test_a_proposed_place_is_one_tap_from_its_agreement(line, world, now, case, opening):
    idea = actions.propose(case=case, workplace=opening.workplace, opening=opening, by=world.line, at=now)
    page = text(line.get(url("agreement", idea)))
    assert "Har du talt med virksomheden om løntimer?" in page
    response = line.post(reverse("placement_new", args=[case.pk]), {"placement": idea.pk, "discussed": "yes"})
    assert response["Location"] == url("agreement", idea)
    idea.refresh_from_db()
    assert idea.hours_discussed is True
    assert "Klar til underskrift?" in text(line.get(url("agreement", idea)))


def test_an_idea_goes_on_to_its_agreement(line, world, now, case, workplace):
    idea = actions.propose(case=case, workplace=workplace, by=world.line, at=now)
    assert "Skriv aftalen" in text(line.get(reverse("placement_new", args=[case.pk])))
    line.post(reverse("placement_new", args=[case.pk]), {"placement": idea.pk, "discussed": "no"})
    idea.refresh_from_db()
    assert (idea.status, idea.hours_discussed) == (PlacementStatus.DRAFT, False)
    assert line.get(url("agreement", idea)).status_code == 200


def test_without_a_conversation_the_page_says_what_comes_first(line, world, now, opening):
    from jobformidler.casework.actions import open_case

    other = open_case(
        citizen=world.citizen("Ida Timiankær", 7), unit=world.unit, by=world.peter, at=now, jobformidler=world.line
    )
    page = line.post(reverse("placement_new", args=[other.pk]), {"opening": opening.pk})
    assert page.status_code == 200
    assert not Placement.objects.exists()
    assert "banner-error" in page.content.decode()


def test_another_cases_idea_cannot_be_taken(line, world, now, case, placement):
    from jobformidler.casework.actions import open_case

    other = open_case(
        citizen=world.citizen("Ida Timiankær", 7), unit=world.unit, by=world.peter, at=now, jobformidler=world.line
    )
    assert line.post(reverse("placement_new", args=[other.pk]), {"placement": placement.pk}).status_code == 404
    assert line.post(reverse("placement_new", args=[other.pk]), {"opening": "abc"}).status_code == 404


def test_how_to_change_a_sent_agreement_is_said_on_the_screen_and_not_on_paper(world, now, placement, line):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    page = line.get(reverse("agreement", args=[placement.pk])).content.decode()
    assert '<span class="no-print">Retter du noget, begynder version 2.</span>' in page


def test_a_phone_number_in_the_agreement_stays_on_one_line(placement, line):
    version = placement.versions.first()
    version.content["jobformidler_phone"] = "00 00 00 21"
    version.content["absence"] = "Ring til Line på 00 00 00 21."
    version.save()
    page = line.get(reverse("agreement", args=[placement.pk])).content.decode()
    assert page.count("00\u00a000\u00a000\u00a021") >= 2
