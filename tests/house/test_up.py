"""`jobformidler up` as a user runs it: it answers, survives kill -9 of any child, and Ctrl-C leaves nothing behind."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

pytestmark = pytest.mark.slow
UP = "import sys; from jobformidler.config.cli import run; sys.exit(run())"


@pytest.fixture
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="jf-up-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(parent: int) -> dict[str, int]:
    """The launcher's direct children by what they are: postgres, gunicorn, procrastinate."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            status = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            words = (entry / "cmdline").read_bytes().decode("utf-8", "replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(status[1]) == parent and status[0] != "Z":
            names = [name for name in ("gunicorn", "procrastinate", "postgres") if name in words]
            if names:
                found[names[0]] = int(entry.name)
    return found


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status < 400
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def read_until(stream: IO[str], pattern: str) -> str:
    for line in stream:
        if re.search(pattern, line):
            return line
    pytest.fail(f"up ended before it said {pattern!r}")


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The launcher; it does not outlive a test that fails."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as up:
        try:
            yield up
        finally:
            if up.poll() is None:
                up.send_signal(signal.SIGINT)
                try:
                    up.communicate(timeout=30)
                except subprocess.TimeoutExpired:
                    up.kill()


def test_it_answers_survives_killed_children_and_stops_cleanly(place: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    environment = {
        **os.environ,
        "JOBFORMIDLER_ROOT": str(place),
        "JOBFORMIDLER_DATA_DIR": str(place / "pg"),
        "JOBFORMIDLER_WEB_WORKERS": "1",
    }
    command = [sys.executable, "-c", UP, "up", "--no-demo", "--port", str(port)]
    with started(command, environment) as up:
        assert up.stdout is not None
        read_until(up.stdout, f"runs at {address}")
        before = children_of(up.pid)
        assert set(before) == {"postgres", "gunicorn", "procrastinate"}

        second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)
        assert second.returncode == 2
        assert second.stderr == f"jobformidler: Jobformidler already runs from this folder: {address}\n"

        for name, pid in before.items():
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda name=name, pid=pid: children_of(up.pid).get(name, pid) != pid)
            wait_until(lambda: answers(address))

        up.send_signal(signal.SIGINT)
        assert "Stopped." in up.stdout.read()
        assert up.wait(timeout=20) == 0
        assert children_of(up.pid) == {}
        assert not answers(address)


def test_a_command_works_on_a_fresh_installation(place: Path) -> None:
    environment = {
        **os.environ,
        "JOBFORMIDLER_ROOT": str(place),
        "JOBFORMIDLER_DATA_DIR": str(place / "pg"),
    }
    command = [sys.executable, "-c", UP, "check-inconsistencies"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")
