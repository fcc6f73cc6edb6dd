"""What the agreement shares goes into the citizen's log of what was shared, with the receipt when it is read (GOV-03)."""

from jobformidler.citizens.actions import disclose, receipt
from jobformidler.citizens.answers import To
from jobformidler.citizens.sharing import Channel, Receiver, ShareField
from jobformidler.core.events import handles
from jobformidler.core.models import Event
from jobformidler.placements import event_kinds as kinds
from jobformidler.placements.enums import Party
from jobformidler.placements.models import AgreementVersion


def _version(event: Event) -> AgreementVersion | None:
    return (
        AgreementVersion.objects.filter(placement_id=event.subject_id, number=event.payload["number"])
        .select_related("placement__case__citizen", "placement__workplace")
        .first()
    )


@handles(kinds.SENT, at_once=True)
def log_agreement(event: Event) -> None:
    """The considerations of a version that is sent are shared with the workplace, word for word."""
    version = _version(event)
    lines = version.content.get("considerations") if version else None
    if version is None or not lines:
        return
    placement = version.placement
    disclose(
        citizen=placement.case.citizen,
        channel=Channel.AGREEMENT,
        to=To(Receiver.WORKPLACE, placement.workplace.name, placement.workplace_id),
        fields=[ShareField.CONSIDERATIONS],
        text="\n".join(f"- {line}" for line in lines),
        purpose=placement.get_purpose_display(),
        subject_id=version.pk,
        version=version.number,
        by=event.actor,
        at=event.at,
    )


@handles(kinds.READ, at_once=True)
def log_reading(event: Event) -> None:
    """The workplace has read the version."""
    version = _version(event)
    if version is not None and event.payload.get("party") == Party.EMPLOYER:
        receipt(channel=Channel.AGREEMENT, subject_id=version.pk, at=event.at)
