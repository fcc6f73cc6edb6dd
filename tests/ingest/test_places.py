"""Employers and places from files: shared register, own contacts, and words a workplace uses."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.factories import World
from tests.ingest.conftest import counts

from jobformidler.core import db
from jobformidler.core.models import Event
from jobformidler.employers.models import ContactPerson, Employer, Workplace
from jobformidler.openings.actions import close_place
from jobformidler.openings.ingest import known_accommodations, split_accommodations
from jobformidler.openings.models import Place

TIMBER = "99000023;9900000001;Fjordby Trælast;Havnevej 1;9999;Fjordby;475210;34;Privat;00000001;torben@fjordby.example"
YARD = "DK 99 00 00 23;P 9900000002;Fjordby Trælast, gården;;;;;;;;"
PLACE = (
    "99000023;9900000001;Praktik;Lagermedhjælper;Varemodtagelse;2,5;10;2;01-12-2026;31-05-2027;Faste dage;"
    "Torben Enebær;00000021"
)


@pytest.fixture
def employers(world, table, read):
    read("employers", table("employers", TIMBER, YARD, name="virk.csv"))


def test_an_employer_with_its_workplaces(world, table, read):
    assert read("employers", table("employers", TIMBER, YARD)) == counts(read=2, inserted=2)
    assert Employer.objects.get().name == "Fjordby Trælast"
    first = Workplace.objects.get(p_number="9900000001")
    assert (first.employees, first.sector, first.industry_code) == (34, "private", "475210")
    assert Workplace.objects.get(p_number="9900000002").employer == first.employer
    assert Event.objects.count() == 1


def test_the_register_is_shared_and_read_again_changes_nothing(employers, world, table, read):
    from jobformidler.core.ingest import read_file

    with World(code=101, name="Anden Kommune") as other:
        path = table("employers", TIMBER.replace(";34;", ";35;"), YARD)
        outcome = read_file(
            kind="employers", path=path, municipality=other.municipality, by=None, at=dt.datetime.now(dt.UTC)
        )
        assert (outcome.counts.updated, outcome.counts.unchanged) == (1, 1)
    with db.enter(world.municipality, reason="test"):
        assert read("employers", path) == counts(read=2, unchanged=2)


def test_a_wrong_check_digit_and_the_p_number_of_another_company_are_refused(employers, table, refused):
    path = table(
        "employers",
        "99000024;9900000003;Forkert;;;;;;;;",
        "99000058;9900000001;Solkrogen;;;;;;;;",
        "99000058;9900000004;Solkrogen;;;;;;;;",
        "99000163;9900000004;Hotellet;;;;;;;;",
    )
    assert refused("employers", path) == {
        2: ["bad_cvr_check_digit"],
        3: ["p_number_of_other_cvr"],
        5: ["p_number_of_other_cvr"],
    }
    assert Employer.objects.filter(cvr="99000163").count() == 0


def test_a_place_with_everything(employers, world, table, read, day):
    assert read("places", table("places", PLACE)) == counts(read=1, inserted=1)
    place = Place.objects.get()
    assert (place.kind, place.title, place.tasks) == ("internship", "Lagermedhjælper", "Varemodtagelse")
    assert (place.hours_min, place.hours_max, place.capacity) == (Decimal("2.5"), Decimal(10), 2)
    assert (place.starts_on, place.ends_on) == (dt.date(2026, 12, 1), dt.date(2027, 6, 1))
    assert (place.accommodates, place.accommodates_other) == (["fixed_days"], "")
    assert (place.contact.name, place.contact.phone, place.contact.level) == (
        "Torben Enebær",
        "00000021",
        "workplace_contact",
    )
    assert (place.confirmed_on, place.by) == (day, world.admin)


def test_a_contact_person_is_made_once_for_a_name_and_phone_at_a_workplace(employers, table, read):
    rows = [PLACE, PLACE.replace("Lagermedhjælper", "Chauffør"), PLACE.replace("Torben Enebær", "Birte Vejbred")]
    rows[2] = rows[2].replace("Lagermedhjælper", "Kontor")
    read("places", table("places", *rows))
    assert sorted(ContactPerson.objects.values_list("name", flat=True)) == ["Birte Vejbred", "Torben Enebær"]
    assert read("places", table("places", *rows)) == counts(read=3, unchanged=3)
    assert ContactPerson.objects.count() == 2


def test_a_phone_without_a_name_belongs_to_the_workplace(employers, table, read):
    read("places", table("places", PLACE.replace("Torben Enebær", "")))
    assert Place.objects.get().contact.name == "Fjordby Trælast"


def test_a_dry_run_tells_of_a_changed_contact_without_making_one(employers, table, read):
    read("places", table("places", PLACE))
    path = table("places", PLACE.replace("00000021", "00000022"))
    assert read("places", path, dry_run=True) == counts(read=1, updated=1)
    assert ContactPerson.objects.count() == 1
    assert read("places", path) == counts(read=1, updated=1)
    assert Place.objects.get().contact.phone == "00000022"


def test_places_of_unknown_workplaces_or_the_wrong_company_are_refused(employers, table, refused):
    path = table(
        "places",
        PLACE.replace("9900000001", "9900000009"),
        PLACE.replace("99000023", "99000058"),
        PLACE.replace("Praktik", "Weekendtur"),
        PLACE.replace(";10;2;", ";40;2;"),
        PLACE.replace("01-12-2026;31-05-2027", "01-12-2026;30-11-2026"),
    )
    assert refused("places", path) == {
        2: ["unknown_p_number"],
        3: ["p_number_of_other_cvr"],
        4: ["unknown_kind"],
        5: ["number_too_large"],
        6: ["end_before_start"],
    }


def test_a_file_with_only_the_least_hours_may_not_pass_the_registered_most(employers, table, read, refused):
    read("places", table("places", PLACE))
    header = "cvr;p_number;kind;title;hours_min;from"
    good = table("places", "99000023;9900000001;Praktik;Lagermedhjælper;8;01-12-2026", header=header)
    assert read("places", good) == counts(read=1, updated=1)
    bad = table("places", "99000023;9900000001;Praktik;Lagermedhjælper;12;01-12-2026", header=header)
    assert refused("places", bad) == {2: ["hours_max_below_min"]}
    place = Place.objects.get()
    assert (place.hours_min, place.hours_max, place.tasks, place.contact.name) == (
        8,
        10,
        "Varemodtagelse",
        "Torben Enebær",
    )


def test_a_closed_place_is_left_alone(employers, world, table, read, now, day):
    read("places", table("places", PLACE))
    close_place(place=Place.objects.get(), on=day, by=world.ole, at=now)
    assert read("places", table("places", PLACE.replace("Varemodtagelse", "Alt"))) == counts(read=1, unchanged=1)
    assert Place.objects.get().tasks == "Varemodtagelse"


@pytest.mark.parametrize(
    ("words", "codes", "rest"),
    [
        ("Faste dage", ["fixed_days"], ""),
        ("faste dage; Korte dage, højst 4 timer, Ro omkring arbejdet", ["fixed_days", "short_days", "quiet"], ""),
        ("quiet,breaks", ["quiet", "breaks"], ""),
        ("Hund på arbejde, Faste dage\nkat", ["fixed_days"], "Hund på arbejde, kat"),
        ("", [], ""),
    ],
)
def test_what_a_workplace_takes_into_account_is_found_in_its_own_words(db, words, codes, rest):
    assert split_accommodations(words, known_accommodations()) == (codes, rest)


def test_words_of_no_list_are_kept_beside_it(employers, table, read):
    path = table("places", PLACE.replace("Faste dage", '"Hund på arbejde; Faste dage"'))
    read("places", path)
    place = Place.objects.get()
    assert (place.accommodates, place.accommodates_other) == (["fixed_days"], "Hund på arbejde")
    assert read("places", path) == counts(read=1, unchanged=1)
