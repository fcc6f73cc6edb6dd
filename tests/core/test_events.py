"""Events, their handlers and the outbox."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jobformidler.core import events
from jobformidler.core.actions import ActionError, action, check
from jobformidler.core.models import Event, FailedHandler, HandledEvent
from jobformidler.core.tasks import handle_event

KIND = "test.happened"


class Ear:
    """A handler that counts what it hears and can be told to fail."""

    __module__ = "jobformidler.tests"

    def __init__(self, name: str):
        self.__qualname__ = name
        self.heard: list[int] = []
        self.fails = False

    def __call__(self, event: Event) -> None:
        if self.fails:
            raise RuntimeError("secret 711180-0001")
        self.heard.append(event.pk)


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    """A kind of event and handlers of this test alone."""
    monkeypatch.setattr(events, "KINDS", {**events.KINDS})
    monkeypatch.setattr(events, "HANDLERS", {**events.HANDLERS})
    monkeypatch.setattr(events, "_at_once", set(events._at_once))
    monkeypatch.setattr(events, "_together", dict(events._together))
    events.register_kind(KIND, "It happened", group="other")
    yield
    events._by_kind.pop(KIND, None)


def listen(name: str = "ear", *, at_once: bool = False) -> Ear:
    """Register a handler of the test's kind."""
    ear = Ear(name)
    events.handles(KIND, at_once=at_once)(ear)
    return ear


@pytest.fixture
def happen(world, now):
    """Record one event about the unit."""
    return lambda **payload: events.record(KIND, world.unit, by=world.line, at=now, **payload)


def jobs():
    """Waiting jobs of handlers."""
    return ProcrastinateJob.objects.filter(status="todo", task_name="core.handle_event")


def test_an_event_and_one_job_for_each_handler_are_written_together(happen):
    listen("one")
    listen("two")
    event = happen(number=7)
    waiting = {(job.args["event_id"], job.args["handler"]) for job in jobs()}
    assert waiting == {(event.pk, "tests.one"), (event.pk, "tests.two")}
    assert event.payload == {"number": 7}


def test_what_is_rolled_back_leaves_neither_event_nor_job(happen):
    listen()
    with pytest.raises(RuntimeError), transaction.atomic():
        happen()
        raise RuntimeError
    assert not Event.objects.filter(kind=KIND).exists()
    assert not jobs().exists()


def test_a_handler_runs_once_however_often_its_job_does(happen, drain):
    ear = listen()
    event = happen()
    drain()
    assert events.run_handler(event, "tests.ear") is False
    assert ear.heard == [event.pk]


def test_an_unknown_kind_is_refused(world, now):
    with pytest.raises(KeyError):
        events.record("test.never_registered", world.unit, by=None, at=now)


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError):
        events.register_kind(KIND, "Again", group="other")


def test_a_failing_handler_is_visible_without_personal_values_and_can_run_again(happen, world):
    ear = listen()
    ear.fails = True
    event = happen()
    for attempt in (1, 2):
        with pytest.raises(RuntimeError):
            handle_event(event_id=event.pk, handler="tests.ear", municipality_id=world.municipality.pk)
        failed = FailedHandler.objects.get()
        assert (failed.attempts, failed.resolved_at) == (attempt, None)
    assert "RuntimeError" in failed.error
    assert "711180" not in failed.error
    assert not HandledEvent.objects.filter(event=event).exists()
    ear.fails = False
    handle_event(event_id=event.pk, handler="tests.ear", municipality_id=world.municipality.pk)
    failed.refresh_from_db()
    assert failed.resolved_at is not None
    assert ear.heard == [event.pk]


def test_a_failing_handler_is_tried_again(happen):
    assert handle_event.retry_strategy is not None
    decision = handle_event.retry_strategy.get_retry_decision(exception=RuntimeError(), job=_job(attempts=1))
    assert decision is not None
    assert handle_event.retry_strategy.get_retry_decision(exception=RuntimeError(), job=_job(attempts=9)) is None


def _job(attempts: int):
    from procrastinate.jobs import Job

    return Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="core.handle_event", attempts=attempts)


