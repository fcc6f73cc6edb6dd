"""The database's own fences, table by table, by raw SQL as the web role: municipality, provider, citizen, nobody."""

import datetime as dt
from contextlib import contextmanager

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from jobformidler.accounts.enums import Role
from jobformidler.accounts.viewer import viewer_for, within_bounds
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Relation, StaffHome
from jobformidler.citizens.search import who_may_see_me
from jobformidler.core import bounds, db
from tests.attack import rows
from tests.attack.rows import DAY, Subject
from tests.factories import make_user

TABLES = {model._meta.db_table: model for model in rows.tables()}


def each_table(test):
    """Run the test for every table, each time undone; it fails with all the tables it fails for."""

    def run(everybody):
        wrong = []
        for table in TABLES:
            try:
                with transaction.atomic():
                    test(everybody, table)
                    transaction.set_rollback(True)
            except AssertionError as error:
                wrong.append(f"{table}: {error}")
        assert not wrong, "\n".join(wrong)

    run.__name__ = test.__name__
    return run


@pytest.fixture
def everybody(standing):
    """The database with one row of every table for three citizens, as the web role; what a test changes is undone."""
    with standing.inside("rows", rows.make_everybody) as made:
        yield made


@pytest.fixture
def filled(everybody):
    """The name of that database, and what is in it."""
    return connection.settings_dict["NAME"], everybody


@contextmanager
def as_provider(subject: Subject, day: dt.date = DAY):
    """The context of the provider's person in the subject's municipality."""
    inside = db.narrow(organisations=[subject.provider.pk], person=subject.helper.pk, day=day)
    with db.enter(subject.municipality, subject.helper, "test"), inside:
        yield


def municipal(subject: Subject):
    """The context of the municipality itself."""
    return db.enter(subject.municipality, reason="test")


def key(table: str) -> str:
    """The column of the primary key."""
    return TABLES[table]._meta.pk.column


def seen(table: str, everybody) -> list[str]:
    """Whose of the three rows the context shows, by raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(f'select "{key(table)}" from "{table}"')
        found = {pk for (pk,) in cursor.fetchall()}
    names = ("here", "beside", "elsewhere")
    return [name for name in names if getattr(everybody, name).made[TABLES[table]].pk in found]


def expected_outside(table: str) -> list[str]:
    """What a provider's context may show of the table."""
    test = bounds.test_sql(TABLES[table])
    return {None: ["here", "beside"], "false": []}.get(
        test, ["here", "beside"] if test and test.startswith("cardinality") else ["here"]
    )


@each_table
def test_a_municipality_sees_its_own_rows_and_no_others(everybody, table):
    with municipal(everybody.here):
        assert seen(table, everybody) == ["here", "beside"]
    with municipal(everybody.elsewhere):
        assert seen(table, everybody) == ["elsewhere"]


@each_table
def test_without_a_context_there_is_no_row(everybody, table):
    assert seen(table, everybody) == []


@each_table
def test_a_provider_sees_rows_of_its_own_citizens_in_this_municipality_alone(everybody, table):
    with as_provider(everybody.here):
        assert seen(table, everybody) == expected_outside(table)


@each_table
def test_after_the_referral_a_provider_sees_nothing_of_the_citizen(everybody, table):
    with municipal(everybody.here):
        Relation.objects.filter(pk=everybody.here.relation.pk).update(period=DateRange(rows.SINCE, DAY))
    about_a_citizen = bounds.way(TABLES[table]) is not None and bounds.test_sql(TABLES[table]) is not None
    with as_provider(everybody.here, DAY - dt.timedelta(days=1)):
        assert seen(table, everybody) == expected_outside(table)
    if about_a_citizen:
        with as_provider(everybody.here):
            assert seen(table, everybody) == []


@each_table
def test_nobody_without_a_role_reaches_a_citizen(everybody, table):
    with municipal(everybody.here), db.narrow(day=DAY):
        assert seen(table, everybody) == (["here", "beside"] if bounds.test_sql(TABLES[table]) is None else [])


