"""Resources, considerations, wishes and the two CVs."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.citizens import actions
from jobformidler.citizens.enums import Author, ConsiderationCategory, CvKind
from jobformidler.citizens.models import CV, Competence, Consideration
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event


@pytest.fixture
def mona(world, day):
    """Mona, known to the team."""
    citizen = world.citizen()
    actions.relate(citizen=citizen, kind="team", unit=world.unit, since=day)
    return citizen


def test_a_competence_carries_its_origin_and_the_tasks_it_can_become(mona, world, now):
    row = actions.add_competence(
        citizen=mona,
        origin="leisure",
        text="Passer regnskab for kolonihaveforeningen",
        tasks=["Kasse", " ", "Optælling"],
        by=world.line,
        at=now,
    )
    assert (row.origin, row.tasks) == ("leisure", ["Kasse", "Optælling"])


def test_a_wish_is_the_citizens_own_and_its_author_is_shown(mona, world, now):
    wish = actions.add_wish(citizen=mona, text="Et sted, hvor nogen regner med mig", by=world.line, at=now)
    assert (wish.author, wish.by) == (Author.CITIZEN, world.line)


def test_a_consideration_is_shared_only_after_the_citizen_agreed_and_for_these_words(mona, world, day, now):
    row = actions.add_consideration(
        citizen=mona, category=ConsiderationCategory.WORKING_TIME, text="Møder efter kl. 9", by=world.line, at=now
    )

    def shared_on():
        return Consideration.objects.with_sharing(day).get(pk=row.pk).may_share_on

    assert shared_on() is None
    actions.share_consideration(consideration=row, may_share=True, by=world.line, at=now)
    assert shared_on() == day
    actions.edit_registration(row=row, version=row.version, by=world.line, at=now, text="Møder efter kl. 10")
    assert shared_on() is None


def test_what_was_written_about_a_citizen_is_not_in_the_event(mona, world, now):
    actions.add_consideration(
        citizen=mona, category=ConsiderationCategory.OTHER, text="Brug for ro", by=world.line, at=now
    )
    assert "ro" not in Event.objects.get(kind="citizen.consideration_added").payload.values()


def test_an_unknown_category_is_refused(mona, world, now):
    with pytest.raises(ActionError) as error:
        actions.add_consideration(citizen=mona, category="illness", text="x", by=world.line, at=now)
    assert "category" in error.value.message_dict


def test_a_text_too_long_is_refused_with_a_sentence(mona, world, now):
    with pytest.raises(ActionError) as error:
        actions.add_wish(citizen=mona, text="x" * 301, by=world.line, at=now)
    assert "text" in error.value.message_dict


def test_updating_one_cv_leaves_the_date_of_the_other(mona, world, day, now):
    jobnet = actions.start_cv(citizen=mona, kind=CvKind.JOBNET, on=day, by=world.line, at=now)
    personal = actions.start_cv(citizen=mona, kind=CvKind.PERSONAL, on=day, by=world.line, at=now)
    later = now + dt.timedelta(days=5)
    actions.update_cv(cv=personal, on=day + dt.timedelta(days=5), by=world.line, at=later)
    jobnet.refresh_from_db()
    assert (jobnet.updated_on, personal.updated_on) == (day, day + dt.timedelta(days=5))


def test_a_cv_of_a_kind_is_started_once_and_again_after_it_was_withdrawn(mona, world, day, now):
    first = actions.start_cv(citizen=mona, kind=CvKind.JOBNET, on=day, by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.start_cv(citizen=mona, kind=CvKind.JOBNET, on=day, by=world.line, at=now)
    actions.withdraw_registration(row=first, by=world.line, at=now, reason="Forkert borger")
    actions.start_cv(citizen=mona, kind=CvKind.JOBNET, on=day, by=world.line, at=now)
    assert CV.objects.standing().count() == 1


def test_a_cv_cannot_start_on_a_day_to_come(mona, world, day, now):
    with pytest.raises(ActionError):
        actions.start_cv(citizen=mona, kind=CvKind.JOBNET, on=day + dt.timedelta(days=1), by=world.line, at=now)


def test_a_stale_correction_is_refused_and_an_equal_one_is_not(mona, world, now):
    row = actions.add_competence(citizen=mona, origin="jobs", text="Lager", by=world.line, at=now)
    seen = row.version
    actions.edit_registration(row=row, version=seen, by=world.peter, at=now, text="Lager og kantine")
    actions.edit_registration(row=row, version=seen, by=world.line, at=now, text="Lager og kantine")
    with pytest.raises(StaleError):
        actions.edit_registration(row=row, version=seen, by=world.line, at=now, text="Kantine")


def test_a_withdrawn_registration_is_kept_with_its_reason_and_cannot_be_edited(mona, world, now):
    row = actions.add_competence(citizen=mona, origin="jobs", text="Lager", by=world.line, at=now)
    actions.withdraw_registration(row=row, by=world.line, at=now, reason="Forkert borger")
    assert Competence.objects.get().withdrawn_reason == "Forkert borger"
    assert not Competence.objects.standing().exists()
    with pytest.raises(ActionError):
        actions.edit_registration(row=row, version=None, by=world.line, at=now, text="Kantine")


def test_nobody_without_a_relation_reads_or_writes(mona, world, now):
    actions.add_competence(citizen=mona, origin="jobs", text="Lager", by=world.line, at=now)
    assert not Competence.objects.visible_to(world.viewer(world.nadia)).exists()
    with pytest.raises(PermissionDenied):
        actions.add_wish(citizen=mona, text="x", by=world.nadia, at=now)
