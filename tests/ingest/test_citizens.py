"""Citizens from files: who is new, who changed, and what a file may never touch."""

import datetime as dt

from tests.factories import World, make_citizen
from tests.ingest.conftest import counts

from jobformidler.citizens.models import Citizen, Relation
from jobformidler.core import db
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.models import Event

MONA = (
    "711180-0001;Mona;Havtorn;Havnegade 1;9999;Fjordby;999;00000001;mona@fjordby.example;"
    "Sygedagpenge;1-2-2026;Team Havnen;nej"
)
JONAS = "711180-0002;Jonas;Klitrose;;;;;;;;;;ja"


def test_a_new_citizen_gets_everything_the_file_says(world, table, read, day):
    assert read("citizens", table("citizens", MONA)) == counts(read=1, inserted=1)
    mona = Citizen.objects.get()
    assert (mona.cpr, bytes(mona.cpr_hash)) == ("7111800001", keyed_hash("7111800001"))
    assert (mona.full_name, mona.address, mona.postal_code, mona.city) == (
        "Mona Havtorn",
        "Havnegade 1",
        "9999",
        "Fjordby",
    )
    assert (mona.benefit, mona.benefit_from, mona.unit) == ("sygedagpenge", dt.date(2026, 2, 1), world.unit)
    assert (mona.birth_date, mona.municipality_code, mona.version) == (dt.date(1980, 11, 11), 999, 1)
    assert mona.protected_address is False


def test_the_unit_of_a_new_citizen_can_open_the_case(world, table, read):
    read("citizens", table("citizens", MONA, JONAS))
    assert [c.first_name for c in Citizen.objects.visible_to(world.viewer(world.line))] == ["Mona"]


def test_access_that_was_ended_does_not_come_back_with_the_next_file(world, table, read, day):
    read("citizens", table("citizens", MONA))
    Relation.objects.all().delete()
    assert read("citizens", table("citizens", MONA)) == counts(read=1, unchanged=1)
    assert not Relation.objects.exists()


def test_a_citizen_who_moves_to_another_unit_is_seen_there(world, table, read):
    from jobformidler.accounts.models import Unit

    read("citizens", table("citizens", MONA))
    Unit.objects.create(municipality=world.municipality, name="Team Bakken")
    assert read("citizens", table("citizens", MONA.replace("Team Havnen", "team bakken"))) == counts(read=1, updated=1)
    assert sorted(Relation.objects.values_list("unit__name", flat=True)) == ["Team Bakken", "Team Havnen"]


def test_only_what_differs_is_changed_and_leaves_history(world, table, read):
    read("citizens", table("citizens", MONA, JONAS))
    before = Citizen.objects.get(first_name="Mona")
    after = read("citizens", table("citizens", MONA.replace("Havnegade 1", "Bakken 2"), JONAS))
    assert after == counts(read=2, updated=1, unchanged=1)
    mona = Citizen.objects.get(pk=before.pk)
    assert (mona.address, mona.version) == ("Bakken 2", 2)
    assert mona.cpr.blob == before.cpr.blob
    assert [row.pgh_label for row in mona.history.order_by("pgh_id")] == ["insert", "update"]
    assert mona.history.last().pgh_context["user"] == world.admin.pk


def test_columns_a_file_leaves_out_stay_as_they_are(world, table, read):
    read("citizens", table("citizens", MONA))
    short = table("citizens", "7111800001;Mona;Havtorn-Lund", header="CPR-nr.;Fornavn;Efternavn")
    assert read("citizens", short) == counts(read=1, updated=1)
    mona = Citizen.objects.get()
    assert (mona.last_name, mona.address, mona.benefit, mona.unit) == (
        "Havtorn-Lund",
        "Havnegade 1",
        "sygedagpenge",
        world.unit,
    )


def test_an_empty_cell_empties_what_is_registered(world, table, read):
    read("citizens", table("citizens", MONA))
    read("citizens", table("citizens", "711180-0001;Mona;Havtorn;;;;;;;;;;ja"))
    mona = Citizen.objects.get()
    assert (mona.address, mona.phone, mona.benefit, mona.benefit_from, mona.unit) == ("", "", "", None, None)
    assert mona.protected_address is True


def test_one_delivery_is_one_event(world, table, read):
    read("citizens", table("citizens", MONA, JONAS))
    event = Event.objects.get()
    assert (event.kind, event.actor, event.payload["inserted"]) == ("core.delivery_read", world.admin, 2)
    assert "711180" not in str(event.payload)


def test_a_citizen_of_another_municipality_is_not_touched(world, table, read):
    with World(code=101, name="Anden Kommune") as other:
        theirs = make_citizen(other.municipality, "Anna Anden")
    with db.enter(world.municipality, reason="test"):
        assert read("citizens", table("citizens", MONA)) == counts(read=1, inserted=1)
        assert Citizen.objects.count() == 1
    with db.enter(other.municipality, reason="test"):
        theirs.refresh_from_db()
        assert (theirs.first_name, theirs.version) == ("Anna", 1)


def test_bad_rows_are_told_by_line_and_the_others_go_in(world, table, refused):
    path = table(
        "citizens",
        MONA,
        "320180-1234;Umulig;Dato;;;;;;;;;;",
        "711180-0003;Ukendt;Kommune;;;;998;;;;;;",
        "711180-0004;Ukendt;Ydelse;;;;;;;guldhjælp;;;",
        f"711180-0005;{'x' * 61};For lang;;;;;;;;;;",
        MONA,
        "711180-0006;Ukendt;Enhed;;;;;;;;;Team Ukendt;",
        JONAS,
    )
    assert refused("citizens", path) == {
        3: ["impossible_cpr_date"],
        4: ["unknown_municipality"],
        5: ["unknown_benefit"],
        6: ["too_long"],
        7: ["duplicate_key"],
        8: ["unknown_unit"],
    }
    assert Citizen.objects.count() == 2


def test_danish_spreadsheet_habits_survive_to_the_database(world, table, read):
    path = table(
        "citizens",
        '0111800001;Åse;Sørensen;"Ærøvej 1; 2. tv";0800;Høje Taastrup;0999;+45 00 00 00 01;;Ledighedsydelse;01.02.2026;x',
        header="CPR-nr.;Fornavn;Efternavn;Adresse;Postnr.;By;Kommunekode;Telefon;E-mail;Ydelse;Ydelse fra;Adressebeskyttelse",
        encoding="cp1252",
    )
    assert read("citizens", path) == counts(read=1, inserted=1)
    aase = Citizen.objects.get()
    assert (aase.first_name, aase.address, aase.city) == ("Åse", "Ærøvej 1; 2. tv", "Høje Taastrup")
    assert (aase.postal_code, aase.protected_address) == ("0800", True)
