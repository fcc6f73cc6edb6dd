"""A provider's jobformidler sees citizens referred to the provider, while they are, and what they agreed to (GOV-02)."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership
from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case
from jobformidler.citizens.actions import add_impairment, end_relation, relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import AccessLog, Consent, Impairment
from jobformidler.citizens.sharing import Answer, AnsweredHow, LegalBasis, Receiver, ShareField
from jobformidler.core import clock
from tests.attack.rows import make_provider
from tests.core.test_files import PDF
from tests.factories import make_user

PAGES = (
    "case",
    "case_timeline",
    "case_cv",
    "case_plan",
    "case_placements",
    "case_people",
    "case_rights",
    "case_documents",
)


@pytest.fixture
def the_day(monkeypatch, now):
    """It is nine o'clock on the test day, for screens too."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture
def springbraet(world, the_day, day):
    """Rune Strandvold at Springbræt, with Mona referred to Springbræt and Bodil to another provider."""
    ours, theirs = make_provider("Springbræt"), make_provider("Fodfæste")
    rune = make_user(world.municipality, "Rune Strandvold", Role.JOBFORMIDLER)
    Membership.objects.filter(user=rune).update(organisation=ours)
    cases, relations = {}, {}
    for number, (name, provider) in enumerate((("Mona Havtorn", ours), ("Bodil Rørhat", theirs)), 1):
        citizen = world.citizen(name, number)
        cases[name[:5].strip()] = casework.open_case(
            citizen=citizen,
            unit=world.unit,
            jobformidler=world.line,
            caseworker=world.peter,
            by=world.line,
            at=the_day,
        )
        relations[name[:5].strip()] = relate(
            citizen=citizen, kind=RelationKind.PROVIDER, organisation=provider, since=day - dt.timedelta(days=30)
        )
    return {"rune": rune, "ours": ours, "cases": cases, "relations": relations, "world": world, "now": the_day}


@pytest.fixture
def as_rune(client, springbraet):
    """A browser in which Rune is signed in."""
    client.force_login(springbraet["rune"])
    return client


@pytest.mark.parametrize("page", PAGES)
def test_the_referred_citizens_pages_open_and_anothers_do_not_exist(as_rune, springbraet, page):
    mine, theirs = springbraet["cases"]["Mona"], springbraet["cases"]["Bodil"]
    assert as_rune.get(reverse(page, args=[mine.pk])).status_code == 200
    assert as_rune.get(reverse(page, args=[theirs.pk])).status_code == 404


def test_lists_and_search_hold_the_referred_citizen_alone(as_rune):
    listed = as_rune.get(reverse("caseload") + "?vis=alle").content.decode()
    assert "Bodil" not in listed
    assert _hits(as_rune, "havtorn") == ["Mona Havtorn"]
    assert _hits(as_rune, "rørhat") == []


def _hits(client, term: str) -> list[str]:
    response = client.post(reverse("search"), {"q": term})
    return [hit.name for group in response.context["groups"] for hit in group["hits"]]


def test_access_ends_with_the_relation_and_an_assignment_does_not_prolong_it(as_rune, springbraet, day):
    case, rune = springbraet["cases"]["Mona"], springbraet["rune"]
    relate(citizen=case.citizen, kind=RelationKind.MENTOR, user=rune, since=day)
    assert as_rune.get(reverse("case", args=[case.pk])).status_code == 200
    end_relation(relation=springbraet["relations"]["Mona"], on=day)
    assert as_rune.get(reverse("case", args=[case.pk])).status_code == 404
    assert _hits(as_rune, "havtorn") == []


def test_a_relation_that_begins_tomorrow_opens_nothing_today(as_rune, springbraet, day):
    relation = springbraet["relations"]["Mona"]
    relation.period = DateRange(day + dt.timedelta(days=1), None)
    relation.save()
    assert as_rune.get(reverse("case", args=[springbraet["cases"]["Mona"].pk])).status_code == 404


def test_the_look_is_written_down_with_the_relation_it_rests_on(as_rune, springbraet):
    case = springbraet["cases"]["Mona"]
    as_rune.get(reverse("case", args=[case.pk]))
    row = AccessLog.objects.filter(citizen=case.citizen, user=springbraet["rune"]).latest("pk")
    assert row.relation == RelationKind.PROVIDER


