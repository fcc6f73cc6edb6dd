"""What a citizen shares: field by field, with one receiver, on a basis, until it expires or is taken back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_user

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Organisation
from jobformidler.casework import actions as casework
from jobformidler.citizens import actions
from jobformidler.citizens.answers import ANY_WORKPLACE, Basis, Said, To, What, need_yes
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Consent, Consideration, Relation
from jobformidler.citizens.sharing import CATALOGUE, Answer, AnsweredHow, LegalBasis, Receiver, ShareField
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.core.models import Event


@pytest.fixture
def mona(world, now):
    citizen = world.citizen("Mona Havtorn")
    casework.open_case(citizen=citizen, unit=world.unit, by=world.peter, at=now, jobformidler=world.line)
    return citizen


@pytest.fixture
def provider(db):
    return To(
        Receiver.PROVIDER,
        "Springbræt",
        organisation=Organisation.objects.create(kind=OrganisationKind.PROVIDER, name="Springbræt"),
    )


@pytest.fixture
def hanne(world):
    user = make_user(world.municipality, "Hanne Lyng", Role.PROFESSIONAL)
    return To(Receiver.PROFESSIONAL, "Hanne Lyng, psykiatrien", user=user)


@pytest.fixture
def answered(world, mona, now):
    """Register an answer with the terms that are not the test's point."""

    def run(*fields, to=ANY_WORKPLACE, said=None, **values):
        terms = {"purpose": "Opholdet", "by": world.line, "at": now} | values
        return actions.register_answer(citizen=mona, what=What(fields), to=to, said=said or Said(), **terms)

    return run


def shares(citizen, field, to, day) -> bool:
    try:
        need_yes(citizen, field, to, day)
    except ActionError:
        return False
    return True


def test_an_answer_holds_field_receiver_purpose_basis_day_and_expiry(answered, day, world):
    (row,) = answered(ShareField.COMPETENCES, basis=Basis(LegalBasis.OTHER_AUTHORITY, "§ 28, stk. 2"))
    assert (row.field, row.receiver, row.purpose) == ("competences", "workplace", "Opholdet")
    assert (row.legal_basis, row.basis_note) == ("other_authority", "§ 28, stk. 2")
    assert (row.answer, row.how, row.answered_on) == ("yes", "conversation", day)
    assert row.expires_on == day + dt.timedelta(days=world.municipality.consent_days)
    assert row.by == world.line


def test_a_yes_counts_until_it_expires_and_not_on_the_day_it_does(answered, mona, day):
    answered(ShareField.CV, said=Said(until=day + dt.timedelta(days=10)))
    assert shares(mona, ShareField.CV, ANY_WORKPLACE, day + dt.timedelta(days=9))
    assert not shares(mona, ShareField.CV, ANY_WORKPLACE, day + dt.timedelta(days=10))


def test_a_yes_that_is_taken_back_no_longer_counts_and_stays_in_the_register(answered, world, mona, day, now):
    (row,) = answered(ShareField.CV)
    actions.withdraw_consent(consent=row, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    assert not shares(mona, ShareField.CV, ANY_WORKPLACE, day)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by) == (now, world.line)
    with pytest.raises(ActionError):
        actions.withdraw_consent(consent=row, how=AnsweredHow.CONVERSATION, by=world.line, at=now)


def test_a_no_is_kept_and_changes_nothing_in_the_case(answered, mona, day):
    case = mona.cases.get()
    before = (case.status, case.version, list(case.attentions.values_list("reason")))
    (row,) = answered(ShareField.COMPETENCES, said=Said(Answer.NO))
    case.refresh_from_db()
    assert (case.status, case.version, list(case.attentions.values_list("reason"))) == before
    assert (row.answer, row.expires_on) == ("no", None)
    assert not shares(mona, ShareField.COMPETENCES, ANY_WORKPLACE, day)


def test_a_new_answer_replaces_the_old_one(answered, mona, day):
    answered(ShareField.CV, said=Said(Answer.NO))
    answered(ShareField.CV)
    assert shares(mona, ShareField.CV, ANY_WORKPLACE, day)
    assert Consent.objects.count() == 2
    assert Consent.objects.standing().get().answer == Answer.YES


def test_a_yes_to_one_workplace_is_no_yes_to_another(answered, mona, day):
    answered(ShareField.CV, to=To(Receiver.WORKPLACE, "Trælasten", 7))
    assert shares(mona, ShareField.CV, To(Receiver.WORKPLACE, workplace_id=7), day)
    assert not shares(mona, ShareField.CV, To(Receiver.WORKPLACE, workplace_id=8), day)


