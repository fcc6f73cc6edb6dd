"""A citizen is registered by hand, and the benefit is put right on the case."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt

import pytest
from django.urls import reverse
from tests.web.case_fixtures import answer, as_line, filled_in, mona_case, the_day  # noqa: F401  fixtures

from jobformidler.citizens.models import Citizen
from jobformidler.core import lists

pytestmark = pytest.mark.django_db
NEW = {"cpr": "711180-0099", "first_name": "Tove", "last_name": "Mynte", "benefit_from": "2026-10-01"}


def test_a_citizen_is_registered_by_hand_and_stands_without_a_case(as_line, world, the_day):
    lists = reverse("caseload") + "?vis=uden-sag"
    assert reverse("citizen_new") in as_line.get(lists).content.decode()
    done = as_line.post(
        reverse("citizen_new"),
        {**filled_in(as_line.get(reverse("citizen_new")).content.decode()), **NEW, "birth_date": "1980-11-11"},
    )
    assert done.status_code == 302
    assert done.headers["Location"] == lists
    tove = Citizen.objects.get(first_name="Tove")
    assert tove.cpr == "7111800099"
    assert (tove.unit, tove.birth_date) == (world.unit, dt.date(1980, 11, 11))
    page = as_line.get(lists).content.decode()
    assert "Tove Mynte er registreret og har ikke en sag endnu." in page
    assert "711180" not in page


def test_a_replacement_number_needs_the_date_of_birth(as_line, world, the_day):
    page = answer(as_line, "citizen_new", **NEW).content.decode()
    assert "Skriv fødselsdatoen" in page
    assert '<details class="form-more" open>' in page
    assert not Citizen.objects.filter(first_name="Tove").exists()


def test_an_impossible_number_and_a_known_person_are_told(as_line, world, the_day):
    assert "form-error-message" in answer(as_line, "citizen_new", **{**NEW, "cpr": "123"}).content.decode()
    born = {"birth_date": "1980-11-11"}
    assert answer(as_line, "citizen_new", **NEW, **born).status_code == 302
    again = answer(as_line, "citizen_new", **NEW, **born)
    assert again.status_code == 200
    assert "allerede registreret" in again.content.decode()
    assert Citizen.objects.filter(first_name="Tove").count() == 1


def test_the_number_is_kept_neither_as_a_draft_nor_by_the_browser(as_line, the_day):
    page = as_line.get(reverse("citizen_new")).content.decode()
    field = page[page.index('name="cpr"') : page.index(">", page.index('name="cpr"'))]
    assert 'autocomplete="off"' in field
    assert "data-nodraft" in field


def test_the_benefit_and_its_date_are_put_right_on_the_case(as_line, mona_case):
    code = lists.choices("benefit")[-1][0]
    assert answer(as_line, "case_edit", mona_case.pk, benefit=code, benefit_from="2026-10-01").status_code == 302
    citizen = Citizen.objects.get(pk=mona_case.citizen_id)
    assert (citizen.benefit, citizen.benefit_from) == (code, dt.date(2026, 10, 1))


def test_the_model_of_the_effort_is_seen_and_changed_on_the_plan(as_line, mona_case):
    code, label = lists.choices("effort_model")[0]
    plan = reverse("case_plan", args=[mona_case.pk])
    assert reverse("case_effort_model", args=[mona_case.pk]) in as_line.get(plan).content.decode()
    assert answer(as_line, "case_effort_model", mona_case.pk, code=code).status_code == 302
    mona_case.refresh_from_db()
    assert mona_case.effort_model == code
    assert label in as_line.get(plan).content.decode()
    assert answer(as_line, "case_effort_model", mona_case.pk, code="").status_code == 302
    mona_case.refresh_from_db()
    assert mona_case.effort_model == ""
