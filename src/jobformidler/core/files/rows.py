"""The row of a file, and what is done with both together."""

import base64
import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.files import sealing
from jobformidler.core.files.kinds import BadFileError, look, safe_name

#: The largest file that is taken, in bytes.
LARGEST = 20 * 1024 * 1024


class HoldsFile(models.Model):
    """A row with a file: its name as people gave it, encrypted like its key, and what the content was found to be."""

    file_name = EncryptedTextField(gettext_lazy("file name"))
    file_key = EncryptedTextField(null=True, editable=False)
    stored_as = models.CharField(max_length=36, blank=True, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(gettext_lazy("size in bytes"), editable=False)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        abstract = True


def folder() -> Path:
    """Where the files lie: never below what the web server serves."""
    return Path(settings.VAR) / "files"


def path_of(stored_as: str) -> Path:
    """The place of a stored name. Raises ValueError for anything that is not one of ours."""
    name = str(uuid.UUID(stored_as))
    return folder() / name[:2] / name


def take(upload: UploadedFile) -> dict[str, Any]:
    """Look at the file and keep it encrypted; returns the columns of its row. Raises BadFileError.

    Whoever calls creates the row in the same transaction; a file whose row was never kept is found by `orphans`.
    """
    if upload.size is None or upload.size > LARGEST:
        raise BadFileError(_("The file is too large. At most %(n)s MB are taken.") % {"n": LARGEST // 1024**2})
    content = b"".join(upload.chunks())
    name = safe_name(upload.name or "")
    kind = look(content, name)
    stored_as, key = str(uuid.uuid4()), sealing.new_key()
    sealing.write(path_of(stored_as), [content], key, stored_as)
    return {
        "file_name": name,
        "file_key": base64.b64encode(key).decode("ascii"),
        "stored_as": stored_as,
        "media_type": kind.media_type,
        "size": len(content),
        "digest": hashlib.sha256(content).hexdigest(),
    }


def read(row: HoldsFile) -> Iterator[bytes]:
    """The clear bytes of the row's file, a chunk at a time. Raises sealing.DamagedFileError."""
    if not row.stored_as or not row.file_key:
        raise sealing.DamagedFileError("removed")
    return sealing.read(path_of(row.stored_as), base64.b64decode(row.file_key), row.stored_as)


def discard(row: HoldsFile) -> None:
    """Forget the row's key and name at once, and remove the file when the transaction has committed. Saves the row."""
    stored_as = row.stored_as
    row.stored_as, row.file_key, row.file_name = "", None, ""
    row.save(update_fields=["stored_as", "file_key", "file_name"])
    if stored_as:
        transaction.on_commit(lambda: path_of(stored_as).unlink(missing_ok=True))


def gone(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    """A removed row takes its file with it, when the transaction has committed."""
    if isinstance(instance, HoldsFile) and instance.stored_as:
        path = path_of(instance.stored_as)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _holders() -> list[type[HoldsFile]]:
    return [model for model in apps.get_models() if issubclass(model, HoldsFile)]


def orphans(known: set[str]) -> list[str]:
    """Stored names on disk that no row knows; `known` are the names of the rows of every municipality."""
    there = {path.name for path in folder().glob("??/*") if path.is_file()} if folder().is_dir() else set()
    return sorted(there - known)


def stored_names() -> set[str]:
    """Names the rows of the present context know."""
    return {
        name
        for model in _holders()
        for name in model._meta.base_manager.exclude(stored_as="").values_list("stored_as", flat=True)
    }


def missing() -> list[HoldsFile]:
    """Rows of the present context whose file is not on disk."""
    rows = (row for model in _holders() for row in model._meta.base_manager.exclude(stored_as="").order_by("pk"))
    return [row for row in rows if not path_of(row.stored_as).is_file()]
