"""What no actor may see or do: the last column of the table of actors, one test a line (Part 2 of the requirements)."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, Organisation
from jobformidler.casework import actions as casework
from jobformidler.casework.enums import IncidentKind
from jobformidler.citizens import actions as citizens
from jobformidler.citizens.answers import ANY_WORKPLACE, Said, What
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.sharing import CATALOGUE, AnsweredHow, Receiver, ShareField
from jobformidler.core import clock
from jobformidler.employers.models import ContactPerson
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements import actions, disclosure
from jobformidler.placements.enums import Party, Purpose
from jobformidler.placements.links import LinkPurpose
from jobformidler.registers.actions import add_spell
from tests.factories import make_user
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    mailed_code,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    waiting,
    workplace,
)

pytestmark = pytest.mark.django_db

#: What a workplace must never read, as it stands in a case filled with marks.
SECRET = {
    "CPR": "711180",
    "benefit": "MAERKEYDELSE",
    "address": "MAERKEVEJ",
    "diagnosis": "MAERKEDIAGNOSE",
    "cause of absence": "MAERKEAARSAG",
    "history": "MAERKEHISTORIE",
    "match group": "MAERKEGRUPPE",
    "what is not shared": "MAERKEHENSYN",
    "what the citizen cannot do": "MAERKEKANIKKE",
}
#: Roles that work without a relation to the citizen, and what the table says they must not see.
OUTSIDERS = (
    (Role.EMPLOYER_CONSULTANT, "health data or cases without role"),
    (Role.HKO_KEYPERSON, "other cases"),
    (Role.MANAGEMENT, "personal data"),
    (Role.CONTRACT_MANAGER, "citizens' confidential notes"),
    (Role.FINANCE, "case content"),
    (Role.PROFESSIONAL, "more than what is shared with them"),
    (Role.EVALUATOR, "identified data"),
    (Role.ADMINISTRATOR, "cases"),
    (Role.SECURITY_OFFICER, "case content"),
    (Role.CITIZEN, "other citizens"),
)
CASE_PAGES = (
    "case",
    "case_timeline",
    "case_cv",
    "case_plan",
    "case_placements",
    "case_people",
    "case_rights",
    "case_documents",
    "case_sharing",
    "case_note",
    "place_match",
)
PLACEMENT_PAGES = ("agreement", "agreement_preview", "hours", "follow_up", "disclosure_card")


@pytest.fixture
def marked(world, now, case):
    """Mona's case, with a mark in everything a workplace must not read."""
    citizen = case.citizen
    Citizen.objects.filter(pk=citizen.pk).update(
        benefit=SECRET["benefit"], address=f"{SECRET['address']} 1", protected_address=True
    )
    citizen.refresh_from_db()
    said = {"by": world.line, "at": now}
    type(case).objects.filter(pk=case.pk).update(effort_model=SECRET["match group"])
    casework.write_note(case=case, text=SECRET["diagnosis"], **said)
    casework.report_incident(
        case=case,
        kind=IncidentKind.OTHER,
        on=clock.local_date(now),
        what=SECRET["cause of absence"],
        reporter="Line",
        **said,
    )
    add_spell(citizen=citizen, kind="ledighedsydelse", start=timezone.datetime(2025, 3, 1).date(), end=None, **said)
    citizens.add_consideration(citizen=citizen, category="other", text=SECRET["what is not shared"], **said)
    citizens.add_ability(citizen=citizen, ability="cannot", text=SECRET["what the citizen cannot do"], **said)
    citizens.add_competence(citizen=citizen, origin="leisure", text="Fører regnskab", **said)
    citizens.register_answer(
        citizen=citizen,
        what=What([ShareField.COMPETENCES, ShareField.RESOURCES, ShareField.CV, ShareField.WISH]),
        to=ANY_WORKPLACE,
        purpose="Opholdet",
        said=Said(),
        **said,
    )
    return case


@pytest.fixture
def holder(mailed_code):
    """A browser at the workplace that has proven the link: kind of address and token → client."""

    def run(name: str, token: str) -> Client:
        client = Client()
        client.post(reverse(name, args=[token]), {"send": "1"})
        client.post(reverse(name, args=[token]), {"code": mailed_code()})
        return client

    return run


def revealed(page: str) -> list[str]:
    return [what for what, mark in SECRET.items() if mark in page]


def test_a_workplace_reads_none_of_it_in_the_agreement(marked, waiting, world, now, at, holder):
    token = actions.issue_link(placement=waiting, party=Party.EMPLOYER, purpose=LinkPurpose.SIGN, at=now).token
    page = holder("sign_code", token).get(reverse("sign", args=[token])).content.decode()
    assert "Start efter kl. 9" in page
    assert revealed(page) == []


def test_a_workplace_reads_none_of_it_where_it_reports_hours(marked, running, at, moment):
    now = at(moment(1))
    token = actions.issue_link(placement=running, party=Party.EMPLOYER, purpose=LinkPurpose.HOURS, at=now).token
    client = Client()
    for sent in (None, {"action": "help", "text": "Ring"}, {"action": "absence"}):
        address = reverse("employer_hours", args=[token])
        response = client.get(address) if sent is None else client.post(address, sent)
        assert revealed(response.content.decode()) == []


