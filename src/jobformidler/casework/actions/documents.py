"""Files of a case: taken in, and removed when their time is over."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.models import Case, Document
from jobformidler.casework.writing import tenant, told, working
from jobformidler.core import files
from jobformidler.core.actions import ActionError, action
from jobformidler.core.rows import create


@action
def add_document(
    *,
    case: Case,
    upload: UploadedFile,
    kind: str,
    by: User | None,
    at: dt.datetime,
    confidential: bool = False,
) -> Document:
    """Keep a file in the case, encrypted. Raises ActionError for a file that is not what it says or not of a known kind.

    Neither the event nor the history carries the file's name, which may tell what somebody suffers from.
    """
    day = working(case, by, at)
    try:
        kept = files.take(upload)
    except files.BadFileError as error:
        raise ActionError({"upload": str(error)}) from error
    row = create(Document, **tenant(case), by=by, kind=kind, confidential=confidential, received_on=day, **kept)
    told(case, kinds.DOCUMENT_ADDED, row, by=by, at=at, document=kind)
    return row


@action
def forget_document(*, document: Document, at: dt.datetime) -> None:
    """Remove the file of a document whose time is over; the row stays and says that there was one. Done by the system."""
    if document.stored_as:
        files.discard(document)
        told(document.case, kinds.DOCUMENT_FORGOTTEN, document, by=None, at=at)
