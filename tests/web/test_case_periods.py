"""Periods and approvals to fleksjob are registered, corrected and ended on the case, each correction with its reason."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt

import pytest
from django.urls import reverse
from tests.web.case_fixtures import answer, as_line, filled_in, mona_case, stranger, the_day  # noqa: F401  fixtures

from jobformidler.registers.models import FleksjobApproval, Spell

pytestmark = pytest.mark.django_db


def rights(client, case) -> str:
    return client.get(reverse("case_rights", args=[case.pk])).content.decode()


def test_a_period_is_added_with_its_last_day_included(as_line, mona_case):
    assert reverse("period_new", args=[mona_case.pk]) in rights(as_line, mona_case)
    done = answer(as_line, "period_new", mona_case.pk, kind="ledighedsydelse", start="2025-03-01", end="2025-12-31")
    assert done.status_code == 302
    row = Spell.objects.get()
    assert (row.start, row.end) == (dt.date(2025, 3, 1), dt.date(2026, 1, 1))
    page = rights(as_line, mona_case)
    assert "Ledighedsydelse" in page
    assert reverse("period_correct", args=[mona_case.pk, row.pk]) in page


def test_periods_of_one_kind_that_overlap_are_refused_where_they_begin(as_line, mona_case):
    answer(as_line, "period_new", mona_case.pk, kind="fleksjob", start="2025-03-01")
    page = answer(as_line, "period_new", mona_case.pk, kind="fleksjob", start="2026-01-01").content.decode()
    assert "Perioden overlapper en anden af samme type." in page
    assert Spell.objects.count() == 1


def test_a_period_is_corrected_and_removed_with_a_reason(as_line, mona_case):
    answer(as_line, "period_new", mona_case.pk, kind="fleksjob", start="2025-03-01", end="2025-06-30")
    row = Spell.objects.get()
    assert answer(as_line, "period_correct", mona_case.pk, row.pk, end="").status_code == 200
    assert answer(as_line, "period_correct", mona_case.pk, row.pk, end="", reason="Den løber endnu").status_code == 302
    row.refresh_from_db()
    assert row.end is None
    page = answer(as_line, "period_remove", mona_case.pk, row.pk).content.decode()
    assert "fleksjob fra" in page.lower()
    assert answer(as_line, "period_remove", mona_case.pk, row.pk, reason="Var en andens").status_code == 302
    assert not Spell.objects.exists()


def test_an_approval_to_fleksjob_is_registered_and_ended(as_line, mona_case, day):
    ahead = (day + dt.timedelta(days=1)).isoformat()
    assert answer(as_line, "approval_new", mona_case.pk, approved_on=ahead).status_code == 200
    assert answer(as_line, "approval_new", mona_case.pk, approved_on="2025-03-01").status_code == 302
    row = FleksjobApproval.objects.get()
    assert reverse("approval_end", args=[mona_case.pk, row.pk]) in rights(as_line, mona_case)
    done = answer(as_line, "approval_end", mona_case.pk, row.pk, ended_on="2026-11-01", reason="I ordinært job")
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.ended_on == dt.date(2026, 11, 1)
    assert as_line.get(reverse("approval_end", args=[mona_case.pk, row.pk])).status_code == 404


def test_the_page_says_how_to_complain_and_where_a_complaint_is_registered(as_line, mona_case):
    page = rights(as_line, mona_case)
    assert "inden for 4 uger" in page
    assert "Der er ikke registreret nogen klage" not in page
    assert "En klage over en afgørelse registreres på afgørelsen." in page
