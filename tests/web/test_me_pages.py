"""What a citizen sees and writes on the own pages, and how it reaches the jobformidler."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt
import io

import pytest
from django.urls import reverse
from PIL import Image
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    line,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    text,
    waiting,
    workplace,
)

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership
from jobformidler.casework import actions as casework
from jobformidler.casework import attention
from jobformidler.casework.models import Attention, Case, CitizenEntry, Enquiry, Plan
from jobformidler.citizens.actions import add_wish, open_own_access, start_cv
from jobformidler.citizens.enums import Author
from jobformidler.citizens.models import Competence, Wish
from jobformidler.core import clock
from jobformidler.placements.models import Confirmation


@pytest.fixture
def mona(case, world, now):
    """Mona's own login."""
    return open_own_access(citizen=case.citizen, by=world.line, at=now).user


@pytest.fixture
def me(client, mona, at):
    """A browser in which Mona is logged in; each page as its words."""
    client.force_login(mona)

    def page(name, *args, **query):
        answer = client.get(reverse(name, args=args), query)
        assert answer.status_code == 200, name
        return text(answer)

    return page


def send(client, page, *args, **values):
    answer = client.post(reverse(page, args=args), values)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer


def today_of(client, user):
    client.force_login(user)
    return text(client.get(reverse("today")))


def test_a_wish_is_written_and_changed_in_ones_own_words_and_the_jobformidler_is_told(
    me, client, case, world, mona, now, drain
):
    send(client, "my_wish_new", text="Et sted med dyr")
    wish = Wish.objects.get()
    assert (wish.author, wish.by) == (Author.CITIZEN, mona)
    send(client, "my_wish", wish.pk, text="Et sted med heste", version=wish.version)
    assert "«Et sted med heste»" in me("my_plan")
    assert "Tilføjet af dig" in me("my_plan")
    stale = client.post(reverse("my_wish", args=[wish.pk]), {"text": "Et sted med køer", "version": 1})
    assert "Et sted med heste" in stale.content.decode()  # both versions are shown
    entry = CitizenEntry.objects.get()
    assert (entry.kind, str(entry.text)) == ("wish", "Et sted med heste")
    drain()
    assert "Mona har skrevet på Min side: et jobønske" in today_of(client, world.line)
    page = text(client.get(reverse("case_entries", args=[case.pk])))
    assert "Et sted med heste" in page
    assert "Tilføjet af Mona" in page
    assert "Tilføjet af Mona" in text(client.get(reverse("case_plan", args=[case.pk])))
    assert client.post(reverse("case_entries", args=[case.pk])).status_code == 302
    assert "har skrevet på Min side" not in today_of(client, world.line)
    client.force_login(mona)
    send(client, "my_wish_away", wish.pk)
    assert "heste" not in me("my_plan")


def test_what_a_citizen_writes_inside_the_fence_leaves_the_work_list_as_a_rebuild_makes_it(
    me, client, case, running, now, drain
):
    goal = Plan.objects.get(case=case).goals.get()
    send(client, "my_competence", text="Kan føre regnskab", origin="leisure")
    send(client, "my_company", text="Planteskolen")
    send(client, "my_goal_comment", goal.pk, text="Gerne om formiddagen")
    send(client, "my_agreement_comment", running.pk, text="Bussen går kl. 9")
    send(client, "write_to_us", text="Kan vi tale om fredag?")
    drain()
    kept = {(row.reason, row.subject_id, str(row.facts)) for row in Attention.objects.all()}
    assert attention.rebuild(clock.today()) == 0
    assert {(row.reason, row.subject_id, str(row.facts)) for row in Attention.objects.all()} == kept
    assert "citizen_wrote" in {reason for reason, *_rest in kept}


def test_a_message_gets_a_promise_and_the_answer_is_read_on_the_own_page(me, client, case, world, mona, now, drain):
    meeting = casework.plan_appointment(
        case=case, kind="conversation", when=now + dt.timedelta(days=2), what="Samtale", by=world.line, at=now
    )
    assert "Passer det ikke?" in me("me")
    assert "passer ikke for mig" in me("write_to_us", moede=meeting.pk)
    send(client, "write_to_us", text="Kan det blive torsdag?")
    enquiry = Enquiry.objects.get()
    assert (enquiry.sender, enquiry.by) == ("citizen", mona)
    assert "Du får svar senest" in me("write_to_us")
    drain()
    assert "Kan det blive torsdag?" in today_of(client, world.line)
    casework.answer_enquiry(enquiry=enquiry, answer="Ja, torsdag kl. 10.", by=world.line, at=now)
    client.force_login(mona)
    assert "Ja, torsdag kl. 10." in me("write_to_us")


