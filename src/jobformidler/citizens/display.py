"""How a citizen is shown: the one place that honours name and address protection in lists, search, letters and exports.

Who has a relation to the citizen sees the name, marked as protected, and never the address on a list, a map or a print.
A file that leaves the system carries neither.
"""

from django.utils.translation import gettext as _

from jobformidler.citizens.models import Citizen


def mark(citizen: Citizen) -> str:
    """The words beside the name of somebody protected, else empty."""
    return _("Name and address protected") if citizen.protected_address else ""


def address(citizen: Citizen) -> str:
    """The address on one line, or that it is protected."""
    if citizen.protected_address:
        return _("Protected address")
    return ", ".join(part for part in (citizen.address, f"{citizen.postal_code} {citizen.city}".strip()) if part)


def exported_name(citizen: Citizen) -> str:
    """The name as a file carries it: somebody protected is not named there."""
    return mark(citizen) or citizen.full_name
