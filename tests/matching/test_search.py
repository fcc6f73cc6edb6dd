"""From the database to the engine and back."""

import datetime as dt

import pytest

from jobformidler.citizens.actions import add_ability, add_competence, add_consideration
from jobformidler.matching import needs
from jobformidler.matching.search import candidates_for, paid_before, places_for
from jobformidler.matching.terms import Criterion, Reason
from jobformidler.openings.actions import add_task, close_place
from jobformidler.placements.actions import propose
from jobformidler.placements.models import Placement, WeekHours


def consider(case, world, now, code="", text="Ro om formiddagen", category="culture", importance="most"):
    return add_consideration(
        citizen=case.citizen, category=category, code=code, text=text, importance=importance, by=world.line, at=now
    )


def fact(match, criterion):
    return next(f for f in match.findings if f.criterion is criterion)


def test_places_are_ranked_for_the_case_with_every_criterion(world, now, place, case_of):
    case = case_of()
    consider(case, world, now, code="quiet")
    add_ability(citizen=case.citizen, ability="can", text="folde linned", by=world.line, at=now)
    good = place(accommodates=["quiet"], paid_hours_expected=True)
    plain = place("Køkken")
    found = places_for(case, world.viewer(world.line))
    assert [m.id for m in found.ranking.matches] == [good.pk, plain.pk]
    first = found.ranking.matches[0]
    assert fact(first, Criterion.CONSIDERATION).fact == "possible"
    assert fact(first, Criterion.PAID_HOURS).fact == "paid_expected"
    assert fact(first, Criterion.TRAVEL).fact == "same_postal_code"
    assert not found.met


def test_the_words_of_the_tasks_meet_competences_and_what_cannot_be_done(world, now, place, case_of):
    case = case_of()
    add_competence(
        citizen=case.citizen, origin="leisure", text="Regnskab i foreningen", tasks=["Prisskilte, mærkning"],
        by=world.line, at=now,
    )  # fmt: skip
    add_ability(citizen=case.citizen, ability="cannot", text="telefonpasning", by=world.line, at=now)
    signs, phone = place("Butik"), place("Reception", tasks="Telefonpasning")
    add_task(place=signs, text="Prisskilte", weekly_hours=4, by=world.nadia, at=now)
    matches = {m.id: m for m in places_for(case, world.viewer(world.line)).ranking.matches}
    assert fact(matches[signs.pk], Criterion.TASKS).values == ("Prisskilte, mærkning",)
    assert fact(matches[phone.pk], Criterion.TASKS).fact == "cannot"


def test_a_known_start_time_leaves_out_the_early_place_and_the_what_if_brings_it_back(world, now, place, case_of):
    case = case_of()
    consider(case, world, now, code="start_after_10", category="working_time", text="Start efter kl. 10")
    early, late = place("Bager", earliest_start=dt.time(9)), place(earliest_start=dt.time(10))
    movable = place("Lager", earliest_start=dt.time(7), accommodates=["start_after_10"])
    viewer = world.viewer(world.line)
    found = places_for(case, viewer)
    assert {m.id for m in found.ranking.matches} == {late.pk, movable.pk}
    assert found.ranking.filtered == {Reason.START: [early.pk]}
    assert found.ranking.effects == {Reason.START: 1}
    relaxed = places_for(case, viewer, [Reason.START])
    assert {m.id for m in relaxed.ranking.matches} == {early.pk, late.pk, movable.pk}


def test_a_place_with_its_capacity_taken_is_full_and_an_idea_takes_nothing(world, now, place, case_of, meet):
    one, other, linen = case_of(), case_of("Mona Havtorn"), place()
    meet(one)
    idea = propose(case=one, workplace=linen.workplace, opening=linen, by=world.line, at=now)
    assert places_for(other, world.viewer(world.line)).ranking.filtered == {}
    idea.status = "awaiting_signature"
    idea.save()
    assert places_for(other, world.viewer(world.line)).ranking.filtered == {Reason.FULL: [linen.pk]}