def test_the_plan_shows_each_small_step_and_the_progress_in_words_with_the_version_everybody_has(
    me, client, case, world
):
    goal = Plan.objects.get(case=case).goals.get()
    alone = casework.add_sub_goal(goal=goal, text="Siger til", measure="to gange", by=world.line, at=clock.now())
    casework.move_sub_goal(sub_goal=alone, status="alone", by=world.line, at=clock.now())
    words = me("my_plan")
    for expected in ("10 timer på lageret", "Siger til", "Nået, når: to gange", "Du kan 1 af 2 små skridt alene."):
        assert expected in words
    version = Plan.objects.get().version
    assert version > 3
    assert f"Version {version} af plan" in words
    client.force_login(world.line)
    assert f"Version {version} af plan" in text(client.get(reverse("case_plan", args=[case.pk])))


def test_the_page_of_the_cv_says_when_to_use_which_and_who_added_what(me, client, case, world, now):
    start_cv(citizen=case.citizen, kind="personal", on=now.date(), by=world.line, at=now, summary="Lager og kantine")
    words = me("my_cv")
    assert "Virksomheder kan selv finde det" in words
    assert "Vi viser det til den virksomhed, vi taler med" in words
    assert "Lager og kantine" in words
    send(client, "my_competence", text="Kan køre truck", origin="job")
    assert "Tilføjet af dig" in me("my_cv")
    row = Competence.objects.get(text="Kan køre truck")
    client.force_login(world.line)
    assert "Tilføjet af Mona" in text(client.get(reverse("case_cv", args=[case.pk])))
    client.force_login(row.by)
    send(client, "my_competence_away", row.pk)
    assert "Kan køre truck" not in me("my_cv")


def test_an_agreement_is_read_and_signed_on_the_own_pages(me, client, case, waiting, mona):
    assert "1 papir at læse" in me("me")
    page = client.get(reverse("my_agreement", args=[waiting.pk]))
    assert "Fjordby Trælast" in text(page)
    send(client, "my_agreement", waiting.pk, name="Mona Havtorn", digest=waiting.sent_version.digest)
    row = Confirmation.objects.get(party="citizen")
    assert row.confirmed_at
    assert row.read_at
    assert "Du skrev under" in me("my_agreement", waiting.pk)
    assert "papir at læse" not in me("me")


def test_my_work_shows_the_hours_as_stairs_and_the_contact_at_the_workplace(me, at, moment, running, report):
    at(moment(1))
    report(running, 0, 5)
    assert "Fjordby Trælast" in me("my_work")
    assert "Du har 5 løntimer om ugen" in me("me")
    assert "Torben Enebær" in me("my_work")


def test_the_first_page_is_never_without_a_named_person_to_call(me, client, case, world, mona, now):
    assert "Line Askeløv" in me("me")
    assert world.line.email in me("me")
    case.assignments.all().delete()
    leader = world.ole
    assert leader.name in me("me")
    assert leader.email in me("me")
    Membership.objects.filter(role=Role.TEAM_LEADER).delete()
    assert world.admin.name in me("me")


def test_after_the_job_the_lifeline_stands_on_the_first_page_with_the_same_person(me, case, world, now):
    casework.close_case(case=case, outcome="ordinary_job", note="", by=world.line, at=now)
    words = me("me")
    assert "Livlinen er åben til" in words
    assert "Line Askeløv" in words
    assert "Skriv til Line" in words
    casework.close_case(case=Case.objects.get(), outcome="ordinary_job", note="", by=world.line, at=now)
    words = me("me")
    assert "Line Askeløv" in words
    assert "Skriv til Line" not in words


def test_a_citizen_changes_nothing_but_their_own_words(me, client, case, world, now, mona):
    goal_of_line = add_wish(citizen=case.citizen, text="Lager", by=world.line, at=now, author=Author.PROFESSIONAL)
    other = world.citizen("Bent Rørskov", 7)
    theirs = add_wish(citizen=other, text="Havet", by=None, at=now)
    for wish in (goal_of_line, theirs):
        assert client.post(reverse("my_wish", args=[wish.pk]), {"text": "x", "version": 1}).status_code == 404
        assert client.post(reverse("my_wish_away", args=[wish.pk])).status_code == 404
    assert client.post(reverse("case_entries", args=[case.pk])).status_code == 404


def test_an_employees_picture_is_redrawn_and_stands_beside_the_name(me, client, world, case, mona):
    large = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(large, "PNG")
    large.seek(0)
    large.name = "mig.png"
    client.force_login(world.line)
    broken = io.BytesIO(b"ikke et billede")
    broken.name = "x.png"
    assert "JPEG eller PNG" in client.post(reverse("my_portrait"), {"image": broken}).content.decode()
    send(client, "my_portrait", image=large)
    client.force_login(mona)
    shown = client.get(reverse("portrait", args=[world.line.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(shown.content)).size == (288, 288)
    assert reverse("portrait", args=[world.line.pk]) in client.get(reverse("me")).content.decode()
    client.force_login(world.line)
    send(client, "my_portrait", remove="1")
    assert client.get(reverse("portrait", args=[world.line.pk])).status_code == 404


def test_the_own_pages_ask_the_database_as_often_as_written_down(client, mona, running, at, assert_queries):
    client.force_login(mona)
    for name in ("me", "my_plan", "my_work", "my_cv", "my_agreements", "write_to_us"):
        client.get(reverse(name))
        with assert_queries(f"own_{name}"):
            client.get(reverse(name))
