"""The target group: dated notes, who may write them, and who never reads them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_user

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Organisation
from jobformidler.casework import actions, education, target
from jobformidler.casework.models import ChosenEducation, EffortNote, GroupNote, MatchNote, PensionQuestion
from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.core import db
from jobformidler.core.actions import ActionError
from jobformidler.core.models import Event
from jobformidler.registers.actions import add_spell, approve_fleksjob, choose_rules, decide_referral, end_approval

D = dt.date


@pytest.fixture
def on_benefit(world, now, drain):
    """Makes a citizen on ledighedsydelse since a day, with a case of Line's and Peter's."""
    choose_rules(
        municipality=world.municipality, family="fleksjob-clocks", chosen="fleksjob-2007", by=world.admin, at=now
    )
    drain()

    def make(number, since, name="Karin Katteurt"):
        citizen = world.citizen(name, number)
        case = actions.open_case(
            citizen=citizen, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.peter, at=now
        )
        approve_fleksjob(citizen=citizen, approved_on=since, by=world.peter, at=now)
        add_spell(citizen=citizen, kind="ledighedsydelse", start=since, end=None, by=world.peter, at=now)
        return case

    return make


@pytest.fixture
def note(world, now):
    """Peter notes a group."""

    def run(case, group, since=None, why=""):
        since = since or D(2026, 11, 1)
        return actions.note_group(case=case, group=group, since=since, why=why, by=world.peter, at=now)

    return run


def test_three_numbers_add_up_to_everybody_on_ledighedsydelse(world, now, day, on_benefit):
    for number, since in enumerate(
        (D(2026, 9, 1), D(2026, 5, 24), D(2026, 5, 23), D(2025, 11, 24), D(2025, 11, 23)), 1
    ):
        on_benefit(number, since)
    works = on_benefit(6, D(2025, 1, 1))
    add_spell(citizen=works.citizen, kind="fleksjob", start=D(2026, 8, 1), end=None, by=world.peter, at=now)
    stranger = world.citizen("Ida Star", 7)
    add_spell(citizen=stranger, kind="ledighedsydelse", start=D(2026, 11, 1), end=None, by=None, at=now)
    numbers = target.counts(target.target_group(world.viewer(world.peter)), day)
    assert (numbers["under_half"], numbers["half_to_year"], numbers["over_year"], numbers["all"]) == (2, 2, 1, 5)


def test_the_newest_day_counts_and_earlier_groups_stay(world, day, on_benefit, note):
    case = on_benefit(1, D(2026, 9, 1))
    note(case, "2a", D(2026, 10, 1))
    note(case, "1", D(2026, 11, 1), why="Har fundet en retning.")
    (one,) = target.target_group(world.viewer(world.peter))
    assert one.group == "1"
    assert list(GroupNote.objects.values_list("group", flat=True)) == ["1", "2a"]
    assert GroupNote.objects.first().why == "Har fundet en retning."


def test_only_an_authority_caseworker_notes_a_group_a_match_category_or_an_answer(world, now, on_benefit):
    case = on_benefit(1, D(2026, 9, 1))
    who = {"case": case, "at": now}
    for by in (world.line, world.ole, world.nadia, None):
        with pytest.raises(PermissionDenied):
            actions.note_group(group="1", since=now.date(), by=by, **who)
        with pytest.raises(PermissionDenied):
            actions.note_match(category="2", since=now.date(), source="Fagsystem", by=by, **who)
        with pytest.raises(PermissionDenied):
            actions.answer_pension_question(answer="on_papers", why="Attester", by=by, **who)
    with pytest.raises(ActionError):
        actions.note_group(group="1", since=now.date() + dt.timedelta(1), by=world.peter, **who)


def test_the_third_group_is_read_by_the_authority_alone(world, now, day, on_benefit, note):
    case = on_benefit(1, D(2026, 9, 1))
    note(case, "1", D(2026, 10, 1))
    note(case, "3", D(2026, 11, 1))
    actions.answer_pension_question(case=case, answer="more_needed", why="Attest mangler", by=world.peter, at=now)
    actions.note_match(case=case, category="2", since=day, source="Fagsystem", by=world.peter, at=now)
    vera = make_user(world.municipality, "Vera Kær", Role.CASEWORKER, unit=world.unit)
    for user in (world.peter, vera):
        viewer = world.viewer(user)
        assert [row.group for row in GroupNote.objects.visible_to(viewer)] == ["3", "1"]
        assert target.target_group(viewer).get().group == "3"
        assert PensionQuestion.objects.visible_to(viewer).get().by == world.peter
    for user in (world.line, world.ole, world.nadia, world.admin):
        viewer = world.viewer(user)
        assert not GroupNote.objects.visible_to(viewer).exists()  # not even the older one in its stead
        assert {one.group for one in target.target_group(viewer)} <= {""}
        assert target.counts(target.target_group(viewer), day)["group_3"] == 0
        assert not PensionQuestion.objects.visible_to(viewer).exists()
        assert not MatchNote.objects.visible_to(viewer).exists()
    assert not GroupNote.objects.visible_to(None).exists()


def test_no_event_a_timeline_shows_tells_of_it(world, now, day, on_benefit, note):
    case = on_benefit(1, D(2026, 9, 1))
    note(case, "3")
    actions.answer_pension_question(case=case, answer="on_papers", why="Attester", by=world.peter, at=now)
    actions.note_match(case=case, category="2", since=day, source="Fagsystem", by=world.peter, at=now)
    secret = Event.objects.filter(kind__in=("case.group_noted", "case.pension_answered", "case.match_noted"))
    assert set(secret.values_list("citizen_id", flat=True)) == {None}
    assert [event.payload for event in secret] == [{}, {}, {}]


def test_neither_a_provider_nor_the_citizens_own_page_reaches_a_group_or_the_own_effort(
    world, now, day, on_benefit, note
):
    case = on_benefit(1, D(2026, 9, 1))
    note(case, "2b")
    actions.note_effort(case=case, status="offered", on=day, note="Kantinen", by=world.line, at=now)
    course = {"title": "Regnskab", "starts_on": day, "ends_on": day, "responsible": world.peter}
    actions.note_education(case=case, by=world.line, at=now, **course)
    provider = Organisation.objects.create(
        kind=OrganisationKind.PROVIDER, name="Springbræt", municipality=None, cvr="99000198"
    )
    relate(citizen=case.citizen, kind=RelationKind.PROVIDER, organisation=provider, since=D(2026, 1, 1))
    me = make_user(world.municipality, "Karin Katteurt", Role.CITIZEN)
    relate(citizen=case.citizen, kind=RelationKind.SELF, user=me, since=D(2026, 1, 1))
    tables = (GroupNote, EffortNote, GroupNote.history.rel.related_model)
    for outsider in ({"organisations": [provider.pk], "person": me.pk}, {"person": me.pk}):
        with db.narrow(day=day, **outsider):
            assert ChosenEducation.objects.count() == 1  # the citizen is admitted, the fence is the table's own
            assert [model.objects.count() for model in tables] == [0, 0, 0]
    assert GroupNote.objects.count() == 1


def test_whoever_is_ready_and_near_a_date_is_listed_until_referred(world, now, day, on_benefit, note):
    near, year, far, other = (
        on_benefit(number, since)
        for number, since in enumerate((D(2026, 6, 20), D(2025, 12, 15), D(2026, 9, 1), D(2026, 6, 21)), 1)
    )
    for case in (near, year, far):
        note(case, "1")
    note(other, "2a")
    actions.note_effort(case=near, status="offered", on=day, note="", by=world.line, at=now)
    viewer = world.viewer(world.line)

    def listed():
        return list(target.near_cutoff(target.target_group(viewer), day, 60))

    assert [(one.case_pk, one.cutoff_on, one.effort) for one in listed()] == [
        (year.pk, D(2026, 12, 15), ""),
        (near.pk, D(2026, 12, 20), "offered"),
    ]
    decide_referral(citizens=[year.citizen], basis="own", reason="Hold", decided_on=day, by=world.peter, at=now)
    assert [one.case_pk for one in listed()] == [near.pk]


def test_old_approvals_stand_on_the_list_until_they_are_assessed_anew(world, now, day, on_benefit):
    old, older, fresh, ended = (
        on_benefit(number, since)
        for number, since in enumerate((D(2024, 11, 23), D(2023, 1, 1), D(2024, 11, 24), D(2022, 1, 1)), 1)
    )
    gone = ended.citizen.fleksjob_approvals.get()
    end_approval(approval=gone, ended_on=D(2026, 1, 1), reason="Pension", by=world.peter, at=now)
    viewer = world.viewer(world.peter)
    assert [row.case_pk for row in target.to_review(viewer, 24)] == [older.pk, old.pk]
    approval = older.citizen.fleksjob_approvals.get()
    who = {"case": older, "approval": approval, "at": now}
    with pytest.raises(PermissionDenied):
        actions.note_review(step="planned", on=day, by=world.line, **who)
    with pytest.raises(ActionError):
        actions.note_review(step="done", on=day + dt.timedelta(1), by=world.peter, **who)
    with pytest.raises(ActionError):
        actions.note_review(**{**who, "approval": gone}, step="done", on=day, by=world.peter)
    actions.note_review(step="planned", on=day + dt.timedelta(7), by=world.peter, **who)
    assert target.planned(target.to_review(viewer, 24)[0]) == D(2026, 11, 30)
    actions.note_review(step="done", on=day, by=world.peter, note="Holder", **who)
    assert [row.case_pk for row in target.to_review(viewer, 24)] == [old.pk]
    assert not fresh.citizen.fleksjob_approvals.filter(reviews__isnull=False).exists()


def test_six_weeks_of_chosen_education_are_used_up_day_by_day(world, now, day, on_benefit):
    case = on_benefit(1, D(2026, 9, 1))

    def add(first, last):
        return actions.note_education(
            case=case, title="Kursus", starts_on=first, ends_on=last, responsible=world.peter, by=world.line, at=now
        )

    row = add(D(2026, 11, 9), D(2026, 11, 29))
    assert education.used([(row.starts_on, row.ends_on)], day) == education.Used(15, 6)
    with pytest.raises(ActionError, match="dage"):
        add(D(2026, 12, 1), D(2026, 12, 22))
    with pytest.raises(ActionError):
        add(D(2026, 11, 29), D(2026, 11, 30))
    add(D(2026, 12, 1), D(2026, 12, 21))
    actions.withdraw(row=row, reason="Blev aflyst", by=world.line, at=now)
    add(D(2026, 11, 9), D(2026, 11, 29))


def test_the_municipality_words_the_groups_itself(world, now):
    words = {"name": "Godt på vej", "status": "Mangler et kursus.", "focus": "Find kurset."}
    with pytest.raises(PermissionDenied):
        actions.word_group(municipality=world.municipality, group="2a", by=world.peter, at=now, **words)
    actions.word_group(municipality=world.municipality, group="2a", by=world.admin, at=now, **words)
    texts = target.words_of_groups()
    assert texts["2a"] == words
    assert texts["1"]["name"] == "Klar til job nu"