def test_no_workplace_can_be_given_anything_outside_its_catalogue(answered):
    assert set(CATALOGUE[Receiver.WORKPLACE]) == {
        "competences",
        "resources",
        "wish",
        "hours_wish",
        "considerations",
        "cv",
    }
    for field in (ShareField.MEDICAL_PAPERS, ShareField.RESOURCE_PROFILE, ShareField.CHALLENGES, ShareField.GOALS):
        with pytest.raises(ActionError):
            answered(field)
    with pytest.raises(ActionError):
        answered("diagnosis")


def test_medical_papers_go_to_a_provider_only_on_express_consent_with_a_signature(answered, mona, provider, day):
    assert not shares(mona, ShareField.MEDICAL_PAPERS, provider, day)
    with pytest.raises(ActionError, match="udtrykkelige samtykke"):
        answered(ShareField.MEDICAL_PAPERS, to=provider)
    express = Basis(LegalBasis.EXPLICIT_CONSENT)
    with pytest.raises(ActionError, match="underskrift"):
        answered(ShareField.MEDICAL_PAPERS, to=provider, basis=express)
    answered(ShareField.MEDICAL_PAPERS, to=provider, basis=express, said=Said(how=AnsweredHow.SIGNED))
    assert shares(mona, ShareField.MEDICAL_PAPERS, provider, day)


def test_another_provider_gets_nothing_of_it(answered, mona, provider, day):
    answered(ShareField.CV, to=provider)
    other = To(Receiver.PROVIDER, organisation=Organisation.objects.create(kind=OrganisationKind.PROVIDER, name="B"))
    assert not shares(mona, ShareField.CV, other, day)


def test_a_consent_is_no_basis_by_itself(answered):
    with pytest.raises(ActionError):
        answered(ShareField.CV, basis=Basis(LegalBasis.OTHER))
    assert Consent._meta.get_field("legal_basis").blank is False


def test_a_professional_sees_the_citizen_only_while_a_yes_counts(answered, world, mona, hanne, day, now):
    end = day + dt.timedelta(days=30)
    goals, steps = answered(ShareField.GOALS, ShareField.SUB_GOALS, to=hanne, said=Said(until=end))
    relation = Relation.objects.get(kind=RelationKind.PROFESSIONAL)
    assert (relation.user, relation.period.lower, relation.period.upper) == (hanne.user, day, end)
    later = now + dt.timedelta(days=2)
    actions.withdraw_consent(consent=goals, how=AnsweredHow.CONVERSATION, by=world.line, at=later)
    assert Relation.objects.active_on(clock.local_date(later)).filter(kind=RelationKind.PROFESSIONAL).exists()
    actions.withdraw_consent(consent=steps, how=AnsweredHow.CONVERSATION, by=world.line, at=later)
    assert not Relation.objects.active_on(clock.local_date(later)).filter(kind=RelationKind.PROFESSIONAL).exists()


def test_a_professional_is_no_colleague(answered, world, mona, hanne, day):
    answered(ShareField.GOALS, to=hanne)
    assert not Citizen.objects.visible_to(world.viewer(hanne.user)).exists()


def test_only_a_user_with_that_role_can_be_the_professional(answered, world):
    with pytest.raises(ActionError):
        answered(ShareField.GOALS, to=To(Receiver.PROFESSIONAL, "Nadia", user=world.nadia))


def test_only_who_works_with_the_citizen_registers_an_answer(answered, world):
    with pytest.raises(PermissionDenied):
        answered(ShareField.CV, by=world.nadia)


def test_on_the_own_page_only_the_citizen_answers(answered, world, mona, day):
    with pytest.raises(PermissionDenied):
        answered(ShareField.CV, said=Said(how=AnsweredHow.OWN_PAGE))
    self_user = make_user(world.municipality, "Mona Selv", Role.CITIZEN)
    actions.relate(citizen=mona, kind=RelationKind.SELF, user=self_user, since=day)
    (row,) = answered(ShareField.CV, said=Said(how=AnsweredHow.OWN_PAGE), by=self_user)
    assert row.how == AnsweredHow.OWN_PAGE
    with pytest.raises(PermissionDenied):
        answered(ShareField.CV, by=self_user)


def test_the_yes_to_a_line_is_the_same_register(world, mona, day, now):
    row = actions.add_consideration(
        citizen=mona, category="other", text="Start efter kl. 9", may_share=True, by=world.line, at=now
    )
    consent = row.consents.get()
    assert (consent.field, consent.receiver, consent.answered_on) == ("considerations", "workplace", day)
    shared = Consideration.objects.shared_with_workplace
    assert shared(day).exists()
    assert not shared(consent.expires_on).exists()
    actions.withdraw_consent(consent=consent, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    assert not shared(day).exists()


def test_each_answer_is_told_once_without_what_it_was_about(answered, mona):
    answered(ShareField.CV, ShareField.WISH)
    event = Event.objects.get(kind="citizen.sharing_agreed")
    assert event.payload == {"to": "en arbejdsplads", "fields": ["cv", "wish"]}
