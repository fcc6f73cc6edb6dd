"""The register of workplaces on screens."""

import datetime as dt

import pytest
from django.urls import reverse

from jobformidler.casework.actions import open_case, register_contact
from jobformidler.core import clock
from jobformidler.employers import actions
from jobformidler.employers.models import ContactPerson, EmployerContact, Workplace
from jobformidler.openings.actions import register_place

NUMBERS = iter(range(10**6))


@pytest.fixture(autouse=True)
def _the_day(monkeypatch, now):
    """Screens are seen on the Monday all tests happen on."""
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def make(world, now):
    """Registers workplaces."""

    def register(name="Fjordby Trælast", **values):
        return actions.register_workplace(
            **{"cvr": "99000023", "p_number": f"98{next(NUMBERS):08d}", "name": name, "by": world.nadia, "at": now}
            | values
        )

    return register


@pytest.fixture
def browse(client, world):
    """Gets a page as somebody."""

    def get(user, name, *args, **query):
        client.force_login(user)
        return client.get(reverse(name, args=args), query)

    return get


def test_every_consultant_finds_a_workplace_by_name_cvr_and_p_number(browse, world, make):
    yard = make()
    make("Havnens Hotel", cvr="99000163")
    for term in ("trælast", "99000023", yard.p_number):
        page = browse(world.peter, "employers", q=term)
        assert [row["name"] for row in page.context["rows"]] == ["Fjordby Trælast"]


def test_filters_narrow_by_sector_industry_size_city_and_places(browse, world, make, now, day):
    yard = make(sector="private", industry_code="467300", employees=34, city="Fjordby")
    make("Solkrogen", sector="public", industry_code="871020", employees=120, city="Havby")
    register_place(
        workplace=yard,
        kind="internship",
        title="Lager",
        hours_min=5,
        hours_max=10,
        starts_on=day,
        by=world.nadia,
        at=now,
    )
    for query in (
        {"sektor": "private"},
        {"branche": "handel"},
        {"ansatte": "10-49"},
        {"by": "Fjordby"},
        {"pladser": "ja"},
    ):
        page = browse(world.line, "employers", **query)
        assert [row["name"] for row in page.context["rows"]] == ["Fjordby Trælast"], query
    assert len(browse(world.line, "employers", sektor="forkert").context["rows"]) == 2


def test_a_search_that_finds_nothing_shows_the_way_on(browse, world, make):
    make()
    page = browse(world.line, "employers", q="findes ikke")
    assert page.context["rows"] == []
    assert 'class="empty"' in page.content.decode()


def test_the_row_says_who_was_there_last_and_for_what(browse, world, make, now):
    held = now - dt.timedelta(12)
    actions.log_contact(
        workplace=make(), purpose="cooperation", held_at=held, by=world.nadia, at=now, next_step="Besøg"
    )
    row = browse(world.line, "employers").context["rows"][0]
    assert row["figure"] == "12"
    assert "Nadia Klitkamille" in row["why"]
    assert "fast samarbejde om pladser" in row["why"]
    assert row["next"] == "Besøg"


def test_an_administrator_without_employer_role_is_refused(browse, world, make):
    assert browse(world.admin, "employers").status_code == 403
    assert browse(world.admin, "workplace", make().pk).status_code == 403


def test_a_contact_is_registered_with_purpose_alone_and_shown_to_the_next_one_who_calls(client, browse, world, make):
    yard = make()
    client.force_login(world.nadia)
    url = reverse("workplace_contact", args=[yard.pk])
    now = clock.now()
    when = {"on": now.date().isoformat(), "time": now.strftime("%H:%M")}
    assert client.post(url, when).status_code == 200
    assert not EmployerContact.objects.exists()
    sent = client.post(url, {"purpose": "cooperation", **when})
    assert sent.status_code == 302
    page = browse(world.line, "workplace", yard.pk)
    assert "Nadia Klitkamille" in page.content.decode()


