"""Children that end are started again, with growing pauses; a stop is orderly."""

import signal
import subprocess
import time

import pytest

from jobformidler.config.errors import LaunchError
from jobformidler.config.process import spawn
from jobformidler.config.supervisor import LONGEST_PAUSE, Child, Supervisor

pytestmark = pytest.mark.slow


def wait_for(supervisor: Supervisor, condition, seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        supervisor.look()
        time.sleep(0.02)


def test_a_killed_child_is_started_again_and_told() -> None:
    told: list[str] = []
    supervisor = Supervisor(report=told.append)
    child = Child("The sleeper", lambda: spawn(["sleep", "60"]))
    supervisor.add(child)
    first = child.process
    assert first is not None
    first.send_signal(signal.SIGKILL)
    wait_for(supervisor, lambda: child.process is not None and child.process is not first)
    assert told == ["The sleeper was ended by SIGKILL; starting it again in 0.2 s."]
    supervisor.stop()
    assert child.process is None


def test_pauses_grow_for_a_child_that_cannot_start_but_end_somewhere() -> None:
    def fail() -> subprocess.Popen[bytes]:
        raise LaunchError("no disk")

    supervisor = Supervisor(report=lambda _: None)
    child = Child("The database", fail)
    supervisor.add(child)
    pauses = []
    for _ in range(10):
        pauses.append(child.pause)
        child.restart_at = 0.0
        supervisor.look()
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_a_stop_ends_every_child_but_the_one_that_is_stopped_elsewhere() -> None:
    supervisor = Supervisor(report=lambda _: None)
    database = spawn(["sleep", "60"])
    web = spawn(["sleep", "60"])
    supervisor.add(Child("database", lambda: database, stopped_elsewhere=True))
    supervisor.add(Child("web", lambda: web))
    supervisor.stop()
    assert web.poll() is not None
    assert database.poll() is None
    database.kill()
    database.wait()
