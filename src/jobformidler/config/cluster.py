"""The private PostgreSQL: found, made once, started as a direct child and stopped again.

Standard library only (no Django, no driver), because settings and tests import it. The roles, privileges and access
rules are those `docs/operations.md` gives for an existing server.
"""

import fcntl
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jobformidler.config import paths as locations
from jobformidler.config.cluster_sql import SUPERUSER, bootstrap_sql
from jobformidler.config.errors import LaunchError
from jobformidler.config.folders import MARKER, SOCKET_NAME, Folders
from jobformidler.config.paths import DATABASE_NAME, Paths
from jobformidler.config.process import spawn

START_SECONDS = 30.0


@dataclass(frozen=True)
class ConnInfo:
    """Where the database is. `url` is set when an existing server is used, else `host` is the socket folder."""

    host: str
    dbname: str
    url: str | None = None


def existing_server_url() -> str | None:
    """The `JOBFORMIDLER_DATABASE_URL` of the environment, when an existing server is to be used."""
    return os.environ.get("JOBFORMIDLER_DATABASE_URL") or None


def socket_dir() -> str:
    """The folder of this checkout's private socket, whether or not a server runs there."""
    return str(locations.default().socket_dir)


def _ask_existing_server(url: str) -> None:
    """Connect once as the web role: better one sentence now than a pool that waits. Raises LaunchError."""
    import psycopg  # only here: whoever uses the private server needs no driver in this module
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        usual = {"user": "jf_web", "connect_timeout": "5"}
        missing = {name: value for name, value in usual.items() if name not in conninfo_to_dict(url)}
        psycopg.connect(make_conninfo(url, **missing)).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise LaunchError(f"The server in JOBFORMIDLER_DATABASE_URL does not let us in: {reason}") from error


