"""The folders and files around the private PostgreSQL: made, checked, and handed to the user it runs as."""

import os
import pwd
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from jobformidler.config.cluster_sql import ROLES, SUPERUSER
from jobformidler.config.errors import LaunchError
from jobformidler.config.paths import Paths

MARKER = "jobformidler.json"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107
DATA_PATH_LIMIT = 900
NEEDED_FREE_MB = 150


@dataclass(frozen=True)
class Folders:
    """Everything on disk that one private server touches. `service_user` is set when root hands the server over."""

    paths: Paths
    service_user: pwd.struct_passwd | None

    @property
    def owner_uid(self) -> int:
        """The user the server runs as, who must own data and socket."""
        return self.service_user.pw_uid if self.service_user else os.getuid()

    @property
    def log_file(self) -> Path:
        """PostgreSQL's own log."""
        return self.paths.log_dir / "postgres.log"

    def lock_file(self, suffix: str) -> Path:
        """A file beside the data folder, used for nothing but locks."""
        return self.paths.data_dir.with_name(f"{self.paths.data_dir.name}.{suffix}")

    def open_log(self) -> BinaryIO:
        """PostgreSQL's log, opened for appending; one old log is kept."""
        if self.log_file.exists() and self.log_file.stat().st_size > 20 * 1024 * 1024:
            self.log_file.replace(self.log_file.with_suffix(".log.1"))
        return self.log_file.open("ab")

    def prepare(self) -> None:
        """Make the folders around the data. Raises LaunchError when one of them cannot be used."""
        if len(os.fsencode(self.paths.socket_dir / SOCKET_NAME)) > SOCKET_PATH_LIMIT:
            raise LaunchError(f"The socket path {self.paths.socket_dir} is too long for {SOCKET_PATH_LIMIT} bytes.")
        if len(os.fsencode(self.paths.data_dir)) > DATA_PATH_LIMIT:
            raise LaunchError(
                f"{self.paths.data_dir} is too long a path for PostgreSQL: choose another with JOBFORMIDLER_DATA_DIR."
            )
        try:
            self.paths.log_dir.mkdir(parents=True, exist_ok=True)
            self.paths.data_dir.parent.mkdir(parents=True, exist_ok=True)
            self.lock_file("users").touch(mode=0o600)
        except OSError as error:
            raise LaunchError(f"The folder {error.filename} cannot be used: {error.strerror}.") from error

    def make_socket_dir(self) -> None:
        """Make and check the socket folder; only the holder of the start lock does, as only it removes the folder."""
        self.paths.socket_dir.mkdir(mode=0o700, exist_ok=True)
        info = self.paths.socket_dir.lstat()
        if self.service_user is not None and stat.S_ISDIR(info.st_mode) and info.st_uid == 0:
            self.give(self.paths.socket_dir)
        self.check_socket_dir()

    def check_socket_dir(self) -> None:
        """Refuse a socket folder that somebody else could have put there."""
        info = self.paths.socket_dir.lstat()
        if not stat.S_ISDIR(info.st_mode) or info.st_uid != self.owner_uid or stat.S_IMODE(info.st_mode) & 0o077:
            raise LaunchError(
                f"{self.paths.socket_dir} is not a folder private to this user: remove it and start again."
            )

    def remove_socket_dir(self) -> None:
        """Leave nothing in /tmp; the next start makes the folder again."""
        with suppress(OSError, LaunchError):
            self.check_socket_dir()
            self.paths.socket_dir.rmdir()

    def check_space(self) -> None:
        """Refuse to start on a full disk, where PostgreSQL would stop in the middle of something."""
        parent = self.paths.data_dir.parent
        free = shutil.disk_usage(parent).free
        if free < NEEDED_FREE_MB * 1024 * 1024:
            raise LaunchError(
                f"The disk that holds {parent} is full ({free // 1024 // 1024} MB free, {NEEDED_FREE_MB} MB needed):"
                " free some space and start again."
            )

    def has_data(self) -> bool:
        """Whether a complete data folder of ours is there; the marker is the last file its making writes."""
        return (self.paths.data_dir / MARKER).exists()

    def check_data_dir(self) -> None:
        """Refuse a folder with other contents, or one that belongs to another user."""
        data_dir = self.paths.data_dir
        try:
            if not data_dir.exists() or not any(data_dir.iterdir()):
                return
            if not self.has_data():
                raise LaunchError(
                    f"The folder {data_dir} holds something other than Jobformidler's data:"
                    " move it away or choose another with JOBFORMIDLER_DATA_DIR."
                )
            if data_dir.stat().st_uid != self.owner_uid:
                raise LaunchError(f"The data folder {data_dir} belongs to another user: start as that user.")
        except (PermissionError, NotADirectoryError) as error:
            raise LaunchError(f"The data folder {data_dir} cannot be used: {error.strerror}.") from error

    def remove_stale_pid(self, data_dir: Path) -> None:
        """After a power cut the old process number may belong to an unrelated program; PostgreSQL would then refuse."""
        pid_file = data_dir / "postmaster.pid"
        try:
            pid = int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0])
            running = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return
        if running not in ("postgres", "postmaster"):
            pid_file.unlink()

    def write_access_files(self, data_dir: Path) -> None:
        """Who may connect: only the operating-system users below, as any of our roles; nobody by password."""
        system_users = {pwd.getpwuid(os.getuid()).pw_name}
        if self.service_user is not None:
            system_users.add(self.service_user.pw_name)
        ident = [f'jf "{user}" {role}' for user in sorted(system_users) for role in (SUPERUSER, *ROLES)]
        for name, lines in (("pg_hba.conf", ["local all all peer map=jf"]), ("pg_ident.conf", ident)):
            target = data_dir / name
            target.write_text("\n".join(lines) + "\n", encoding="utf-8")
            target.chmod(0o600)
            self.give(target)

    def give(self, path: Path) -> None:
        """Hand one file or folder to the user PostgreSQL runs as; never its parents."""
        if self.service_user is not None:
            os.chown(path, self.service_user.pw_uid, self.service_user.pw_gid, follow_symlinks=False)
