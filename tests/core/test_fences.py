"""The database's own fence between municipalities."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from psycopg.errors import InsufficientPrivilege
from tests.factories import make_citizen, make_municipality

from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Relation
from jobformidler.core import db as context
from jobformidler.core.models import Event
from jobformidler.core.periods import open_from

#: Tables without a row policy, each with the reason it may be read before a tenant is known, or by all.
OPEN_TABLES = {
    "core.municipality": "the tenants themselves",
    "core.listitem": "lists shared by all tenants",
    "accounts.user": "read at login",
    "accounts.organisation": "reference data of parties",
    "accounts.membership": "read to find out which tenant a request is for",
    "accounts.loginattempt": "keyed hashes, read before login",
    "accounts.sentform": "keyed hashes of forms that were sent, and the address each led to",
    "accounts.secondfactor": "read at login; the secret is encrypted",
    "accounts.recoverycode": "keyed hashes, read at login",
    "accounts.loginsession": "read to find out who is asking",
    "accounts.loginpolicy": "read at login; holds no secret",
    "accounts.externalidentity": "read at login",
    "accounts.confidentialitytext": "read with the memberships; a text about nobody",
    "accounts.confidentialityacceptance": "read with the memberships; who accepted which text",
    "accounts.portrait": "shown wherever the name is; nothing about a citizen",
    "accounts.policyreport": "what browsers refused, counted without address or person",
    "employers.employer": "public register",
    "employers.workplace": "public register",
    "placements.signedlink": "token hashes, read to find out which tenant a link belongs to",
}


def test_every_own_table_has_a_forced_row_policy_or_a_written_reason(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_policy p on p.polrelid = c.oid"
            " where c.relrowsecurity and c.relforcerowsecurity"
        )
        fenced = {name for (name,) in cursor.fetchall()}
    own = [
        m
        for m in apps.get_models(include_auto_created=True)
        if m.__module__.startswith("jobformidler.") and m._meta.managed
    ]
    missing = {m._meta.label_lower for m in own if m._meta.db_table not in fenced}
    assert missing == set(OPEN_TABLES)


def test_the_tests_connect_as_the_web_role(db):
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("jf_web",)


def test_without_a_context_no_row_is_seen_and_none_can_be_written(db):
    one = make_municipality(101, "En")
    with context.enter(one, reason="test"):
        make_citizen(one)
        assert Citizen.objects.count() == 1
    assert Citizen.objects.count() == 0
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        make_citizen(one, number=2)


def test_a_row_cannot_point_at_another_tenants_citizen(db, day):
    one, two = make_municipality(101, "En"), make_municipality(102, "To")
    with context.enter(one, reason="test"):
        theirs = make_citizen(one)
    with context.enter(two, reason="test"), pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(
            municipality=two,
            citizen_id=theirs.pk,
            organisation=two.organisation,
            kind=RelationKind.TEAM,
            period=open_from(day),
        )


def test_history_keeps_actor_and_reason_and_no_session_can_switch_it_off(world):
    with context.enter(world.municipality, world.line, "moves house"), connection.cursor() as cursor:
        citizen = world.citizen()
        cursor.execute("select set_config('pgtrigger.ignore', '{citizens.Citizen:update_update}', true)")
        Citizen.objects.filter(pk=citizen.pk).update(city="Fjordby")
        row = citizen.history.latest("pgh_id")
        assert row.city == "Fjordby"
        assert row.pgh_context["user"] == world.line.pk
        assert row.pgh_context["reason"] == "moves house"
        cursor.execute("select prosrc from pg_proc where proname = '_pgtrigger_should_ignore'")
        assert "false" in cursor.fetchone()[0]


def test_events_cannot_be_changed_or_removed(world):
    with pytest.raises(Exception, match="permission denied") as caught, transaction.atomic():
        Event.objects.update(kind="x")
    assert isinstance(caught.value.__cause__, InsufficientPrivilege)


def test_a_nested_context_gives_the_outer_one_back(world):
    other = make_municipality(555, "Anden")
    world.citizen()
    with context.enter(other, reason="nested"):
        assert Citizen.objects.count() == 0
    assert Citizen.objects.count() == 1


def test_a_citizens_cpr_is_ciphertext_and_saving_it_unchanged_is_no_change(world):
    citizen = world.citizen(number=7)
    with connection.cursor() as cursor:
        cursor.execute("select cpr from citizens_citizen where id = %s", [citizen.pk])
        before = bytes(cursor.fetchone()[0])
        assert b"711180" not in before
        again = Citizen.objects.get(pk=citizen.pk)
        assert again.cpr == "7111800007"
        rows = citizen.history.count()
        again.save()
        cursor.execute("select cpr from citizens_citizen where id = %s", [citizen.pk])
        assert bytes(cursor.fetchone()[0]) == before
    assert citizen.history.count() == rows