def test_paid_hours_a_workplace_gave_before_count_for_its_places_and_withdrawn_reports_do_not(
    world, now, day, place, case_of
):
    linen = place()
    same = place("Køkken", at_workplace=linen.workplace)
    for number, paid in enumerate((5, 0, 3)):
        begun = Placement.objects.create(
            municipality=world.municipality, case=case_of(f"Borger Nr{number}"), workplace=linen.workplace,
            status="completed", status_since=day, created_on=day, starts_on=day - dt.timedelta(70), ended_on=day,
            what_next="et nyt sted", learning="Alt gik godt", approved_on=day, approved_by=world.peter,
            purpose="clarify", contact=linen.contact,
        )  # fmt: skip
        report = WeekHours.objects.create(
            municipality=world.municipality, placement=begun, week=day - dt.timedelta(63), paid=paid, unpaid=5,
            source="jobformidler", reported_at=now,
        )  # fmt: skip
    report.withdrawn_at, report.withdrawn_by, report.withdrawn_reason = now, world.line, "Forkert uge"
    report.save()
    matches = {m.id: m for m in places_for(case_of(), world.viewer(world.line)).ranking.matches}
    assert fact(matches[linen.pk], Criterion.PAID_HOURS).values == (1, 3)
    assert fact(matches[same.pk], Criterion.PAID_HOURS).values == (1, 3)
    assert paid_before(linen.workplace, day) == (3, 1)


def test_a_closed_place_is_no_place(world, now, day, place, case_of):
    linen = place()
    close_place(place=linen, on=day, by=world.nadia, at=now)
    assert places_for(case_of(), world.viewer(world.line)).ranking.matches == []


def test_a_protected_address_says_nothing_about_travel(world, now, place, case_of):
    case = case_of(protected_address=True)
    consider(case, world, now, code="near_home", category="location", text="Tæt på hjemmet")
    place(at_workplace=None)
    found = places_for(case, world.viewer(world.line))
    assert fact(found.ranking.matches[0], Criterion.TRAVEL).fact == "travel_unknown"


def test_fleksjob_needs_an_approval(world, place, case_of):
    job = place(kind="fleksjob")
    assert places_for(case_of(), world.viewer(world.line)).ranking.filtered == {Reason.APPROVAL: [job.pk]}


def test_met_is_said_once_the_conversation_is_held_and_only_roles_in_the_case_may_propose(world, place, case_of, meet):
    case = case_of()
    meet(case)
    assert places_for(case, world.viewer(world.line)).met
    assert places_for(case, world.viewer(world.line)).may_propose
    assert not places_for(case, world.viewer(world.ole)).may_propose


def test_candidates_are_those_the_viewer_works_with_and_the_longest_waiting_stands_first(world, now, place, case_of):
    young = case_of("Ny Klint", opened=now - dt.timedelta(2))
    old = case_of("Gammel Strand", opened=now - dt.timedelta(40))
    linen = place()
    found, out = candidates_for(linen, world.viewer(world.line))
    assert [c.known.case.pk for c in found] == [old.pk, young.pk]
    assert out == {}
    assert candidates_for(linen, world.viewer(world.nadia)) == ([], {})


def test_candidates_who_cannot_take_the_place_are_counted_by_reason(world, now, place, case_of):
    case = case_of()
    consider(case, world, now, code="start_after_10", category="working_time", text="Start efter kl. 10")
    found, out = candidates_for(place(earliest_start=dt.time(7)), world.viewer(world.line))
    assert (found, out) == ([], {Reason.START: 1})


@pytest.mark.parametrize("many", [1, 12])
def test_the_number_of_queries_does_not_grow(world, now, place, case_of, django_assert_max_num_queries, many):
    for index in range(many):
        case_of(f"Borger Nr{index}", opened=now - dt.timedelta(index))
        place(f"Plads {index}")
    case, linen, viewer = case_of("Mona Havtorn"), place("Sidste"), world.viewer(world.line)
    with django_assert_max_num_queries(5):
        found = places_for(case, viewer)
        found.page(found.ranking.matches)
    with django_assert_max_num_queries(5):
        assert len(candidates_for(linen, viewer)[0]) == many + 1


def test_times_and_hours_are_read_from_words():
    assert needs.start_in("Start efter 9") == 540
    assert needs.start_in("Kan begynde kl. 9.30") == 570
    assert needs.start_in("ro") is None
    assert needs.hours_in("Højst 15 timer om ugen") == 15
    assert needs.hours_in("højst 4 timer") is None