@each_table
def test_a_citizen_sees_rows_about_themselves_and_no_register(everybody, table):
    here = everybody.here
    with municipal(here):
        Relation.objects.create(
            municipality=here.municipality,
            citizen=here.citizen,
            user=here.helper,
            kind=RelationKind.SELF,
            period=DateRange(rows.SINCE, None),
        )
        with db.narrow(person=here.helper.pk, day=DAY):
            found = seen(table, everybody)
    test = bounds.test_sql(TABLES[table])
    if test is None:
        assert found == ["here", "beside"]
    elif bounds.way(TABLES[table]):
        # The provider's relation is not the citizen's own row: it is shown by the pages, not handed out by the table.
        closed = test == "false" or getattr(rows_source(table), "is_relation", False)
        assert found == ([] if closed else ["here"])
    else:
        assert "beside" not in found


def test_a_professional_of_another_administration_reaches_their_own_citizens_alone(everybody):
    """Every table by raw SQL in the context the request of such a person runs in, before and after the yes has ended."""
    here = everybody.here
    with municipal(here):
        hanne = make_user(here.municipality, "Hanne Lyng", Role.PROFESSIONAL)
        relation = Relation.objects.create(
            municipality=here.municipality,
            citizen=here.citizen,
            user=hanne,
            kind=RelationKind.PROFESSIONAL,
            period=DateRange(rows.SINCE, None),
        )
        viewer = viewer_for(hanne, DAY)
        assert viewer.from_outside
        with within_bounds(viewer, DAY):
            found = {table: seen(table, everybody) for table in TABLES}
        relation.period = DateRange(rows.SINCE, DAY)
        relation.save()
        with within_bounds(viewer, DAY):
            after = {table: seen(table, everybody) for table in TABLES}
    shared = {table for table in TABLES if bounds.test_sql(TABLES[table]) is None}
    about = {table for table in TABLES if bounds.way(TABLES[table])} - {"citizens_relation", "citizens_relationevent"}
    assert {table for table, names in found.items() if "beside" in names} == shared
    assert all("here" in found[table] for table in about if bounds.test_sql(TABLES[table]) != "false")
    assert {table for table, names in after.items() if names} == shared


def test_where_an_employee_lives_is_reached_by_nobody_from_outside(everybody):
    here = everybody.here
    with municipal(here):
        home = StaffHome.objects.create(
            municipality=here.municipality,
            user=make_user(here.municipality, "Line Askeløv", Role.JOBFORMIDLER),
            address="Havnevej 1",
            postal_code="9999",
        )
        Relation.objects.create(
            municipality=here.municipality,
            citizen=here.citizen,
            user=here.helper,
            kind=RelationKind.SELF,
            period=DateRange(rows.SINCE, None),
        )
        contexts = ({"organisations": [here.provider.pk], "person": here.helper.pk}, {"person": here.helper.pk}, {})
        for bound in contexts:
            with db.narrow(day=DAY, **bound), connection.cursor() as cursor:
                cursor.execute("select count(*) from citizens_staffhome where user_id = %s", [home.user_id])
                assert cursor.fetchone() == (0,)
        with connection.cursor() as cursor:
            cursor.execute(
                "select column_name from information_schema.columns where table_name = 'citizens_staffprivacy'"
            )
            assert {name for (name,) in cursor.fetchall()} == {"id", "municipality_id", "user_id", "name_hidden"}


def test_who_may_see_a_citizen_is_told_to_that_citizen_alone(everybody):
    here = everybody.here
    with municipal(here):
        Relation.objects.create(
            municipality=here.municipality,
            citizen=here.citizen,
            user=here.helper,
            kind=RelationKind.SELF,
            period=DateRange(rows.SINCE, None),
        )
        assert who_may_see_me() == []
        with db.narrow(person=here.helper.pk, day=DAY):
            assert [row.organisation_id for row in who_may_see_me()] == [here.provider.pk]
        with db.narrow(person=everybody.beside.helper.pk, day=DAY):
            assert who_may_see_me() == []
    with as_provider(everybody.beside):
        assert who_may_see_me() == []


def rows_source(table: str):
    """The model whose rows the table holds or keeps the history of."""
    return getattr(TABLES[table], "pgh_tracked_model", TABLES[table])


def attempts(table: str, subject: Subject) -> list[tuple[str, list]]:
    """Changing, removing and copying somebody's row, as SQL."""
    pk = subject.made[TABLES[table]].pk
    return [
        (f'update "{table}" set municipality_id = municipality_id where "{key(table)}" = %s', [pk]),
        (f'delete from "{table}" where "{key(table)}" = %s', [pk]),
    ]


