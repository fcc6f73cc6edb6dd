"""The private PostgreSQL: made once, shared, killed, refused; each obstacle is told in one sentence."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from jobformidler.config import folders
from jobformidler.config.cluster import Cluster, ConnInfo, LaunchError
from jobformidler.config.cluster_sql import ROLES
from jobformidler.config.paths import Paths

pytestmark = pytest.mark.slow

RUN = "import sys; from jobformidler.config.cli import run; sys.exit(run())"


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder the PostgreSQL user can reach (pytest's own is private to root)."""
    folder = Path(tempfile.mkdtemp(prefix="jf-house-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made(place: Path) -> Iterator[Paths]:
    """A cluster that was made once and is not running."""
    paths = Paths(root=place, chosen_data_dir=place / "pg")
    with Cluster(paths).running():
        pass
    yield paths
    shutil.rmtree(paths.socket_dir, ignore_errors=True)


def connect(where: ConnInfo, role: str = "jf_web") -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=where.host, dbname=where.dbname, user=role, autocommit=True)


def enter(paths: Paths) -> None:
    with Cluster(paths).running():
        pass


def environment(paths: Paths) -> dict[str, str]:
    return {**os.environ, "JOBFORMIDLER_ROOT": str(paths.root), "JOBFORMIDLER_DATA_DIR": str(paths.data_dir)}


@contextmanager
def server_in_another_process(paths: Paths) -> Iterator[subprocess.Popen[str]]:
    """`jobformidler db run`, ready when it says so."""
    command = [sys.executable, "-c", RUN, "db", "run"]
    with subprocess.Popen(command, env=environment(paths), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "answers" in process.stdout.readline()
        yield process
        process.terminate()


def test_every_role_connects_and_danish_letters_sort_as_in_denmark(made: Paths) -> None:
    with Cluster(made).running() as where:
        for role in ROLES:
            with connect(where, role) as connection:
                assert connection.execute("select current_user").fetchone() == (role,)
        with connect(where) as connection:
            words = connection.execute("select w from unnest(array['Å','z','Ø','Æ','a']) w order by w").fetchall()
    assert [word for (word,) in words] == ["a", "z", "Æ", "Ø", "Å"]


def test_what_the_owner_makes_the_web_role_may_use_but_not_change_the_shape_of(made: Paths) -> None:
    with Cluster(made).running() as where:
        with connect(where, "jf_owner") as owner:
            owner.execute("create extension if not exists btree_gist")
            owner.execute("create table note (id int)")
        with connect(where) as web:
            web.execute("insert into note values (1)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute("alter table note add column more int")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute("create table other (id int)")
        with connect(where, "jf_backup") as backup:
            assert backup.execute("select count(*) from note").fetchone() == (1,)


def test_a_second_command_joins_the_server_that_runs(made: Paths) -> None:
    with Cluster(made).running():
        second = Cluster(made)
        with second.running() as where, connect(where):
            assert second.process is None
        assert Cluster(made).is_ready()
    assert not Cluster(made).is_ready()


def test_the_server_stays_until_the_last_command_is_done_with_it(made: Paths) -> None:
    with server_in_another_process(made) as first:
        with Cluster(made).running() as where, connect(where) as connection:
            first.terminate()
            time.sleep(0.3)
            assert connection.execute("select 1").fetchone() == (1,)
        first.wait(timeout=10)
    assert not Cluster(made).is_ready()


def test_nothing_committed_is_lost_when_the_launcher_and_then_the_server_are_killed(made: Paths) -> None:
    with server_in_another_process(made) as launcher:
        with connect(Cluster(made).conn_info, "jf_owner") as owner:
            owner.execute("create table kept (id int)")
            owner.execute("insert into kept values (1)")
        launcher.kill()
        launcher.wait()
    cluster = Cluster(made)
    with cluster.running() as where:
        assert cluster.process is not None
        with connect(where, "jf_owner") as owner:
            owner.execute("insert into kept values (2)")
        cluster.process.kill()
        cluster.process.wait()
        cluster.start()
        with connect(where) as web:
            assert web.execute("select count(*) from kept").fetchone() == (2,)


def test_two_starts_at_once_share_one_server(made: Paths) -> None:
    command = [sys.executable, "-c", RUN, "db", "exec", "--", "sleep", "0.2"]
    both = [subprocess.Popen(command, env=environment(made), stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(timeout=30) for process in both] == [0, 0]


def test_an_existing_server_is_used_when_it_answers_and_named_when_it_does_not(
    made: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cluster(made).running() as where:
        url = f"postgresql:///{where.dbname}?host={where.host}"
        monkeypatch.setenv("JOBFORMIDLER_DATABASE_URL", url)
        with Cluster(made).running() as existing:
            assert existing == ConnInfo(host="", dbname="", url=url)
    monkeypatch.setenv("JOBFORMIDLER_DATABASE_URL", "postgresql://127.0.0.1:1/jobformidler")
    with pytest.raises(LaunchError, match="does not let us in"):
        enter(made)


def test_a_folder_with_other_contents_is_refused_and_left_alone(place: Path) -> None:
    foreign = place / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(LaunchError, match="something other than Jobformidler's data"):
        enter(Paths(root=place, chosen_data_dir=foreign))
    assert (foreign / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_data_of_another_postgresql_version_is_named(place: Path) -> None:
    old = place / "old"
    old.mkdir()
    (old / "PG_VERSION").write_text("9\n", encoding="ascii")
    with pytest.raises(LaunchError, match="was made by PostgreSQL 9"):
        Cluster(Paths(root=place, chosen_data_dir=old)).bin_dir()


def test_a_full_disk_is_named(made: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "NEEDED_FREE_MB", 10**9)
    with pytest.raises(LaunchError, match=r"The disk that holds .* is full"):
        enter(made)


def test_a_socket_folder_that_others_could_have_put_there_is_refused(made: Paths) -> None:
    made.socket_dir.mkdir()
    made.socket_dir.chmod(0o777)
    try:
        with pytest.raises(LaunchError, match="not a folder private to this user"):
            enter(made)
    finally:
        made.socket_dir.rmdir()


def test_a_deep_checkout_still_gets_a_short_socket_path() -> None:
    deep = Paths(root=Path("/srv") / ("æ" * 200), uid=1000)
    assert len(os.fsencode(deep.socket_dir / folders.SOCKET_NAME)) <= folders.SOCKET_PATH_LIMIT


def test_a_path_postgresql_cannot_hold_is_named(place: Path) -> None:
    long = place.joinpath(*["d" * 200] * 5)
    with pytest.raises(LaunchError, match="too long a path"):
        enter(Paths(root=place, chosen_data_dir=long))


def test_an_old_process_number_that_now_belongs_to_another_program_does_not_stop_the_start(made: Paths) -> None:
    other = subprocess.Popen(["sleep", "60"])
    pid_file = made.data_dir / "postmaster.pid"
    try:
        pid_file.write_text(f"{other.pid}\n{made.data_dir}\n", encoding="utf-8")
        with Cluster(made).running():
            pass
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
        pid_file.unlink(missing_ok=True)