def test_a_next_date_without_a_purpose_keeps_what_was_typed(client, world, make):
    client.force_login(world.nadia)
    now = clock.now()
    values = {"purpose": "cooperation", "on": now.date().isoformat(), "time": now.strftime("%H:%M"), "note": "Torben ringer",
              "next_step_on": (now.date() + dt.timedelta(7)).isoformat()}  # fmt: skip
    page = client.post(reverse("workplace_contact", args=[make().pk]), values)
    assert page.context["form"].errors["next_step"]
    assert "Torben ringer" in page.content.decode()


def test_the_page_names_only_citizens_the_viewer_works_with(browse, world, make, now, day):
    from jobformidler.placements.models import Placement

    yard = make()
    case = open_case(
        citizen=world.citizen("Jonas Klitrose"), unit=world.unit, jobformidler=world.line, by=world.line, at=now
    )
    Placement.objects.create(
        municipality=world.municipality, case=case, workplace=yard, status="internship", status_since=day, created_on=day,
        starts_on=day, approved_on=day, approved_by=world.peter, purpose="clarify", no_contact_reason="x",
    )  # fmt: skip
    assert "Jonas Klitrose" in browse(world.line, "workplace", yard.pk).content.decode()
    other = browse(world.nadia, "workplace", yard.pk)
    assert "Jonas Klitrose" not in other.content.decode()
    assert other.context["more_people"]


def test_a_promise_stands_until_a_contact_on_or_after_its_day(browse, world, make, now, day):
    yard = make()
    log = {"workplace": yard, "purpose": "cooperation", "by": world.nadia}
    actions.log_contact(
        **log, held_at=now - dt.timedelta(9), at=now, next_step="Besøg Torben", next_step_on=day - dt.timedelta(2)
    )
    actions.log_contact(**log, held_at=now - dt.timedelta(5), at=now)
    assert [p["text"] for p in browse(world.line, "workplace", yard.pk).context["promises"]]
    actions.log_contact(**log, held_at=now - dt.timedelta(1), at=now)
    assert not browse(world.line, "workplace", yard.pk).context["promises"]


def test_a_stale_change_of_a_contact_person_shows_both_and_keeps_mine_when_asked(client, world, make, now):
    yard = make()
    torben = actions.register_contact_person(workplace=yard, name="Torben", level="foreman", by=world.nadia, at=now)
    actions.edit_contact_person(person=torben, version=1, phone="00000034", by=world.line, at=now)
    client.force_login(world.nadia)
    url = reverse("person_edit", args=[torben.pk])
    mine = {"name": "Torben", "level": "foreman", "phone": "00000035", "active": "on", "version": "1"}
    page = client.post(url, mine)
    assert "00000034" in page.content.decode()
    assert "00000035" in page.content.decode()
    assert (
        client.post(url, {**mine, "version": page.context["form"].data["version"], "keep": "mine"}).status_code == 302
    )
    assert ContactPerson.objects.get().phone == "00000035"


def test_a_withdrawn_contact_is_struck_out_with_its_reason(client, browse, world, make, now):
    yard = make()
    contact = actions.log_contact(workplace=yard, purpose="cooperation", held_at=now, by=world.nadia, at=now)
    client.force_login(world.nadia)
    client.post(reverse("contact_withdraw", args=[contact.pk]), {"reason": "Forkert arbejdsplads"})
    page = browse(world.line, "workplace", yard.pk).content.decode()
    assert "<del>" in page
    assert "Forkert arbejdsplads" in page


def test_a_workplace_can_be_entered_by_hand(client, world):
    client.force_login(world.nadia)
    sent = client.post(reverse("workplace_new"), {"name": "Ny Café", "cvr": "99000317", "p_number": "9900000777"})
    assert sent.status_code == 302
    assert Workplace.objects.get().employer.cvr == "99000317"