def copied(table: str, subject: Subject) -> tuple[str, list]:
    """SQL that writes the subject's row once more, under another key."""
    with municipal(subject), connection.cursor() as cursor:
        cursor.execute(f'select * from "{table}" where "{key(table)}" = %s', [subject.made[TABLES[table]].pk])
        names = [column.name for column in cursor.description]
        values = dict(zip(names, cursor.fetchone(), strict=True))
    skip = {f.column for f in TABLES[table]._meta.local_fields if f.generated or f.primary_key}
    chosen = [name for name in names if name not in skip]
    listed = ", ".join(f'"{name}"' for name in chosen)
    json = psycopg.types.json.Jsonb
    given = [json(values[name]) if isinstance(values[name], dict) else values[name] for name in chosen]
    return f'insert into "{table}" ({listed}) values ({", ".join(["%s"] * len(chosen))})', given


def refused(sql: str, values: list) -> bool:
    """Whether the statement reached no row or was denied."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount == 0
    except ProgrammingError as error:
        assert isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege), error
        return True


@each_table
def test_another_municipalitys_row_is_neither_changed_nor_removed_nor_written(everybody, table):
    copy = copied(table, everybody.elsewhere)
    with municipal(everybody.here):
        assert all(refused(*attempt) for attempt in attempts(table, everybody.elsewhere))
        assert refused(*copy)


@each_table
def test_a_provider_changes_removes_and_writes_nothing_about_another_providers_citizen(everybody, table):
    if "beside" in expected_outside(table):
        return  # shared on purpose; the model says so, and `test_what_is_shared_with_outsiders` says which
    copy = copied(table, everybody.beside)
    with as_provider(everybody.here):
        assert all(refused(*attempt) for attempt in attempts(table, everybody.beside))
        assert refused(*copy)


def test_what_is_shared_with_outsiders():
    shared = {table for table in TABLES if "beside" in expected_outside(table)}
    assert {table.removesuffix("event") for table in shared} == {
        "accounts_unit",
        "citizens_staffprivacy",
        "core_handled",
        "employers_contactperson",
        "employers_employercontact",
        "employers_workplaceties",
        "openings_place",
        "openings_placetask",
    }


def test_a_provider_cannot_write_down_a_relation_for_itself(everybody):
    here, beside = everybody.here, everybody.beside
    with as_provider(here):
        for change in ({"period": DateRange(rows.SINCE, dt.date(2030, 1, 1))}, {"citizen": beside.citizen}):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Relation.objects.filter(pk=here.relation.pk).update(**change)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Relation.objects.create(
                municipality=here.municipality,
                citizen=beside.citizen,
                organisation=here.provider,
                kind=RelationKind.PROVIDER,
                period=DateRange(rows.SINCE, None),
            )


def test_a_context_entered_inside_a_bounded_one_stays_within_its_bounds(everybody):
    with as_provider(everybody.here):
        with db.enter(everybody.here.municipality, reason="a step deeper"):
            assert seen("citizens_citizen", everybody) == ["here"]
        assert seen("citizens_citizen", everybody) == ["here"]
    with municipal(everybody.here):
        assert seen("citizens_citizen", everybody) == ["here", "beside"]


def test_every_way_to_a_citizen_ends_at_the_citizen():
    about = {table: bounds.way(model) for table, model in TABLES.items()}
    assert about["casework_subgoal"] == [
        ("casework_subgoal", "goal_id"),
        ("casework_goal", "plan_id"),
        ("casework_plan", "case_id"),
        ("casework_case", "citizen_id"),
    ]
    assert all(steps[-1][1] in ("citizen_id", "id") for steps in about.values() if steps)


# -- roles -----------------------------------------------------------------------------------------------------------


def connect(role: str, database: str) -> psycopg.Connection:
    """A connection as another role."""
    values = connection.settings_dict
    return psycopg.connect(
        dbname=database, host=values["HOST"] or None, port=values["PORT"] or None, user=role, autocommit=True
    )


@pytest.fixture(params=["jf_web", "jf_worker", "jf_backup"])
def role(request, filled):
    """A session of each role that is not the owner's, in the filled database."""
    with connect(request.param, filled[0]) as session:
        yield session


HISTORY = sorted(name for name in TABLES if hasattr(TABLES[name], "pgh_tracked_model"))
TRACKED = sorted(rows_source(name)._meta.db_table for name in HISTORY)


