"""Kinds of documents in a case, and who may open which (GOV-02, GOV-08)."""

from typing import TYPE_CHECKING

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.querysets import OfCaseQuerySet
from jobformidler.citizens import health
from jobformidler.citizens.sharing import ShareField

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer
    from jobformidler.casework.models import Case


class DocumentKind(TextChoices):
    """What a document is."""

    CV = "cv", _("CV or application")
    AGREEMENT = "agreement", _("agreement or contract")
    LETTER = "letter", _("letter")
    MEDICAL = "medical", _("papers about health")
    RESOURCE_PROFILE = "resource_profile", _("resource profile")
    OTHER = "other", _("something else")


#: Kinds that are always confidential among the municipality's own people.
OF_HEALTH = frozenset({DocumentKind.MEDICAL, DocumentKind.RESOURCE_PROFILE})
#: What the citizen must have said yes to before a provider may open a document of the kind; other kinds are never theirs.
CONSENT = {
    DocumentKind.CV: ShareField.CV,
    DocumentKind.MEDICAL: ShareField.MEDICAL_PAPERS,
    DocumentKind.RESOURCE_PROFILE: ShareField.RESOURCE_PROFILE,
}


class DocumentQuerySet(OfCaseQuerySet):
    """Documents."""

    def open_to(self, viewer: "Viewer", case: "Case"):
        """Standing documents of the case that the viewer may open. At most one query before the rows."""
        rows = self.filter(case=case, withdrawn_at=None).exclude(stored_as="")
        if viewer.from_outside:
            allowed = health.consented(viewer, case.citizen, *CONSENT.values())
            kinds = [kind for kind, field in CONSENT.items() if field in allowed]
            return rows.filter(kind__in=kinds, confidential=False)
        if health.is_close(viewer, case.citizen):
            return rows
        return rows.filter(Q(confidential=False) & ~Q(kind__in=OF_HEALTH))
