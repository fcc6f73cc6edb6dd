"""What an impairment means for the work: kept apart from everything else, encrypted, seen by few (CIT-09, GOV-08)."""

from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.health import ImpairmentQuerySet
from jobformidler.citizens.models.resources import OfCitizen
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked


@tracked()
class Impairment(OfCitizen):
    """An impairment described by its meaning for the work and what is possible; the diagnosis may stay unsaid.

    Only the meaning must be written. Nothing of it is ever shown to a workplace or an employer consultant: what a
    workplace may read is a consideration, which the citizen says yes to.
    """

    meaning = EncryptedTextField(_("what it means for the work"))
    options = EncryptedTextField(_("what is possible all the same"), null=True, blank=True)
    diagnosis = EncryptedTextField(_("diagnosis"), null=True, blank=True)

    objects = ImpairmentQuerySet.as_manager()  # type: ignore[misc]  # fewer may see it than other registrations
