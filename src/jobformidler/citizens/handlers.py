"""What lower packages need to know about citizens, registered at start."""

from jobformidler.citizens import rights_events as rights_events  # for its kinds
from jobformidler.citizens.models import Citizen
from jobformidler.messaging.privacy import register_names


@register_names
def names_of(citizen_id: int) -> list[str]:
    """The names that may not stand in the subject of a mail."""
    found = Citizen.objects.filter(pk=citizen_id).values_list("first_name", "last_name", "preferred_name")
    return [name for row in found for name in row if name]