def test_a_read_model_follows_at_once(happen):
    ear = listen(at_once=True)
    event = happen()
    assert ear.heard == [event.pk]
    assert not jobs().exists()


def test_when_a_read_model_fails_the_registration_stands_and_a_job_follows(happen, drain):
    ear = listen(at_once=True)
    ear.fails = True
    event = happen()
    assert Event.objects.filter(pk=event.pk).exists()
    assert jobs().count() == 1
    ear.fails = False
    assert drain() == 1
    assert ear.heard == [event.pk]


class Reader(Ear):
    """A read model that counts how often, and for which events, it is made anew."""

    __module__ = "jobformidler.tests"

    def __call__(self, found) -> None:
        if self.fails:
            raise RuntimeError("secret 711180-0001")
        self.heard.append([event.pk for event in found])


@pytest.fixture
def reader():
    """A read model of the test's kind that is made once an action."""
    made = Reader("reader")
    events.handles_together(KIND)(made)
    return made


@action
def happen_twice(*, happen, inner=None):
    """Two events, and another action between them."""
    found = [happen()]
    if inner:
        found += inner()
    return [*found, happen()]


def test_a_read_model_is_made_once_at_the_end_of_the_outermost_action(happen, reader):
    found = happen_twice(happen=happen, inner=lambda: happen_twice(happen=happen))
    assert len(found) == 4
    assert reader.heard == [[event.pk for event in found]]
    assert HandledEvent.objects.filter(handler="tests.reader").count() == 4
    assert events.run_handler(found[0], "tests.reader") is False
    assert not jobs().exists()


def test_outside_an_action_a_read_model_follows_each_event(happen, reader):
    first, second = happen(), happen()
    assert reader.heard == [[first.pk], [second.pk]]


def test_what_a_read_model_causes_is_read_before_the_action_is_over(happen, reader):
    heard = []

    @events.handles_together(KIND)
    def cause(found):
        if not heard:
            heard.append(happen().pk)

    first, second = happen_twice(happen=happen)
    assert reader.heard == [[first.pk, second.pk], heard]


def test_a_failed_action_leaves_nothing_for_the_next(happen, reader):
    @action
    def fail():
        happen()
        check(False, "Nej.")

    with pytest.raises(ActionError):
        fail()
    found = happen_twice(happen=happen)
    assert reader.heard == [[event.pk for event in found]]


def test_a_read_model_that_fails_at_the_end_leaves_the_action_and_a_job_for_each_event(happen, reader, drain):
    reader.fails = True
    found = happen_twice(happen=happen)
    assert Event.objects.filter(kind=KIND).count() == jobs().count() == 2
    assert not HandledEvent.objects.filter(handler="tests.reader").exists()
    reader.fails = False
    assert drain() == 2
    assert sorted(reader.heard) == [[event.pk] for event in found]


def test_mass_loading_runs_handlers_inline_or_leaves_them_to_a_rebuild(happen):
    ear = listen()
    with events.inline():
        first = happen()
    with events.deferred_rebuild():
        happen()
    assert ear.heard == [first.pk]
    assert not jobs().exists()


def test_an_event_cannot_be_changed_or_removed(happen):
    event = happen()
    for spoil in (lambda: Event.objects.filter(pk=event.pk).update(kind="x"), event.delete):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            spoil()
    assert Event.objects.get(pk=event.pk).kind == KIND


def test_an_action_is_one_transaction_and_speaks_in_sentences(world):
    @action
    def rename(*, name: str) -> None:
        world.unit.name = name
        world.unit.save()
        check(name != "Nej", "Sådan kan teamet ikke hedde.")

    with pytest.raises(ActionError) as error:
        rename(name="Nej")
    assert error.value.messages == ["Sådan kan teamet ikke hedde."]
    world.unit.refresh_from_db()
    assert world.unit.name == "Team Havnen"
    with pytest.raises(ActionError) as taken:
        rename_twice(world)
    assert "psycopg" not in str(taken.value)
    assert connection.is_usable()


@action
def rename_twice(world) -> None:
    """Break a named constraint."""
    type(world.unit).objects.create(municipality=world.municipality, name=world.unit.name)
