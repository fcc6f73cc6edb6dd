"""Anonymisation: nothing marked remains anywhere, the board's figures stay, and a hold stops it."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from tests.factories import World, make_user

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import User
from jobformidler.casework import actions as casework
from jobformidler.casework.enums import ContactKind
from jobformidler.citizens import actions
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Anonymisation, Citizen
from jobformidler.core import clock, crypto, db
from jobformidler.core import db as context
from jobformidler.core.models import RetentionRule
from jobformidler.core.retention import rules
from jobformidler.core.retention import run as runs
from jobformidler.core.retention.rules import cutoff
from jobformidler.core.retention.run import plan, run
from jobformidler.employers.actions import register_workplace
from jobformidler.placements import actions as placing
from jobformidler.placements.models import Placement
from jobformidler.steering import board, hours
from jobformidler.steering.models import ChainStep
from jobformidler.steering.scope import Filters, scope_for

MARK = "MarkeretTekst"
DAY = dt.date(2026, 11, 23)


def lived(world, name, number, at, *, closed=True):
    """A citizen with a case in which every kind of text says the mark; closed at `at`."""
    citizen = Citizen.objects.get(
        pk=world.citizen(f"{MARK} {name}", number, address=f"{MARK}vej 1", phone="00 00 00 11").pk
    )
    by = {"by": world.line, "at": at}
    case = casework.open_case(
        citizen=citizen, unit=world.unit, by=world.peter, at=at, jobformidler=world.line, caseworker=world.peter
    )
    casework.register_contact(
        case=case, kind=ContactKind.FIRST_CONVERSATION, held_at=at, ordinary_hours_raised=True,
        participants=[casework.Person("citizen", f"{MARK} {name}")], agreements=MARK, place=MARK, next_step=MARK,
        next_step_on=at.date() + dt.timedelta(days=1), **by,
    )  # fmt: skip
    casework.write_note(case=case, text=MARK, **by)
    casework.add_promise(case=case, what=MARK, owner_name=MARK, **by)
    casework.report_incident(case=case, kind="no_show", on=at.date(), what=MARK, reporter=MARK, **by)
    casework.receive_enquiry(case=case, sender="citizen", sender_name=MARK, text=MARK, received_at=at, by=None, at=at)
    casework.start_plan(case=case, **by)
    goal = casework.set_goal(case=case, letter="a", text=MARK, detail=MARK, **by)
    casework.add_sub_goal(goal=goal, text=MARK, measure=MARK, **by)
    actions.add_consideration(citizen=citizen, category="other", text=MARK, **by)
    actions.add_wish(citizen=citizen, text=MARK, **by)
    actions.add_competence(citizen=citizen, origin="job", text=MARK, tasks=[MARK], **by)
    actions.ask_correction(citizen=citizen, what=MARK, why=MARK, **by)
    decision = casework.prepare_decision(
        case=case, kind="referral", title=MARK, facts=MARK, reasons=MARK, paragraph="§ 1", outcome="granted",
        by=world.peter, at=at,
    )  # fmt: skip
    casework.decide(decision=decision, by=world.peter, at=at)
    casework.receive_complaint(case=case, decision=decision, text=MARK, received_on=at.date(), **by)
    workplace = register_workplace(
        cvr="99000023", p_number=f"990000{number:04d}", name="Trælast", by=world.nadia, at=at
    )
    placement = placing.propose(case=case, workplace=workplace, reason_citizen=MARK, **by)
    placing.open_dialogue(placement=placement, hours_discussed=True, **by)
    placing.draft_agreement(placement=placement, **by)
    placing.drop(placement=placement, reason=MARK, **by)
    login = make_user(world.municipality, f"{MARK} Login {number}", Role.CITIZEN)
    actions.relate(citizen=citizen, kind=RelationKind.SELF, user=login, since=at.date())
    if closed:
        casework.close_case(case=case, outcome="other", note=MARK, by=world.peter, at=at + dt.timedelta(hours=1))
    return citizen, case, placement


@pytest.fixture
def worker(own_database, monkeypatch):
    """As the worker's role, in a database of its own, committed; it is Monday."""
    now = clock.at_time(DAY, 9)
    monkeypatch.setattr(clock, "now", lambda: now)
    db.reconnect(USER="jf_worker")
    return now


def texts(table):
    """Every row of a table as one text, ciphertext opened."""
    model = next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table), None)
    with connection.cursor() as cursor:
        cursor.execute(f'select * from "{table}"')
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            yield " ".join(_open(model, name, value) for name, value in zip(names, row, strict=True))


def _open(model, name, value):
    if not isinstance(value, bytes | memoryview):
        return str(value)
    field = next((f for f in model._meta.local_fields if f.column == name), None) if model else None
    if isinstance(field, crypto.EncryptedTextField):
        return crypto.unseal(bytes(value), field.sealed_as())
    return ""


def tables_with_mark(municipality):
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
        )
        names = [name for (name,) in cursor.fetchall()]
    with context.enter(municipality, reason="test"):
        return sorted(name for name in names if any(MARK.lower() in text.lower() for text in texts(name)))


