"""The real worker: what fails is tried again, seen by the administrator, and run again; as a role of its own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories import World, make_citizen, make_municipality

from jobformidler.accounts.actions import rerun_handler
from jobformidler.citizens.models import Citizen
from jobformidler.core import db, events
from jobformidler.core.models import Event, FailedHandler, HandledEvent

pytestmark = pytest.mark.slow
KIND = "test.worked"


@pytest.fixture
def world(own_database):
    """A municipality that is there for every connection."""
    with World() as made:
        pass
    return made


@pytest.fixture
def ear(monkeypatch):
    """A handler that notes what the database shows it, and fails as long as it is told to."""
    monkeypatch.setattr(events, "KINDS", {**events.KINDS})

    class Ear:
        __module__ = "jobformidler.tests"
        fails = False

        def __init__(self):
            self.__qualname__ = "worker_ear"
            self.heard: list[tuple[int, str, int]] = []

        def __call__(self, event: Event) -> None:
            with connection.cursor() as cursor:
                cursor.execute("select current_user")
                (role,) = cursor.fetchone()
            make_citizen(event.municipality, number=900 + len(self.heard))
            if self.fails:
                raise RuntimeError("not yet")
            self.heard.append((event.pk, role, Citizen.objects.count()))

    made = Ear()
    events.register_kind(KIND, "It worked", group="other")
    events.handles(KIND)(made)
    yield made
    events._by_kind.pop(KIND, None)
    events.HANDLERS.pop("tests.worker_ear")


def work() -> None:
    """Run every job that is due, in a thread, as the worker process does."""

    def run():
        try:
            with app.replace_connector(app.connector.get_worker_connector()) as worker:
                worker.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(run).result(timeout=60)


def happen(world, now) -> Event:
    with db.enter(world.municipality, world.line, "test"):
        return events.record(KIND, world.unit, by=world.line, at=now)


def jobs():
    return ProcrastinateJob.objects.filter(task_name="core.handle_event")


def wait_is_over() -> None:
    """What waits for its next attempt is due now."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = null where status = 'todo'")


def test_a_failing_handler_is_tried_again_by_the_worker_until_it_works(world, ear, now):
    ear.fails = True
    event = happen(world, now)
    work()
    job = jobs().get()
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at is not None
    with db.enter(world.municipality, reason="test"):
        failed = FailedHandler.objects.get()
        assert (failed.event_id, failed.attempts, failed.resolved_at) == (event.pk, 1, None)
        assert not Citizen.objects.exists(), "what the handler did before it failed is undone"
    ear.fails = False
    wait_is_over()
    work()
    assert jobs().get().status == "succeeded"
    assert [pk for pk, _role, _seen in ear.heard] == [event.pk]
    with db.enter(world.municipality, reason="test"):
        assert FailedHandler.objects.get().resolved_at is not None
        assert HandledEvent.objects.filter(event=event).count() == 1


def test_when_the_worker_has_given_up_the_administrator_runs_it_again(world, ear, now):
    ear.fails = True
    event = happen(world, now)
    for _attempt in range(4):
        work()
        wait_is_over()
    assert jobs().get().status == "failed"
    with db.enter(world.municipality, world.admin, "test"):
        failed = FailedHandler.objects.get()
        assert failed.attempts == 4
        ear.fails = False
        rerun_handler(failed=failed, by=world.admin, at=now)
    work()
    assert [pk for pk, _role, _seen in ear.heard] == [event.pk]
    with db.enter(world.municipality, reason="test"):
        assert FailedHandler.objects.get().resolved_at is not None


def test_the_worker_has_its_own_role_and_sees_one_municipality_at_a_time(world, ear, now):
    other = make_municipality(555, "Anden Kommune")
    with db.enter(other, reason="test"):
        for number in range(3):
            make_citizen(other, number=number)
    db.reconnect(USER="jf_worker")
    first = happen(world, now)
    with db.enter(other, reason="test"):
        second = events.record(KIND, other.organisation, by=None, at=now)
    work()
    assert sorted(ear.heard) == [(first.pk, "jf_worker", 1), (second.pk, "jf_worker", 4)]
    assert Citizen.objects.count() == 0, "outside a context there is nothing to see"