def postgres_bins() -> dict[str, Path]:
    """Every installed PostgreSQL that can run a server: major version → folder of its programs."""
    found = {path.parent.parent.name: path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")}
    if not found:
        on_path = shutil.which("postgres")
        if on_path:
            folder = Path(on_path).resolve().parent
            version = subprocess.run([on_path, "--version"], capture_output=True, text=True, check=False).stdout
            major = re.search(r"(\d+)", version)
            if major:
                found[major[1]] = folder
    return found


def _newest(bins: dict[str, Path]) -> Path:
    if not bins:
        raise LaunchError("PostgreSQL is not installed: run `apt-get install -y postgresql`.")
    return bins[max(bins, key=lambda version: tuple(int(part) for part in version.split(".")))]


def _service_user() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(locations.ROOT_RUNS_POSTGRES_AS)
    except KeyError:
        return None


class Cluster:
    """One private PostgreSQL server and the database `jobformidler` in it."""

    def __init__(self, paths: Paths | None = None) -> None:
        self.paths = paths or locations.default()
        self.process: subprocess.Popen[bytes] | None = None
        self._as_root = os.geteuid() == 0
        self.folders = Folders(self.paths, _service_user() if self._as_root else None)

    # -- questions -------------------------------------------------------------------------------------------------

    @property
    def conn_info(self) -> ConnInfo:
        """How to connect to the private server."""
        return ConnInfo(host=str(self.paths.socket_dir), dbname=DATABASE_NAME)

    def bin_dir(self) -> Path:
        """The programs that fit the data folder, or the newest ones when there is no data yet."""
        bins = postgres_bins()
        newest = _newest(bins)
        version_file = self.paths.data_dir / "PG_VERSION"
        if not version_file.exists():
            return newest
        made_by = version_file.read_text(encoding="ascii").strip()
        if made_by not in bins:
            have = ", ".join(sorted(bins))
            raise LaunchError(
                f"The data folder {self.paths.data_dir} was made by PostgreSQL {made_by}, but this machine has {have}:"
                f" install postgresql-{made_by} or upgrade the data with pg_upgrade."
            )
        return bins[made_by]

    def is_ready(self) -> bool:
        """Whether a server accepts connections on this checkout's socket."""
        try:
            (self.paths.socket_dir / SOCKET_NAME).lstat()
            self.folders.check_socket_dir()
        except FileNotFoundError:
            return False
        return self._answers()

    def psql_command(self, role: str = "jf_owner") -> list[str]:
        """The command line of a psql session as `role` in the product's database."""
        program = str(_newest(postgres_bins()) / "psql")
        return [program, "-h", str(self.paths.socket_dir), "-U", role, "-d", DATABASE_NAME]

    # -- running ---------------------------------------------------------------------------------------------------

    @contextmanager
    def running(self) -> Iterator[ConnInfo]:
        """A database for the duration of the block: an existing server, one already running here, or one of our own.

        Several commands may share one server. The one that started it waits for the others before it stops it;
        a second Ctrl-C ends that wait. Raises LaunchError.
        """
        url = existing_server_url()
        if url:
            _ask_existing_server(url)
            yield ConnInfo(host="", dbname="", url=url)
            return
        self._prepare()
        with self.folders.lock_file("users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            owner = self._join_or_start()
            try:
                yield self.conn_info
            finally:
                if owner is not None:
                    try:
                        self._wait_for_other_users(users.fileno())
                    finally:
                        self.stop()
                        self.folders.remove_socket_dir()
                        os.close(owner)

    def _join_or_start(self) -> int | None:
        """Return the owner lock when this process started the server, None when it joined a running one.

        The lock decides, not an answer on the socket: a server whose launcher was killed may answer while it goes down.
        """
        deadline = time.monotonic() + START_SECONDS
        while True:
            descriptor = os.open(self.folders.lock_file("lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                if self.is_ready():
                    return None
            else:
                try:
                    self.start()
                except BaseException:
                    self.stop()
                    self.folders.remove_socket_dir()
                    os.close(descriptor)
                    raise
                return descriptor
            if time.monotonic() > deadline:
                raise LaunchError(
                    f"Another start of Jobformidler holds the data folder {self.paths.data_dir} but its database"
                    f" does not answer: end that process, or look in {self.folders.log_file}."
                )
            time.sleep(0.05)

    @staticmethod
    def _wait_for_other_users(descriptor: int) -> None:
        """Hold the server open until no other command uses it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another jobformidler command that uses the database …", file=sys.stderr)
            fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _prepare(self) -> None:
        _newest(postgres_bins())
        if self._as_root and self.folders.service_user is None:
            raise LaunchError(f"The user {locations.ROOT_RUNS_POSTGRES_AS}, as whom root runs PostgreSQL, is missing.")
        self.folders.prepare()

    def start(self) -> None:
        """Start the server (making its data first when there is none) and wait until it answers. Raises LaunchError."""
        self._prepare()
        self.folders.check_space()
        self.folders.check_data_dir()
        self.folders.make_socket_dir()
        if not self.folders.has_data():
            self._create()
        self._launch(self.paths.data_dir)

    def stop(self) -> None:
        """Stop the server this object started, ending open connections; safe to call twice."""
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait()

    # -- making ----------------------------------------------------------------------------------------------------

    def _create(self) -> None:
        """Make the data under another name and rename it when complete, so that a half-made folder is never used."""
        data_dir = self.paths.data_dir
        unfinished = data_dir.with_name(f".{data_dir.name}.new")
        try:
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(mode=0o700)
            self.folders.give(unfinished)
            self._initdb(unfinished)
            self._launch(unfinished)
            self._bootstrap()
            self.stop()
            marker = unfinished / MARKER
            marker.write_text(json.dumps({"format": 1, "root": str(self.paths.root)}) + "\n", encoding="utf-8")
            self.folders.give(marker)
            unfinished.rename(data_dir)
        except OSError as error:
            raise LaunchError(f"The data folder {data_dir} cannot be made: {error.strerror}.") from error
        finally:
            self.stop()
            shutil.rmtree(unfinished, ignore_errors=True)

    def _initdb(self, data_dir: Path) -> None:
        command = [str(self.bin_dir() / "initdb"), "-D", str(data_dir), "-U", SUPERUSER, "--auth=peer", "-E", "UTF8"]
        command += ["--locale-provider=icu", "--icu-locale=da", "--locale=C.UTF-8", "--no-instructions"]
        with self.folders.open_log() as log:
            begin = log.tell()
            code = spawn(command, run_as=self.folders.service_user, env=self._environment(), cwd="/", output=log).wait()
        if code != 0:
            raise self._explain(begin, "could not make its data folder")

    def _bootstrap(self) -> None:
        def run(database: str, sql: str) -> None:
            command = [str(self.bin_dir() / "psql"), "-h", str(self.paths.socket_dir), "-U", SUPERUSER, "-d", database]
            command += ["-X", "-q", "-v", "ON_ERROR_STOP=1"]
            environment = self._environment()
            done = subprocess.run(command, input=sql, env=environment, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise LaunchError(f"The roles of the private database could not be made: {done.stderr.strip()}")

        run("template1", bootstrap_sql())
        run("postgres", f"create database {DATABASE_NAME} owner jf_owner;")

    # -- the process -----------------------------------------------------------------------------------------------

    def _launch(self, data_dir: Path) -> None:
        """Start postgres on `data_dir`; a predecessor that is still going down is waited for."""
        self.folders.write_access_files(data_dir)
        self.folders.remove_stale_pid(data_dir)
        command = [str(self.bin_dir() / "postgres"), "-D", str(data_dir), "-k", str(self.paths.socket_dir)]
        settings = {
            "listen_addresses": "",
            "unix_socket_permissions": "0700",
            "dynamic_shared_memory_type": "mmap",
            "max_connections": "60",
            "shared_buffers": "128MB",
            "work_mem": "16MB",
            "jit": "off",  # compiling the plan of a page's question takes longer than answering it
            "logging_collector": "off",
            "log_line_prefix": "%m [%p] %u@%d ",
        }
        command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        deadline = time.monotonic() + START_SECONDS
        with self.folders.open_log() as log:
            while True:
                begin = log.seek(0, os.SEEK_END)
                self.process = spawn(
                    command,
                    end_signal=signal.SIGINT,
                    run_as=self.folders.service_user,
                    env=self._environment(),
                    cwd="/",
                    output=log,
                )
                if self._wait_until_ready(data_dir, deadline):
                    return
                said = self._said_since(begin)
                leftover = "lock file" in said or "shared memory block" in said
                if not leftover or time.monotonic() > deadline:
                    raise self._explain(begin, "did not start")
                time.sleep(0.2)

    def _wait_until_ready(self, data_dir: Path, deadline: float) -> bool:
        """True when it answers, False when it ended. Recovery after a power cut may be long; then LaunchError."""
        assert self.process is not None
        while self.process.poll() is None:
            if self._says_ready(data_dir):
                return True
            if time.monotonic() > deadline + 120:
                self.stop()
                raise LaunchError(f"The private database does not answer; its log is {self.folders.log_file}.")
            time.sleep(0.02)
        return False

    def _says_ready(self, data_dir: Path) -> bool:
        """Whether the process we started, and not a predecessor that still answers, has noted that it is ready."""
        assert self.process is not None
        try:
            lines = (data_dir / "postmaster.pid").read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return False
        return lines[0] == str(self.process.pid) and len(lines) > 7 and lines[7].strip() == "ready"

    def _answers(self) -> bool:
        program = str(_newest(postgres_bins()) / "pg_isready")
        command = [program, "-q", "-t", "2", "-h", str(self.paths.socket_dir)]
        return subprocess.run(command, env=self._environment(), check=False).returncode == 0

    def _explain(self, begin: int, what: str) -> LaunchError:
        said = self._said_since(begin)
        data_dir = self.paths.data_dir
        if "No space left on device" in said:
            return LaunchError(f"The disk that holds {data_dir} is full: free some space and start again.")
        if "Permission denied" in said:
            who = self.folders.service_user.pw_name if self.folders.service_user else pwd.getpwuid(os.getuid()).pw_name
            return LaunchError(
                f"PostgreSQL, running as user {who}, may not use {data_dir}: choose a folder it can reach with"
                " JOBFORMIDLER_DATA_DIR."
            )
        if "lock file" in said or "shared memory block" in said:
            return LaunchError(f"Another PostgreSQL already uses the data folder {data_dir}: stop it first.")
        last = [line for line in said.strip().splitlines() if line.strip()][-1:]
        detail = f" ({last[0].strip()})" if last else ""
        return LaunchError(f"The private PostgreSQL {what}; its log is {self.folders.log_file}{detail}.")

    def _said_since(self, begin: int) -> str:
        with self.folders.log_file.open("rb") as log:
            log.seek(begin)
            return log.read(20_000).decode("utf-8", "replace")

    @staticmethod
    def _environment() -> dict[str, str]:
        """A small, known environment: a stray PGHOST or PGDATA must not lead anywhere else."""
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "Europe/Copenhagen"}
