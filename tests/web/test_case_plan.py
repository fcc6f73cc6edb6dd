"""Plan, CV, resources, people and the case itself: each form does its one thing and says what stood in the way."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt

import pytest
from django.urls import reverse
from tests.factories import make_user
from tests.web.case_fixtures import answer, as_line, asked, filled_in, mona_case, stranger, the_day  # noqa: F401  fixtures

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions
from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Assignment, Case, ContactRhythm, Goal, PlanActivity, SubGoal
from jobformidler.citizens.actions import add_consideration, add_wish, edit_citizen, relate, start_cv
from jobformidler.citizens.models import CV, Competence, Consideration, TaskAbility, Wish

pytestmark = pytest.mark.django_db


def page_of(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def error_of(answered) -> str:
    """The page that came back instead of a way on."""
    assert answered.status_code == 200
    return answered.content.decode()


def test_goal_a_starts_from_the_citizens_wish(as_line, world, mona_case, now):
    wish = add_wish(citizen=mona_case.citizen, text="Et sted, hvor nogen regner med mig", by=world.line, at=now)
    answer(as_line, "case_goal", mona_case.pk, "a", text="10 timer på lageret")
    goal = Goal.objects.get()
    assert goal.wish == wish
    page = page_of(as_line, "case", mona_case.pk)
    assert "«Et sted, hvor nogen regner med mig»" in page
    assert "Aftal det næste lille skridt" in page


def test_a_goal_without_words_says_so(as_line, mona_case):
    assert "Skriv et svar." in error_of(answer(as_line, "case_goal", mona_case.pk, "a"))
    assert as_line.get(reverse("case_goal", args=[mona_case.pk, "d"])).status_code == 404


def test_a_stale_goal_shows_both_versions_in_words(as_line, world, mona_case, now):
    goal = actions.set_goal(case=mona_case, letter="a", text="Lager", by=world.line, at=now)
    address = reverse("case_goal", args=[mona_case.pk, "a"])
    mine = filled_in(as_line.get(address).content.decode()) | {"text": "Butik"}
    actions.set_goal(case=mona_case, letter="a", text="Værksted", version=goal.version, by=world.peter, at=now)
    page = error_of(as_line.post(address, mine))
    assert "Butik" in page
    assert "Værksted" in page
    assert "Jobmål" in page
    as_line.post(address, mine | {"keep": "theirs"})
    goal.refresh_from_db()
    assert goal.text == "Værksted"


def test_a_small_step_moves_on_the_slider_in_place_and_without_script(as_line, world, mona_case, now):
    goal = actions.set_goal(case=mona_case, letter="a", text="Lager", by=world.line, at=now)
    answer(as_line, "case_sub_goal", mona_case.pk, goal.pk, text="Tager imod leverancen", measure="Tre gange")
    step = SubGoal.objects.get()
    assert step.due_on is not None
    address = reverse("sub_goal_move", args=[mona_case.pk, step.pk])
    inside = as_line.post(address, {"status": "with_help"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in inside
    assert "Tager imod leverancen" in inside
    assert as_line.post(address, {"status": "alone"}).status_code == 302
    step.refresh_from_db()
    assert step.status == "alone"
    assert as_line.post(address, {"status": "best"}).status_code == 404


def test_an_activity_that_ends_before_it_starts_is_refused(as_line, mona_case):
    page = error_of(
        answer(as_line, "case_activity", mona_case.pk, text="Truckkort", starts_on="2026-12-01", ends_on="2026-11-01")
    )
    assert "form-summary" in page
    answer(as_line, "case_activity", mona_case.pk, text="Truckkort", starts_on="2026-12-01", ends_on="2026-12-11")
    assert PlanActivity.objects.get().text == "Truckkort"
    assert "1.12.2026 til 11.12.2026" in page_of(as_line, "case_plan", mona_case.pk)


def write(client, case, kind, **typed):
    address = f"{reverse('case_resources', args=[case.pk])}?slags={kind}"
    sent = filled_in(client.get(address).content.decode())
    return client.post(address, {**sent, **typed})


def test_a_competence_has_one_of_five_origins_and_tasks_line_by_line(as_line, mona_case):
    assert "Vælg et svar." in error_of(write(as_line, mona_case, "kompetence", text="Kørt lager"))
    write(as_line, mona_case, "kompetence", text="Kørt lager", origin="job", tasks="Varemodtagelse\n\nPrisskilte\n")
    row = Competence.objects.get()
    assert row.tasks == ["Varemodtagelse", "Prisskilte"]
    page = page_of(as_line, "case_cv", mona_case.pk)
    assert "Varemodtagelse, Prisskilte" in page
    assert "Intet endnu fra:" in page


def test_a_consideration_is_shared_only_when_the_citizen_has_said_yes(as_line, world, mona_case):
    write(as_line, mona_case, "hensyn", text="Start efter kl. 9", category="working_time")
    row = Consideration.objects.get()
    assert not row.consents.exists()
    as_line.post(reverse("consideration_share", args=[mona_case.pk, row.pk]), {"deles": "ja"})
    assert "Mona sagde ja 23.\xa0november" in page_of(as_line, "case", mona_case.pk)
    as_line.post(reverse("consideration_share", args=[mona_case.pk, row.pk]), {"deles": "nej"})
    assert not row.consents.standing().exists()


def test_wishes_stand_in_the_citizens_words_with_their_author(as_line, mona_case):
    write(as_line, mona_case, "oenske", text="Noget med hænderne")
    write(as_line, mona_case, "opgave", text="Kasse", ability="cannot")
    assert Wish.objects.get().author == "citizen"
    assert TaskAbility.objects.get().ability == "cannot"
    page = page_of(as_line, "case_cv", mona_case.pk)
    assert "«Noget med hænderne»" in page
    assert as_line.get(f"{reverse('case_resources', args=[mona_case.pk])}?slags=andet").status_code == 404


def test_a_wrong_competence_is_withdrawn_with_a_reason(as_line, mona_case):
    write(as_line, mona_case, "kompetence", text="Kørt lager", origin="job")
    row = Competence.objects.get()
    as_line.post(reverse("case_withdraw", args=[mona_case.pk, "kompetence", row.pk]), {"reason": "Var en anden"})
    assert "Kørt lager" not in page_of(as_line, "case_cv", mona_case.pk)


def test_the_two_cvs_have_their_own_dates_and_say_when_to_use_which(as_line, world, mona_case, now, day):
    start_cv(citizen=mona_case.citizen, kind="jobnet", on=day - dt.timedelta(days=10), by=world.line, at=now)
    answer(as_line, "case_cv_start", mona_case.pk, "personal", summary="Lagerhånd")
    page = page_of(as_line, "case_cv", mona_case.pk)
    assert "Begyndt 13.11.2026, opdateret 13.11.2026" in page
    assert "Begyndt 23.11.2026, opdateret 23.11.2026" in page
    assert "Til den virksomhed, vi taler med." in page
    assert "Til virksomheder, der selv søger" in page
    answer(as_line, "case_cv_start", mona_case.pk, "personal", summary="Lagerhånd med truckkort")
    assert CV.objects.get(kind="personal").summary == "Lagerhånd med truckkort"


def test_cv_plan_and_conversation_have_a_sheet_to_copy_and_a_receipt(as_line, world, mona_case, now):
    contact = actions.register_contact(
        case=mona_case,
        kind="first_conversation",
        held_at=now,
        ordinary_hours_raised=True,
        agreements="Hun vil gerne på lager",
        next_step="CV",
        next_step_on=now.date(),
        by=world.line,
        at=now,
    )
    goal = actions.set_goal(case=mona_case, letter="a", text="Lager", by=world.line, at=now)
    cv = start_cv(citizen=mona_case.citizen, kind="personal", on=now.date(), by=world.line, at=now)
    for what, row, words in (
        ("samtale", contact, "Hun vil gerne på lager"),
        ("plan", goal.plan, "Mål A: Lager"),
        ("cv", cv, "Personligt CV"),
    ):
        page = page_of(as_line, "case_transfer", mona_case.pk, what, row.pk)
        assert words in page[page.index('id="sheet"') :]
        assert "Ikke overført endnu." in page
        answer(as_line, "case_transfer", mona_case.pk, what, row.pk, receipt="KMD-7")
        row.refresh_from_db()
        assert (row.transferred_on, row.transfer_receipt) == (now.date(), "KMD-7")
    assert page_of(as_line, "case_documents", mona_case.pk).count("KMD-7") == 3


def test_another_jobformidler_needs_a_reason_and_the_citizen_has_then_met_two(as_line, world, mona_case):
    omar = make_user(world.municipality, "Omar Lyng", Role.JOBFORMIDLER, unit=world.unit)
    page = error_of(answer(as_line, "case_assign", mona_case.pk, user=str(omar.pk)))
    assert "Skriv et svar." in page
    answer(as_line, "case_assign", mona_case.pk, user=str(omar.pk), since="2026-11-24", reason="Line skifter team")
    page = page_of(as_line, "case_people", mona_case.pk)
    assert "Mona har mødt 2 jobformidlere." in page
    assert "Line skifter team" in page


def test_over_the_limit_it_asks_before_it_assigns(as_line, world, mona_case, now):
    world.municipality.caseload_limit_jobformidler = 1
    world.municipality.save()
    other = actions.open_case(citizen=world.citizen("Tove Mynte", 2), unit=world.unit, by=world.line, at=now)
    page = error_of(answer(as_line, "case_assign", other.pk, user=str(world.line.pk)))
    assert "Ja, gå over loftet" in page
    assert not Assignment.objects.filter(case=other, role="jobformidler").exists()
    answer(as_line, "case_assign", other.pk, user=str(world.line.pk), confirm="on")
    assert Assignment.objects.filter(case=other, role="jobformidler", user=world.line).exists()


def test_cover_needs_a_reason_and_a_last_day(as_line, world, mona_case):
    omar = make_user(world.municipality, "Omar Lyng", Role.JOBFORMIDLER, unit=world.unit)
    page = error_of(answer(as_line, "case_cover", mona_case.pk, user=str(omar.pk), until="2026-11-01", reason="Ferie"))
    assert "Den sidste dag må ikke ligge før den første." in page
    answer(as_line, "case_cover", mona_case.pk, user=str(omar.pk), until="2026-12-04", reason="Ferie")
    row = Assignment.objects.get(role="cover")
    assert row.period.upper == dt.date(2026, 12, 5)


def test_a_slower_rhythm_needs_a_reason(as_line, mona_case):
    assert "form-error-message" in error_of(answer(as_line, "case_rhythm", mona_case.pk, days="14"))
    answer(as_line, "case_rhythm", mona_case.pk, days="14", reason="Mona vil helst hver 14. dag")
    assert ContactRhythm.objects.get().days == 14
    assert "Mona vil helst hver 14. dag" in page_of(as_line, "case", mona_case.pk)


def test_the_next_step_is_set_and_a_stale_save_shows_both(as_line, world, mona_case, now):
    address = reverse("case_next_step", args=[mona_case.pk])
    mine = filled_in(as_line.get(address).content.decode()) | {"next_step": "Besøg", "next_step_on": "2026-11-25"}
    actions.set_next_step(case=mona_case, text="Ring", on=dt.date(2026, 11, 24), by=world.peter, at=now)
    page = error_of(as_line.post(address, mine))
    assert "Ring" in page
    assert "Peter" in page
    again = filled_in(page) | {"next_step": "Besøg", "next_step_on": "2026-11-25", "keep": "mine"}
    as_line.post(address, again)
    mona_case.refresh_from_db()
    assert mona_case.next_step == "Besøg"


def test_contact_data_are_corrected_and_a_stale_save_shows_both(as_line, world, mona_case, now):
    address = reverse("case_edit", args=[mona_case.pk])
    assert "Skriv e-mailen som navn@sted.dk." in error_of(answer(as_line, "case_edit", mona_case.pk, email="mona"))
    mine = filled_in(as_line.get(address).content.decode()) | {"phone": "00 00 00 12"}
    citizen = mona_case.citizen
    edit_citizen(citizen=citizen, version=citizen.version, phone="00 00 00 13", by=world.peter, at=now)
    page = error_of(as_line.post(address, mine))
    assert "00 00 00 12" in page
    assert "00 00 00 13" in page
    as_line.post(address, filled_in(page) | {"phone": "00 00 00 12", "keep": "mine"})
    citizen.refresh_from_db()
    assert citizen.phone == "00 00 00 12"


def test_a_case_is_opened_for_a_citizen_who_has_none(as_line, world, the_day):
    tove = world.citizen("Tove Mynte", 2)
    relate(citizen=tove, kind="team", unit=world.unit, since=dt.date(2026, 1, 1))
    done = answer(as_line, "case_open", tove.pk, caseworker=str(world.peter.pk))
    assert done.status_code == 302
    opened = Case.objects.get(citizen=tove)
    assert opened.unit == world.unit
    assert {row.user for row in opened.assignments.all()} == {world.line, world.peter}
    assert "form-summary" in error_of(answer(as_line, "case_open", tove.pk))


def test_nobody_opens_a_case_for_a_citizen_they_may_not_see(client, stranger, world, the_day):
    tove = world.citizen("Tove Mynte", 2)
    relate(citizen=tove, kind="team", unit=world.unit, since=dt.date(2026, 1, 1))
    client.force_login(stranger)
    assert client.get(reverse("case_open", args=[tove.pk])).status_code == 404


def test_closing_needs_an_outcome_and_a_job_keeps_the_lifeline_open(as_line, mona_case):
    assert "Vælg et svar." in error_of(answer(as_line, "case_close", mona_case.pk))
    answer(as_line, "case_close", mona_case.pk, outcome="fleksjob", note="12 timer på hotellet")
    mona_case.refresh_from_db()
    assert mona_case.status == CaseStatus.AFTERCARE
    assert "Livlinen er åben til" in page_of(as_line, "case", mona_case.pk)


def test_the_same_closing_from_two_tabs_leaves_the_lifeline_open(as_line, mona_case):
    sent = {"outcome": "fleksjob", "note": "", "seen_as": mona_case.status}
    for _tab in range(2):
        answer(as_line, "case_close", mona_case.pk, **sent)
    mona_case.refresh_from_db()
    assert mona_case.status == CaseStatus.AFTERCARE
    assert "Livlinen er åben til" in page_of(as_line, "case_close", mona_case.pk)


def test_a_closed_case_can_be_read_and_reopened_with_a_reason(as_line, mona_case):
    answer(as_line, "case_close", mona_case.pk, outcome="moved")
    page = page_of(as_line, "case", mona_case.pk)
    assert "Afsluttet 23.\xa0november: flyttet" in page
    assert reverse("case_conversation", args=[mona_case.pk]) not in page
    answer(as_line, "case_reopen", mona_case.pk, reason="Flyttede tilbage")
    mona_case.refresh_from_db()
    assert mona_case.status != CaseStatus.CLOSED


def test_what_belongs_to_another_case_is_not_found_through_mine(as_line, world, mona_case, now):
    other = actions.open_case(citizen=world.citizen("Tove Mynte", 2), unit=world.unit, by=world.line, at=now)
    goal = actions.set_goal(case=other, letter="a", text="Lager", by=world.line, at=now)
    step = actions.add_sub_goal(goal=goal, text="Ringe", by=world.line, at=now)
    promise = actions.add_promise(case=other, what="Ringe", owner=world.line, by=world.line, at=now)
    need = add_consideration(citizen=other.citizen, category="other", text="Ro", by=world.line, at=now)
    for name, *args in (
        ("case_sub_goal", goal.pk),
        ("case_withdraw", "skridt", step.pk),
        ("promise_keep", promise.pk),
        ("case_withdraw", "hensyn", need.pk),
        ("case_transfer", "plan", goal.plan.pk),
        ("case_withdraw", "sag", other.pk),
    ):
        assert as_line.get(reverse(name, args=[mona_case.pk, *args])).status_code == 404
    assert as_line.post(reverse("sub_goal_move", args=[mona_case.pk, step.pk]), {"status": "alone"}).status_code == 404
    assert (
        as_line.post(reverse("consideration_share", args=[mona_case.pk, need.pk]), {"deles": "ja"}).status_code == 404
    )
