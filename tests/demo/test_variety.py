"""Everything the demo must have, and nothing that could hit anybody."""

import datetime as dt
import random
import re

import pytest
from tests.browser import site

from jobformidler.accounts.models import User
from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Assignment, Case, Contact
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.core.models import Delivery, Event
from jobformidler.core.rebuild import CHECKS, REBUILDS
from jobformidler.demo import firms, names
from jobformidler.demo.files import replacement_cpr
from jobformidler.employers.models import Employer, Workplace
from jobformidler.openings.models import Place
from jobformidler.placements.enums import PlacementStatus
from jobformidler.placements.models import Placement

_DAY = dt.timedelta(days=1)


def test_cases_are_in_every_state(fjordby):
    assert set(Case.objects.values_list("status", flat=True)) == {str(state) for state in CaseStatus}


def test_placements_are_in_every_state(fjordby):
    assert set(Placement.objects.values_list("status", flat=True)) == {str(state) for state in PlacementStatus}


def test_some_citizens_have_no_case_and_one_case_has_no_jobformidler(fjordby):
    assert Citizen.objects.filter(cases=None).exists()
    assert Case.objects.without_role(site.DAY, "jobformidler").exists()


def test_registers_came_through_files_and_nothing_was_refused(fjordby):
    assert {row.kind for row in Delivery.objects.all()} == {"citizens", "spells", "visitations", "employers", "places"}
    assert not Delivery.objects.exclude(quarantined=0).exists()


def test_everything_else_came_through_actions(fjordby):
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"case.opened", "placement.approved", "placement.hours_reported", "employer.contact_logged"} <= kinds
    assert Event.objects.filter(kind="case.opened").count() == Case.objects.count()


def test_nothing_contradicts_itself(fjordby):
    assert {name: list(find()) for name, find in CHECKS.items() if list(find())} == {}


def test_read_models_are_what_a_rebuild_gives(fjordby):
    assert {name: model.run() for name, model in REBUILDS.items()} == dict.fromkeys(REBUILDS, 0)


def test_every_cpr_number_is_a_replacement_number(fjordby):
    assert all(61 <= int(citizen.cpr[:2]) <= 91 for citizen in Citizen.objects.all())


def test_every_company_number_is_of_the_unissued_series_and_passes_the_check(fjordby):
    weights = (2, 7, 6, 5, 4, 3, 2, 1)
    for cvr in Employer.objects.values_list("cvr", flat=True):
        assert cvr.startswith("99")
        assert sum(int(digit) * weight for digit, weight in zip(cvr, weights, strict=True)) % 11 == 0
    assert all(number.startswith("99") for number in Workplace.objects.values_list("p_number", flat=True))


def test_phones_and_mail_reach_nobody(fjordby):
    phones = [*Citizen.objects.values_list("phone", flat=True), *User.objects.values_list("phone", flat=True)]
    phones = [phone for phone in phones if phone]
    assert all(re.fullmatch(r"00 00 00 \d\d", phone) for phone in phones)
    mails = [*Citizen.objects.values_list("email", flat=True), *User.objects.values_list("email", flat=True)]
    assert all(mail.endswith("@fjordby.example") for mail in mails)


def test_surnames_are_plants(fjordby):
    tour = {"Havtorn", "Klitrose", "Engkarse", "Rørskov", "Mosebølle"}
    assert set(Citizen.objects.values_list("last_name", flat=True)) <= {*names.SURNAMES, *tour}


def test_nobody_meets_in_a_weekend_but_by_text_message(fjordby):
    weekend = Contact.objects.filter(at__iso_week_day__gte=6).exclude(channel="sms")
    assert not weekend.exists()


def test_there_are_fresh_and_stale_and_taken_places(fjordby):
    assert Place.objects.stale_on(site.DAY, fjordby.stale_place_days).exists()
    assert Place.objects.filter(confirmed_on__gt=site.DAY - fjordby.stale_place_days * _DAY).exists()
    assert Placement.objects.exclude(opening=None).exists()


def test_the_day_of_the_demo_is_the_day_asked_for(fjordby):
    assert clock.today() == site.DAY


def test_no_event_lies_in_the_future(fjordby):
    assert not Event.objects.filter(at__gt=clock.at_time(site.DAY, 23)).exists()


def test_a_jobformidler_has_one_role_at_a_time_in_a_case(fjordby):
    rows = Assignment.objects.active_on(site.DAY).filter(role="jobformidler").values_list("case", flat=True)
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("count", [16, 400])
def test_firms_are_the_same_every_time_and_have_names_of_their_own(count):
    found = firms.firms(random.Random(1), count)
    assert found == firms.firms(random.Random(1), count)
    assert len({firm.name for firm in found}) == len({firm.p_number for firm in found}) == count


def test_replacement_numbers_count_within_the_day():
    assert replacement_cpr(dt.date(1980, 11, 11), 1) == "711180-0001"
    assert replacement_cpr(dt.date(2003, 2, 1), 2) == "610203-4002"
