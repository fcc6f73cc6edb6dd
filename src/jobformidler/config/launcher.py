"""`jobformidler up`: from nothing to a running municipality, with one line per step.

Order: lock, port, database, keys, schema, demo, web and worker. The launcher holds the listening socket itself, so a
web server that is killed and restarted loses no connection that waits for it.
"""

import fcntl
import io
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from jobformidler.config import paths as locations
from jobformidler.config.cluster import Cluster, existing_server_url
from jobformidler.config.errors import LaunchError
from jobformidler.config.keys import ensure_key_file
from jobformidler.config.process import spawn
from jobformidler.config.supervisor import Child, Supervisor

ANSWER_SECONDS = 60.0


def _say(sentence: str) -> None:
    print(sentence, flush=True)


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Print what is being done, and the seconds it took."""
    print(f"  {what:<44}", end="", flush=True)
    begin = time.monotonic()
    try:
        yield
    except BaseException:
        print(" stopped", flush=True)
        raise
    print(f" {time.monotonic() - begin:6.1f} s", flush=True)


def _address(host: str, port: int) -> str:
    """The address a browser on this machine uses; "every interface" is no address."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def up(*, host: str, port: int, load_demo: bool) -> int:
    """Run everything until Ctrl-C. Returns the exit code; raises LaunchError when something outside is in the way."""
    where = locations.default()
    address = _address(host, port)
    with _only_one(where, address), _listen(host, port) as listener:
        _say("Jobformidler starts.")
        made = ensure_key_file(where.key_file)
        if made:
            _say(f"  New keys in {where.key_file}; keep a copy apart from the database's backup.")
        cluster = Cluster(where)
        supervisor = Supervisor(report=_say)
        with _database(cluster):
            logins = _prepare(load_demo=load_demo)
            try:
                _start_children(supervisor, cluster, listener, where)
                with _step("web server answers"):
                    _wait_for_answer(address, supervisor)
                _say(f"\nJobformidler runs at {address}\n")
                if logins:
                    _say(logins)
                _say("Ctrl-C stops everything.")
                supervisor.watch()
            except KeyboardInterrupt:
                _say("\nStopping …")
            finally:
                supervisor.stop()
        _say("Stopped.")
    return 0


@contextmanager
def _only_one(where: locations.Paths, address: str) -> Iterator[None]:
    """Two starts at once: the second gets one sentence with the address of the first."""
    lock = where.var / "up.lock"
    try:
        where.var.mkdir(parents=True, exist_ok=True)
        file = lock.open("a+", encoding="utf-8")
    except OSError as error:
        raise LaunchError(f"The folder {where.var} cannot be used: {error.strerror}.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise LaunchError(f"Jobformidler already runs from this folder: {file.read().strip()}") from None
        file.truncate(0)
        file.write(address)
        file.flush()
        yield


@contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    """The listening socket, held for as long as the launcher lives."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise LaunchError(
                f"Port {port} on {host} cannot be used ({reason}): choose another, as in `make up PORT={port + 1}`."
            ) from error
        listener.listen(128)
        yield listener
    finally:
        listener.close()


@contextmanager
def _database(cluster: Cluster) -> Iterator[None]:
    """The database for the duration of the block, its start shown as a step."""
    with ExitStack() as stack:
        with _step("existing PostgreSQL" if existing_server_url() else "private PostgreSQL"):
            stack.enter_context(cluster.running())
        yield


def _prepare(*, load_demo: bool) -> str:
    """Schema and demo data; returns the demo logins as text, empty when there is no demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobformidler.config.settings")
    import django
    from django.core.management import CommandError, call_command
    from django.db import OperationalError, connections

    with _step("programs loaded"):
        django.setup()
    from django.contrib.auth import get_user_model

    try:
        with _step("schema up to date"):
            call_command("migrate", verbosity=0, interactive=False)
        if load_demo and not get_user_model().objects.exists():
            _say("  The database is empty: loading the fictional municipality, which takes a minute or two.")
            begin = time.monotonic()
            call_command("demo")  # shows its own progress
            _say(f"  {'demo loaded':<44} {time.monotonic() - begin:6.1f} s")
        logins = io.StringIO()
        if load_demo:
            call_command("demo", "--logins", stdout=logins)
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        if "No space left" in str(error):
            raise LaunchError("The database's disk is full: free some space and start again.") from error
        raise LaunchError(f"The database does not let us in: {reason}") from error
    except CommandError as error:
        raise LaunchError(str(error)) from error
    finally:
        for connection in connections.all(initialized_only=True):
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()
    return logins.getvalue().strip()


def _start_children(supervisor: Supervisor, cluster: Cluster, listener: socket.socket, where: locations.Paths) -> None:
    where.log_dir.mkdir(parents=True, exist_ok=True)
    if cluster.process is not None:
        supervisor.add(Child("PostgreSQL", _database_starter(cluster), stopped_elsewhere=True))

    def web() -> subprocess.Popen[bytes]:
        threads = os.environ.get("JOBFORMIDLER_THREADS", "8")
        command = [sys.executable, "-m", "gunicorn", "jobformidler.config.wsgi:application"]
        command += ["--bind", f"fd://{listener.fileno()}", "--worker-class", "gthread", "--preload"]
        command += ["--workers", os.environ.get("JOBFORMIDLER_WEB_WORKERS", "2"), "--threads", threads]
        command += ["--timeout", "120", "--graceful-timeout", "8", "--log-level", "warning"]
        with _log(where, "web.log") as log:
            return spawn(command, env=_child_environment("jf_web"), output=log, pass_fds=[listener.fileno()])

    def worker() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
        command += ["--delete-jobs", "successful"]
        with _log(where, "worker.log") as log:
            return spawn(command, env=_child_environment("jf_worker"), output=log)

    supervisor.add(Child("The web server", web))
    supervisor.add(Child("The worker", worker))


def _database_starter(cluster: Cluster) -> Callable[[], subprocess.Popen[bytes]]:
    """The first call hands over the process that already runs; later calls start it again."""

    def start() -> subprocess.Popen[bytes]:
        if cluster.process is None or cluster.process.poll() is not None:
            cluster.start()
        assert cluster.process is not None
        return cluster.process

    return start


def _child_environment(role: str) -> dict[str, str]:
    return {**os.environ, "JF_DB_ROLE": role}


def _log(where: locations.Paths, name: str) -> IO[bytes]:
    path = where.log_dir / name
    if path.exists() and path.stat().st_size > 20 * 1024 * 1024:
        path.replace(path.with_name(f"{name}.1"))
    return path.open("ab")


def _wait_for_answer(address: str, supervisor: Supervisor) -> None:
    """Ask for the start page until it answers; any HTTP answer below 500 will do."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        supervisor.look()
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
                answer.read(1)
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
            raise LaunchError(
                f"The web server answers with an error ({error.code}); look in var/log/web.log."
            ) from error
        except OSError:
            time.sleep(0.1)
    raise LaunchError("The web server does not answer; look in var/log/web.log.")