def figures(world):
    """The board of the team's leader over all these years, and what it is counted from."""
    scope = scope_for(world.viewer(world.ole, DAY), Filters(since=dt.date(2019, 1, 1)))
    return (
        repr(board.chain(scope, 14)),
        repr(hours.trend(scope)),
        sorted(ChainStep.objects.values_list("case_id", "step", "reached_on")),
        sorted(Placement.objects.values_list("status", "status_since", "starts_on", "weekly_hours")),
        sorted(Citizen.objects.values_list("benefit", "unit_id")),
    )


def test_a_run_leaves_no_marked_text_anywhere_and_the_figures_as_they_were(worker):
    long_ago = clock.at_time(dt.date(2020, 3, 2), 9)
    with World() as world:
        old, case, _p = lived(world, "Gammel", 1, long_ago)
        held, *_ = lived(world, "Holdt", 2, long_ago)
        fresh, *_ = lived(world, "Ny", 3, clock.at_time(dt.date(2026, 3, 2), 9))
        actions.hold(citizen=held, reason="Retssag", by=world.admin, at=worker)
        RetentionRule.objects.create(municipality=world.municipality, data_type="case", months=60)
        before = figures(world)
        planned = {row.name: row for row in plan(world.municipality, DAY)}
        assert [item.label for item in planned["case"].found] == [case.number]
        assert (planned["case"].held, planned["case"].decided, planned["mail"].decided) == (1, True, False)
    municipality = world.municipality
    assert "citizens_citizen" in tables_with_mark(municipality)
    counts = run(municipality)
    assert counts["case: casework.Case"] == 1
    with context.enter(municipality, reason="test"):
        assert figures(world) == before
        anonym = Citizen.objects.get(pk=old.pk)
        assert (anonym.full_name, anonym.birth_date) == ("Anonym –", dt.date(1980, 1, 1))
        case.refresh_from_db()
        assert (case.number, case.closed_on) == (f"A-{case.pk}", dt.date(2020, 3, 2))
        assert list(Anonymisation.objects.values_list("citizen", flat=True)) == [old.pk]
        login = User.objects.get(relations__citizen=old, relations__kind=RelationKind.SELF)
        assert (login.name, login.is_active) == ("Anonym", False)
    assert run(municipality) == {}  # what is done is done
    with context.enter(municipality, reason="test"):
        for citizen in (held, fresh):
            assert Citizen.objects.get(pk=citizen.pk).first_name == MARK
    # Only the two who are left say the mark: ended in their turn, nothing does.
    with context.enter(municipality, reason="test"):
        actions.lift_hold(hold=held.legalholds.get(), reason="Forbi", by=world.admin, at=worker)
        RetentionRule.objects.update(months=1)
    run(municipality)
    assert tables_with_mark(municipality) == []


def test_the_command_shows_and_runs_and_a_stopped_run_goes_on(worker, capsys, monkeypatch):
    with World() as world:
        for number in (1, 2):
            lived(world, f"Nr{number}", number, clock.at_time(dt.date(2020, 3, 2), 9))
        RetentionRule.objects.create(municipality=world.municipality, data_type="case", months=60)
    call_command("retention", "--list")
    shown = capsys.readouterr().out
    assert "999 case: 2 before 2021-11-23 (60 months)" in shown
    assert "999 mail" in shown
    assert "not decided" in shown
    kept = rules.TYPES["case"]
    seen = []

    def once(found, at):
        if seen:
            raise KeyboardInterrupt
        seen.append(found)
        return kept.end(found, at)

    monkeypatch.setitem(rules.TYPES, "case", rules.DataType("case", kept.label, 60, kept.find, once, kept.held))
    with pytest.raises(KeyboardInterrupt):
        runs.run(world.municipality)
    monkeypatch.setitem(rules.TYPES, "case", kept)
    with context.enter(world.municipality, reason="test"):
        assert Anonymisation.objects.count() == 1
    call_command("retention", "--run")
    with context.enter(world.municipality, reason="test"):
        assert Anonymisation.objects.count() == 2


def test_the_web_role_cannot_make_the_database_forget(world):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select jf_forget('core_event', array[1]::bigint[])")


def test_only_those_on_the_case_and_the_administrator_hold(world, now):
    citizen = world.citizen()
    actions.relate(citizen=citizen, kind=RelationKind.TEAM, unit=world.unit, since=now.date())
    with pytest.raises(PermissionDenied):
        actions.hold(citizen=citizen, reason="Nej", by=world.nadia, at=now)
    made = actions.hold(citizen=citizen, reason="Retssag", by=world.admin, at=now)
    assert actions.lift_hold(hold=made, reason="Forbi", by=world.peter, at=now).lifted_on == now.date()


def test_months_are_counted_back_to_a_day_that_exists():
    assert cutoff(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)
    assert cutoff(dt.date(2026, 11, 23), 60) == dt.date(2021, 11, 23)
    assert cutoff(dt.date(2026, 1, 15), 1) == dt.date(2025, 12, 15)
