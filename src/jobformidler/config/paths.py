"""Where things lie: project folder, data, sockets, keys, mail. Standard library only, so anybody may import it."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

DATABASE_NAME = "jobformidler"

#: Debian's service user; PostgreSQL refuses to run as root, so root hands it to this one.
ROOT_RUNS_POSTGRES_AS = "postgres"


def short_hash(text: str) -> str:
    """Ten hex digits that tell one folder from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:10]


def project_root() -> Path:
    """The folder that holds `var/`: `JOBFORMIDLER_ROOT`, else the checkout this module runs from."""
    chosen = os.environ.get("JOBFORMIDLER_ROOT")
    return Path(chosen).resolve() if chosen else Path(__file__).resolve().parents[3]


def _default_data_dir(root: Path, uid: int) -> Path:
    chosen = os.environ.get("JOBFORMIDLER_DATA_DIR")
    if chosen:
        return Path(chosen).resolve()
    if uid == 0:
        # The checkout may lie under /root (mode 700), where the service user cannot look.
        return Path("/var/lib/jobformidler") / short_hash(str(root))
    return root / "var" / "pg"


@dataclass(frozen=True)
class Paths:
    """Every place on disk that belongs to one installation, derived from its root folder."""

    root: Path = field(default_factory=project_root)
    uid: int = field(default_factory=os.getuid)
    chosen_data_dir: Path | None = None

    @property
    def var(self) -> Path:
        """Everything the running product writes, apart from the database of root."""
        return self.root / "var"

    @property
    def data_dir(self) -> Path:
        """The private PostgreSQL data folder."""
        return self.chosen_data_dir or _default_data_dir(self.root, self.uid)

    @property
    def socket_dir(self) -> Path:
        """Short on purpose: a Unix socket path holds at most 107 bytes, a checkout may lie deeper."""
        return Path("/tmp") / f"jf-{self.uid}-{short_hash(str(self.data_dir))}"  # noqa: S108 - private, checked by owner and mode

    @property
    def key_file(self) -> Path:
        """Encryption and hash keys (mode 0600); never inside the database or a backup of it."""
        return self.var / "keys.json"

    @property
    def mail_dir(self) -> Path:
        """Outgoing mail as files while no SMTP server is set."""
        return self.var / "mail"

    @property
    def log_dir(self) -> Path:
        """Logs of PostgreSQL, web and worker."""
        return self.var / "log"

    @property
    def static_dir(self) -> Path:
        """Collected static files."""
        return self.var / "static"


def default() -> Paths:
    """The paths of this checkout and this user."""
    return Paths()


def root() -> Path:
    """The project folder."""
    return default().root


def var_dir() -> Path:
    """Everything the running product writes."""
    return default().var


def data_dir() -> Path:
    """The private PostgreSQL data folder."""
    return default().data_dir


def socket_dir() -> Path:
    """The folder of the private server's socket, whether or not it runs."""
    return default().socket_dir


def key_file() -> Path:
    """Encryption and hash keys."""
    return default().key_file


def secret_key() -> str:
    """Django's signing key out of the key file, which is made when it is missing."""
    from jobformidler.config.keys import ensure_key_file  # keys imports this module

    path = key_file()
    ensure_key_file(path)
    return str(json.loads(path.read_text(encoding="utf-8"))["secret_key"])
