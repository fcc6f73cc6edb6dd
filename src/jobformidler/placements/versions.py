"""What a version of the agreement does to the placement: its values, its plan, and which signatures still hold."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jobformidler.core.periods import day_after
from jobformidler.placements import agreement
from jobformidler.placements.enums import StepStatus
from jobformidler.placements.models import AgreementVersion, Confirmation, LadderStep, Placement
from jobformidler.placements.rows import save


def take_over(placement: Placement, content: Mapping[str, Any]) -> None:
    """Carry what the placement itself shows and the database guards from the agreement to its row."""
    hours = content.get("hours")
    starts_on, last_on = (
        dt.date.fromisoformat(content[key]) if content.get(key) else None for key in ("starts_on", "last_on")
    )
    placement.kind = content.get("kind") or placement.kind
    placement.purpose = content.get("purpose") or ""
    placement.starts_on = starts_on
    placement.ends_on = None if starts_on and last_on and last_on < starts_on else day_after(last_on)
    placement.weekly_hours = Decimal(hours) if hours and hours != "0" else None
    placement.contact_id = (content.get("contact") or {}).get("id")
    placement.no_contact_reason = (content.get("no_contact_reason") or "")[:200]
    placement.follow_up_days = content.get("visit_days") or placement.follow_up_days


def write_steps(placement: Placement, rows: Sequence[Mapping[str, Any]]) -> list[LadderStep]:
    """Put the plan's rows into the ladder; what is mastered or reached stays. Returns all steps in order."""
    kept = [step for step in placement.steps.all() if step.status in (StepStatus.MASTERED, StepStatus.REACHED)]
    placement.steps.exclude(pk__in=[step.pk for step in kept]).delete()
    known = {step.paid_hours for step in kept}
    position = max((step.position for step in kept), default=0)
    for row in rows:
        hours = row["paid_hours"]
        if hours is None or any(hours == f"{paid.normalize():f}" for paid in known):
            continue
        position += 1
        kept.append(
            LadderStep.objects.create(
                municipality_id=placement.municipality_id,
                placement=placement,
                position=position,
                task=row["task"],
                mastered_when=row["mastered_when"],
                paid_hours=hours,
                planned_on=row["planned_on"],
            )
        )
    return kept


def freeze(placement: Placement, version: AgreementVersion, at: dt.datetime) -> None:
    """Fix the content under its digest and carry over what still holds of earlier confirmations."""
    version.digest = agreement.digest(version.content)
    version.sent_at = at
    version.save()
    asked_again = False
    for party in version.parties:
        root = (
            Confirmation.objects.filter(
                version__placement=placement, party=party, confirmed_at__isnull=False, carried_from=None
            )
            .select_related("version")
            .order_by("-version__number")
            .first()
        )
        if root is None or party in agreement.touched(root.version.content, version.content):
            asked_again = True
            continue
        Confirmation.objects.update_or_create(
            version=version,
            party=party,
            defaults={
                "municipality_id": placement.municipality_id,
                "name": root.name,
                "read_at": root.read_at,
                "confirmed_at": root.confirmed_at,
                "digest": root.digest,
                "carried_from": root,
            },
        )
    if asked_again and not placement.is_running:
        # What the municipality approved is no longer what the parties sign.
        placement.approved_on = placement.approved_by = None


def take_over_signed(placement: Placement, version: AgreementVersion) -> None:
    """A version signed while the placement runs comes into force: its values and its plan."""
    take_over(placement, version.content)
    save(placement)
    write_steps(placement, version.content["steps"])