def test_a_forgotten_filter_shows_a_provider_nothing_of_anothers_citizen(as_rune, springbraet, monkeypatch):
    monkeypatch.setattr(type(Case.objects.all()), "visible_to", lambda self, viewer: self.all())
    assert as_rune.get(reverse("case", args=[springbraet["cases"]["Bodil"].pk])).status_code == 404


def _yes(springbraet, field: str, day) -> Consent:
    case = springbraet["cases"]["Mona"]
    return Consent.objects.create(
        municipality_id=case.municipality_id,
        citizen=case.citizen,
        field=field,
        purpose="Forløbet",
        legal_basis=LegalBasis.EXPLICIT_CONSENT,
        answer=Answer.YES,
        how=AnsweredHow.CONVERSATION,
        receiver=Receiver.PROVIDER,
        organisation=springbraet["ours"],
        answered_on=day,
        expires_on=day + dt.timedelta(days=90),
    )


def _document(springbraet, kind: str, *, confidential: bool = False):
    return casework.add_document(
        case=springbraet["cases"]["Mona"],
        upload=SimpleUploadedFile("papir.pdf", PDF),
        kind=kind,
        confidential=confidential,
        by=springbraet["world"].line,
        at=springbraet["now"],
    )


@pytest.mark.parametrize(
    ("kind", "field"),
    [("medical", ShareField.MEDICAL_PAPERS), ("resource_profile", ShareField.RESOURCE_PROFILE), ("cv", ShareField.CV)],
)
def test_a_document_opens_with_the_citizens_yes_and_closes_with_the_no(as_rune, springbraet, day, now, kind, field):
    row = _document(springbraet, kind)
    hidden = _document(springbraet, kind, confidential=True)
    url = reverse("document", args=[row.case_id, row.pk])
    assert as_rune.get(url).status_code == 404
    yes = _yes(springbraet, field, day)
    assert as_rune.get(url).status_code == 200
    assert as_rune.get(reverse("document", args=[row.case_id, hidden.pk])).status_code == 404
    yes.withdrawn_at = now
    yes.save()
    assert as_rune.get(url).status_code == 404


@pytest.mark.parametrize("kind", ["letter", "agreement", "other"])
def test_documents_nobody_can_agree_to_share_stay_inside(as_rune, springbraet, day, kind):
    row = _document(springbraet, kind)
    for field in (ShareField.MEDICAL_PAPERS, ShareField.CV, ShareField.RESOURCE_PROFILE):
        _yes(springbraet, field, day)
    assert as_rune.get(reverse("document", args=[row.case_id, row.pk])).status_code == 404


def test_health_is_read_with_the_citizens_yes_and_never_the_diagnosis(as_rune, springbraet, day):
    case = springbraet["cases"]["Mona"]
    add_impairment(
        citizen=case.citizen,
        meaning="Kan stå op i to timer",
        diagnosis="Slidgigt",
        by=springbraet["world"].line,
        at=springbraet["now"],
    )
    url = reverse("case_confidential", args=[case.pk])
    assert as_rune.get(url).status_code == 403
    _yes(springbraet, ShareField.CHALLENGES, day)
    page = as_rune.get(url)
    assert page.status_code == 200
    assert "to timer" in page.content.decode()
    assert "Slidgigt" not in page.content.decode()
    assert as_rune.get(reverse("impairment_new", args=[case.pk])).status_code == 404


def test_confidential_notes_are_not_a_providers_in_any_way(as_rune, springbraet, day):
    case = springbraet["cases"]["Mona"]
    casework.write_note(
        case=case, text="sparring", confidential=True, by=springbraet["world"].line, at=springbraet["now"]
    )
    _yes(springbraet, ShareField.CHALLENGES, day)
    for page in ("case_timeline", "case_confidential"):
        assert "sparring" not in as_rune.get(reverse(page, args=[case.pk])).content.decode()
    found = as_rune.post(reverse("case_confidential", args=[case.pk]), {"q": "spar"}).content.decode()
    assert "sparring" not in found


def test_impairments_of_others_are_no_rows_at_all(springbraet):
    viewer = springbraet["world"].viewer(springbraet["rune"])
    assert viewer.from_outside
    assert not Impairment.objects.visible_to(viewer).exists()
