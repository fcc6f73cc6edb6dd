"""Files of a case (GOV-08)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.documents import DocumentKind, DocumentQuerySet
from jobformidler.casework.models.contact import OfCase
from jobformidler.core.files import HoldsFile
from jobformidler.core.history import tracked
from jobformidler.core.models import Withdrawable


@tracked(exclude=("file_key", "file_name"))
class Document(OfCase, Withdrawable, HoldsFile):
    """A file in the case, encrypted. Name and key are left out of the history: a file that is removed is gone.

    `confidential`: read by those close to the citizen alone, as papers about health always are.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    confidential = models.BooleanField(_("only for jobformidler and caseworker"), default=False)
    received_on = models.DateField(_("received"))

    objects = DocumentQuerySet.as_manager()  # type: ignore[misc]  # more questions than the base has
    inside_only = "confidential"  # such a row is no outsider's, whatever is shared (core.bounds)

    class Meta(OfCase.Meta):
        ordering = ["-received_on", "-pk"]
        indexes = [models.Index(fields=["case", "-received_on"], name="casework_document_of")]
