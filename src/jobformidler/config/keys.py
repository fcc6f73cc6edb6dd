"""The key file: encryption keys, the key of the lookup hash and the signing key, made once per installation.

Lose it and every encrypted field is lost; keep a copy apart from the database's backup (`docs/operations.md`).
"""

import base64
import json
import os
import secrets
from pathlib import Path

from jobformidler.config.errors import LaunchError


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def new_keys() -> dict[str, object]:
    """Fresh keys: `current` names the key new values are written with, older ones stay for reading."""
    return {
        "current": "k1",
        "keys": {"k1": _random_key()},
        "hash_key": _random_key(),
        "secret_key": secrets.token_urlsafe(50),
    }


def ensure_key_file(path: Path) -> bool:
    """Make the key file (mode 0600) unless it is there; True when it was made. Never overwrites. Raises LaunchError."""
    if path.exists():
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(new_keys(), file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)  # unlike rename, link never replaces the file of a start at the same moment
        except FileExistsError:
            return False
        finally:
            unfinished.unlink()
    except OSError as error:
        raise LaunchError(f"The key file {path} cannot be written: {error.strerror}.") from error
    return True
