"""Where a delivered file waits until it is read: outside the web root, under a random name, readable to us alone."""

import datetime as dt
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

#: A million periods are 47 MB; a file beyond this is a mistake.
LARGEST_FILE = 200 * 1024 * 1024


class TooLargeError(ValueError):
    """The file is larger than LARGEST_FILE."""


def folder() -> Path:
    """The folder of waiting files."""
    path = Path(settings.VAR) / "deliveries"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(chunks: Iterable[bytes]) -> str:
    """Write a file and return its random name. Raises TooLargeError, leaving nothing behind."""
    name = uuid.uuid4().hex
    size = 0
    handle = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST_FILE:
                    raise TooLargeError
                file.write(chunk)
    except BaseException:
        forget(name)
        raise
    return name


def path_of(name: str) -> Path:
    """The path of a stored file. Raises FileNotFoundError when it is gone."""
    path = folder() / name
    if not name or not path.is_file():
        raise FileNotFoundError(name)
    return path


def forget(name: str) -> None:
    """Delete a stored file; a missing one is well."""
    if name:
        (folder() / name).unlink(missing_ok=True)


def older_than(moment: dt.datetime) -> list[str]:
    """Names of files last written before the moment."""
    return [file.name for file in folder().iterdir() if file.stat().st_mtime < moment.timestamp()]