def test_the_pages_need_few_queries_however_long_the_list(client, world, make, now, django_assert_max_num_queries):
    rows = [make(f"Firma {n}", city="Fjordby") for n in range(20)]
    for row in rows:
        actions.log_contact(workplace=row, purpose="cooperation", held_at=now, by=world.nadia, at=now)
    client.force_login(world.line)
    for url in (reverse("employers"), reverse("workplace", args=[rows[0].pk])):
        client.get(url)
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200


def test_a_citizen_is_presented_by_name_and_not_before_a_conversation(client, browse, world, make, now):
    yard = make()
    case = open_case(
        citizen=world.citizen(), unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.line, at=now
    )
    client.force_login(world.line)
    url = reverse("workplace_contact", args=[yard.pk])
    sent = {"purpose": "present_citizen", "on": now.date().isoformat(), "time": "08:30"}
    assert "Vælg, hvem du præsenterer" in client.post(url, sent).content.decode()
    refused = client.post(url, sent | {"citizen": case.pk}).content.decode()
    assert "Tal med Mona først" in refused
    assert reverse("case_conversation", args=[case.pk]) in refused
    assert not EmployerContact.objects.exists()
    register_contact(
        case=case, kind="first_conversation", held_at=now - dt.timedelta(hours=1), ordinary_hours_raised=True,
        next_step="CV", next_step_on=now.date(), by=world.line, at=now,
    )  # fmt: skip
    assert client.post(url, sent | {"citizen": case.pk}).status_code == 302
    assert "Mona Havtorn" in browse(world.line, "workplace", yard.pk).content.decode()
    assert "Mona Havtorn" not in browse(world.nadia, "workplace", yard.pk).content.decode()
    assert "Fjordby Trælast" in browse(world.line, "case_timeline", case.pk).content.decode()


def test_filters_narrow_by_where_short_educated_jobs_absence_network_and_agreement(browse, world, make, now):
    yard = make(municipality_code=999, short_educated_jobs=12, absence_percent="7.5")
    make("Solkrogen", municipality_code=101, short_educated_jobs=2, absence_percent="3.0")
    actions.edit_workplace(
        workplace=yard, version=None, networks=["Forum"], agreements=["Fire pladser"], by=world.nadia, at=now
    )
    for query in (
        {"hvor": "inde"}, {"kortuddannede": "10"}, {"fravaer": "7"}, {"netvaerk": "Forum"}, {"aftale": "ja"},
    ):  # fmt: skip
        page = browse(world.line, "employers", **query)
        assert [row["name"] for row in page.context["rows"]] == ["Fjordby Trælast"], query
    assert [row["name"] for row in browse(world.line, "employers", hvor="ude").context["rows"]] == ["Solkrogen"]


def test_the_register_is_changed_on_its_page_and_the_file_may_carry_the_same(client, browse, world, make):
    yard = make()
    client.force_login(world.nadia)
    url = reverse("workplace_edit", args=[yard.pk])
    sent = {"name": yard.name, "version": 1, "absence_percent": "6,9", "networks": "Forum\n", "agreements": ""}
    assert client.post(url, sent).status_code == 302
    words = client.get(reverse("workplace", args=[yard.pk])).content.decode()
    assert "6,9 procent sygefravær" in words
    assert "Forum" in words
    stale = client.post(url, {**sent, "absence_percent": "5,0"})
    assert "6,9" in stale.content.decode()


def test_contacts_are_reported_by_purpose_and_every_number_opens_its_contacts(browse, world, make, now):
    yard = make()
    for purpose in ("information", "information", "partnership"):
        actions.log_contact(workplace=yard, purpose=purpose, held_at=now, by=world.nadia, at=now)
    page = browse(world.nadia, "employer_contacts")
    assert [(row["purpose"], row["n"]) for row in page.context["rows"]] == [("information", 2), ("partnership", 1)]
    opened = browse(world.nadia, "employer_contacts", formaal="information")
    assert len(opened.context["entries"]) == 2
    assert yard.name in opened.content.decode()