def test_a_workplace_reads_none_of_it_on_the_disclosure_card(marked, placement, world, now, day, at, holder):
    known = disclosure.candidates(placement, day)
    card = actions.compose_card(
        placement=placement,
        purpose=Purpose.TOWARDS_HOURS,
        lines=[line.key for line in known if line.said_yes],
        contact=ContactPerson.objects.get(name__startswith="Torben"),
        by=world.line,
        at=now,
    )
    actions.approve_card(card=card, digest=card.digest, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    token = actions.send_card(card=card, by=world.line, at=now).token
    page = holder("card_code", token).get(reverse("card_read", args=[token])).content.decode()
    assert "Fører regnskab" in page
    assert revealed(page) == []


def test_no_mail_to_a_workplace_or_a_citizen_carries_any_of_it(marked, waiting, world, now, at, sign):
    sign(waiting, by=world.line)
    actions.approve(placement=waiting, by=world.peter, at=now)
    mails = list(OutgoingMail.objects.all())
    assert mails
    for mail in mails:
        assert revealed(mail.subject + str(mail.body)) == []
        assert "Mona" not in mail.subject
        assert "Havtorn" not in mail.subject


def test_there_is_no_way_to_share_a_diagnosis_a_benefit_a_history_a_cpr_number_or_a_cause_with_a_workplace():
    fields = set(CATALOGUE[Receiver.WORKPLACE])
    assert fields == {"competences", "resources", "wish", "hours_wish", "considerations", "cv"}


@pytest.mark.parametrize(("role", "must_not"), OUTSIDERS, ids=[role.value for role, _why in OUTSIDERS])
def test_a_role_without_relation_opens_no_page_of_the_case(role, must_not, marked, placement, world, at):
    client = Client(raise_request_exception=False)
    client.force_login(make_user(world.municipality, "Uden Relation", role))
    opened = []
    for name in CASE_PAGES:
        response = client.get(reverse(name, args=[marked.pk]))
        if response.status_code not in (403, 404) or revealed(response.content.decode()):
            opened.append(name)
    for name in PLACEMENT_PAGES:
        response = client.get(reverse(name, args=[placement.pk]))
        if response.status_code not in (403, 404) or revealed(response.content.decode()):
            opened.append(name)
    assert opened == [], must_not


def test_the_jobformidler_makes_no_decision_of_the_authority(marked, waiting, world, now, sign):
    sign(waiting, by=world.line)
    with pytest.raises(PermissionDenied):
        actions.approve(placement=waiting, by=world.line, at=now)


@pytest.fixture
def provider_worker(world):
    """Make somebody who works at a provider of that name."""

    def run(name: str, person: str, role: str):
        organisation, _new = Organisation.objects.get_or_create(kind=OrganisationKind.PROVIDER, name=name)
        user = make_user(world.municipality, person, role)
        Membership.objects.filter(user=user).update(organisation=organisation)
        return organisation, user

    return run


def test_a_providers_caseworker_approves_nothing(marked, waiting, world, now, sign, provider_worker):
    sign(waiting, by=world.line)
    _organisation, rune = provider_worker("Springbræt", "Rune Strandvold", Role.CASEWORKER)
    with pytest.raises(PermissionDenied):
        actions.approve(placement=waiting, by=rune, at=now)


def test_a_provider_sees_only_its_own_citizens_and_only_while_they_are_referred(marked, world, day, provider_worker):
    ours, rune = provider_worker("Springbræt", "Rune Strandvold", Role.JOBFORMIDLER)
    _theirs, tove = provider_worker("Fodfæste", "Tove Pileurt", Role.JOBFORMIDLER)
    relation = citizens.relate(citizen=marked.citizen, kind=RelationKind.PROVIDER, organisation=ours, since=day)
    assert Citizen.objects.visible_to(world.viewer(rune)).exists()
    assert not Citizen.objects.visible_to(world.viewer(tove)).exists()
    citizens.end_relation(relation=relation, on=day)
    assert not Citizen.objects.visible_to(world.viewer(rune)).exists()


def test_the_citizen_sees_no_other_citizen_and_no_internal_note(marked, placement, world, day, at):
    other = world.citizen("Jonas Klitrose", 2)
    user = make_user(world.municipality, "Mona Selv", Role.CITIZEN)
    citizens.relate(citizen=marked.citizen, kind=RelationKind.SELF, user=user, since=day)
    client = Client()
    client.force_login(user)
    for name in ("me", "my_sharing"):
        page = client.get(reverse(name)).content.decode()
        assert SECRET["diagnosis"] not in page
        assert other.last_name not in page
    assert client.get(reverse("case", args=[marked.pk])).status_code == 404


def test_a_professional_cannot_contact_the_workplace(world, workplace, at):
    client = Client()
    client.force_login(make_user(world.municipality, "Hanne Lyng", Role.PROFESSIONAL))
    for name in ("workplace", "workplace_contact"):
        assert client.get(reverse(name, args=[workplace.pk])).status_code == 403


def test_the_workplaces_mentor_and_contact_person_have_no_way_in_but_their_links(marked, world, at):
    assert Client().get(reverse("case", args=[marked.pk])).status_code == 302
    assert not Membership.objects.filter(role__in=("mentor", "employer")).exists()