@pytest.mark.parametrize(
    "statement",
    [
        'alter table "{}" disable trigger all',
        'alter table "{}" disable trigger user',
        'alter table "{}" no force row level security',
        'alter table "{}" disable row level security',
        'drop table "{}"',
    ],
)
def test_no_session_can_switch_the_history_of_a_table_off(role, statement):
    for table in TRACKED:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute(statement.format(table))


def test_no_session_can_turn_triggers_off_for_itself_or_become_another_role(role):
    for sql in (
        "set session_replication_role = replica",
        "set role jf_owner",
        "set role jf_search",
        "create or replace function public._pgtrigger_should_ignore(trigger_name name) returns boolean"
        " language sql immutable as 'select true'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute(sql)


def test_history_is_neither_changed_nor_removed(role):
    for table in [*HISTORY, "core_event", "citizens_accesslog"]:
        for sql in (f'update "{table}" set municipality_id = 1', f'delete from "{table}"'):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                role.execute(sql)


def test_nobody_but_the_owner_may_empty_a_table(filled):
    with connect("jf_owner", filled[0]) as session:
        granted = session.execute(
            "select distinct grantee::regrole::text from pg_default_acl, aclexplode(defaclacl)"
            " where defaclobjtype = 'r' and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES')"
        ).fetchall()
    assert {name for (name,) in granted} <= {"jf_owner"}


def test_the_backup_role_reads_everything_and_writes_nothing(filled):
    _name, everybody = filled
    with connect("jf_backup", filled[0]) as session:
        for table, model in TABLES.items():
            there = {pk for (pk,) in session.execute(f'select "{key(table)}" from "{table}"').fetchall()}
            assert {subject.made[model].pk for subject in everybody.all} <= there
            for sql in (f'delete from "{table}"', f'update "{table}" set municipality_id = 1'):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    session.execute(sql)


def test_a_role_that_serves_pages_owns_nothing_and_bypasses_nothing(filled):
    with connect("jf_owner", filled[0]) as session:
        roles = dict(
            session.execute(
                "select rolname, rolsuper or rolbypassrls or rolinherit from pg_roles"
                " where rolname in ('jf_owner', 'jf_web', 'jf_worker', 'jf_search')"
            ).fetchall()
        )
        owners = session.execute("select distinct tableowner from pg_tables where schemaname = 'public'").fetchall()
    assert roles == dict.fromkeys(("jf_owner", "jf_web", "jf_worker", "jf_search"), False)
    assert owners == [("jf_owner",)]


# -- search ----------------------------------------------------------------------------------------------------------


def search(term: str, *, viewer: int = 0, organisations: list[int] | None = None, whole: bool = False) -> list[int]:
    """What the function answers, asked directly."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from citizen_search(%s, 20, %s, '{}', %s::bigint[], %s, %s)",
            [term, viewer, organisations or [], whole, DAY],
        )
        return [pk for (pk,) in cursor.fetchall()]


def test_the_search_finds_only_whom_the_asker_has_a_relation_to(everybody):
    here, beside = everybody.here, everybody.beside
    with municipal(here):
        assert search("borger") == []
        assert search("borger", organisations=[here.provider.pk]) == [here.citizen.pk]
        both = search("borger", organisations=[here.provider.pk, beside.provider.pk])
        assert sorted(both) == sorted([here.citizen.pk, beside.citizen.pk])
        assert search("nummer2 BORGER", organisations=[beside.provider.pk]) == [beside.citizen.pk]


def test_the_search_answers_within_tenant_and_bounds_whatever_it_is_asked(everybody):
    here, beside, elsewhere = everybody.all
    every = [here.provider.pk, beside.provider.pk]
    with as_provider(here):
        assert search("borger", organisations=every, whole=True, viewer=beside.helper.pk) == [here.citizen.pk]
    with municipal(elsewhere):
        assert search("borger", organisations=every) == [elsewhere.citizen.pk]
    assert search("borger", organisations=every, whole=True) == []


@pytest.mark.parametrize("term", ["%%%", "___", "bo", "", "   ", "\\\\\\", "' or true --", "borger%", "b_rger"])
def test_signs_of_the_pattern_language_find_nobody(everybody, term):
    with municipal(everybody.here):
        assert search(term, organisations=[everybody.here.provider.pk]) == []
