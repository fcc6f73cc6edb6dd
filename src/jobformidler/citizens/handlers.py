"""What lower packages need to know about citizens, registered at start."""

from jobformidler.accounts.event_kinds import USER_STOPPED
from jobformidler.citizens import event_kinds as kinds
from jobformidler.citizens import rights_events as rights_events  # for its kinds
from jobformidler.citizens.answers import keep_relation
from jobformidler.citizens.models import Citizen, Consent, StaffHome
from jobformidler.core import clock
from jobformidler.core.events import handles
from jobformidler.core.models import Event
from jobformidler.messaging.privacy import register_names


@register_names
def names_of(citizen_id: int) -> list[str]:
    """The names that may not stand in the subject of a mail."""
    found = Citizen.objects.filter(pk=citizen_id).values_list("first_name", "last_name", "preferred_name")
    return [name for row in found for name in row if name]


@handles(USER_STOPPED)
def forget_home(event: Event) -> None:
    """Where somebody lives who no longer works here is nobody's business."""
    StaffHome.objects.filter(user_id=event.subject_id).delete()


@handles(kinds.SHARING_WITHDRAWN)
def end_professionals_relation(event: Event) -> None:
    """A yes the citizen takes back alone ends the professional's relation too: the citizen's own context cannot.

    The shared plan itself is closed at once, since it asks the answers.
    """
    consent = Consent.objects.select_related("citizen", "user").filter(pk=event.subject_id).first()
    if consent is not None:
        keep_relation(consent.citizen, consent.user, consent.receiver, clock.local_date(event.at))
