"""What can stand on a disclosure card, in which order, and what a workplace reads of it today (MAT-12, GOV-03, D.1-07).

A card is made of lines from the citizen's own resources, each of a field the catalogue gives workplaces. There is no
source for a diagnosis, a benefit, a history, a CPR number, a cause of absence or a match group, so none can come in.
The order follows the purpose: on the way to hours, what the citizen can comes first; where the stay is to find
something out, what must be taken into account comes first. Neither overselling nor underselling.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.citizens.enums import Ability, Importance
from jobformidler.citizens.models import CV, Citizen, Competence, Consent, Consideration, TaskAbility, Wish
from jobformidler.citizens.sharing import CATALOGUE, LINE_BY_LINE, Receiver, ShareField
from jobformidler.placements import words
from jobformidler.placements.enums import PlacementStatus, Purpose
from jobformidler.placements.models import AgreementVersion, DisclosureCard, Placement

CAN, WANTS, ACCOUNT = "can", "wants", "account"
#: The parts of a card by purpose, first to last.
ORDER: dict[str, tuple[str, ...]] = {
    Purpose.TOWARDS_HOURS: (CAN, WANTS, ACCOUNT),
    Purpose.COMPETENCES: (CAN, WANTS, ACCOUNT),
    Purpose.CLARIFY: (ACCOUNT, WANTS, CAN),
}
MOST_LINES = 12


@dataclass(frozen=True)
class Line:
    """One line that can stand on a card. `key` finds its source again; `said_yes`: the citizen shares it on the day."""

    key: str
    field: str
    part: str
    text: str
    said_yes: bool
    most: bool = False

    def kept(self) -> dict[str, Any]:
        """As the card keeps it."""
        return {name: value for name, value in asdict(self).items() if name in ("key", "field", "part", "text")}


def heading(part: str, name: str) -> str:
    """The words over a part of the card."""
    return {
        CAN: _("What %(name)s can"),
        WANTS: _("What %(name)s would like"),
        ACCOUNT: _("What must be taken into account"),
    }[part] % {"name": name}


def lead(purpose: str, name: str) -> str:
    """What the stay is for, as the workplace reads it."""
    return {
        Purpose.TOWARDS_HOURS: _("%(name)s comes to find the way to ordinary hours together with you."),
        Purpose.COMPETENCES: _("%(name)s comes to show and describe what %(name)s can."),
        Purpose.CLARIFY: _("%(name)s comes to find out whether this is something for %(name)s."),
    }[Purpose(purpose)] % {"name": name}


def candidates(placement: Placement, day: dt.date) -> list[Line]:
    """Every line that could stand on a card for this placement, with whether the citizen shares it on `day`."""
    citizen = placement.case.citizen
    agreed = set(
        Consent.objects.counting_on(day)
        .for_workplace(placement.workplace_id)
        .filter(citizen=citizen, consideration=None)
        .values_list("field", flat=True)
    )
    lines = set(
        Consideration.objects.shared_with_workplace(day, placement.workplace_id)
        .filter(citizen=citizen)
        .values_list("pk", flat=True)
    )
    found = [
        Line(
            key, field, part, text, int(key.split(":")[1]) in lines if field in LINE_BY_LINE else field in agreed, most
        )
        for key, field, part, text, most in _sources(placement, citizen)
    ]
    assert {line.field for line in found} <= set(CATALOGUE[Receiver.WORKPLACE])
    return found


def _sources(placement: Placement, citizen: Citizen) -> Iterable[tuple[str, str, str, str, bool]]:
    """Key, field, part, text, and whether it matters most to the citizen."""
    for row in Competence.objects.standing().filter(citizen=citizen):
        tasks = _(" – for example %(tasks)s") % {"tasks": ", ".join(row.tasks)} if row.tasks else ""
        yield f"competence:{row.pk}", ShareField.COMPETENCES, CAN, f"{row.text}{tasks}", False
    for cv in CV.objects.standing().filter(citizen=citizen, kind="personal").exclude(summary=""):
        yield f"cv:{cv.pk}", ShareField.CV, CAN, cv.summary, False
    parts = {Ability.CAN: CAN, Ability.WANTS: WANTS}
    for ability in TaskAbility.objects.standing().filter(citizen=citizen, ability__in=parts):
        yield f"ability:{ability.pk}", ShareField.RESOURCES, parts[Ability(ability.ability)], ability.text, False
    for wish in Wish.objects.standing().filter(citizen=citizen):
        yield f"wish:{wish.pk}", ShareField.WISH, WANTS, f"«{wish.text}»", False
    step = placement.steps.filter(reached_on=None).order_by("position").first()
    if step is not None:
        text = _("Goes for %(hours)s a week") % {"hours": words.paid_hours(step.paid_hours)}
        yield f"step:{step.pk}", ShareField.HOURS_WISH, WANTS, text, False
    for need in Consideration.objects.standing().filter(citizen=citizen):
        yield (
            f"consideration:{need.pk}",
            ShareField.CONSIDERATIONS,
            ACCOUNT,
            need.text,
            need.importance == Importance.MOST,
        )


def problems(purpose: str, lines: Sequence[Line], name: str) -> list[str]:
    """What keeps a composition from being a fair picture, as sentences; empty when nothing does."""
    parts = {line.part for line in lines}
    found = []
    if not parts & {CAN, WANTS}:
        found.append(_("Choose at least one thing %(name)s can or would like to try.") % {"name": name})
    if purpose == Purpose.CLARIFY and ACCOUNT not in parts:
        found.append(_("The stay is to find something out: choose at least one thing that must be taken into account."))
    if len(lines) > MOST_LINES:
        found.append(_("Choose at most %(n)s lines, so that they are read.") % {"n": MOST_LINES})
    return found


def advice(purpose: str, chosen: Collection[str], known: Sequence[Line]) -> list[str]:
    """What may be out of balance; the citizen decides."""
    on_card = [line for line in known if line.key in chosen]
    needs = sum(line.part == ACCOUNT for line in on_card)
    found = []
    if purpose != Purpose.CLARIFY and needs > len(on_card) - needs:
        found.append(
            _("There are more considerations than strengths on the card. Is that the picture you want to give?")
        )
    left = [line.text for line in known if line.most and line.said_yes and line.key not in chosen]
    if left:
        found.append(_("Most important to the citizen, and not on the card: %(texts)s.") % {"texts": "; ".join(left)})
    return found


def arranged(purpose: str, lines: Iterable[dict[str, Any]], name: str) -> list[tuple[str, list[str]]]:
    """The parts with their lines in the order of the purpose; parts without lines are left out."""
    kept = list(lines)
    parts = [(part, [line["text"] for line in kept if line["part"] == part]) for part in ORDER[purpose]]
    return [(heading(part, name), texts) for part, texts in parts if texts]


def digest(purpose: str, lines: Sequence[dict[str, Any]]) -> str:
    """SHA-256 (hex) of purpose and lines: what the citizen approves."""
    text = json.dumps([purpose, lines], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def over(placement: Placement, day: dt.date) -> bool:
    """Whether cards of the placement have expired on `day`: it is over, or its last day has passed."""
    ended = placement.is_over or placement.status == PlacementStatus.DROPPED
    return ended or (placement.ends_on is not None and day >= placement.ends_on)


def shown(card: DisclosureCard, day: dt.date) -> list[dict[str, Any]]:
    """The lines the workplace may read on `day`: those on the card whose yes still counts. Asked by every request."""
    placement = card.placement
    if card.sent_at is None or card.withdrawn_at is not None or over(placement, day):
        return []
    return still_shared(card, day)


def still_shared(card: DisclosureCard, day: dt.date) -> list[dict[str, Any]]:
    """The lines of the card whose yes counts on `day`."""
    alive = {line.key for line in candidates(card.placement, day) if line.said_yes}
    return [line for line in card.lines if line["key"] in alive]


def taken_back(version: AgreementVersion, day: dt.date) -> bool:
    """Whether a consideration in the version is no longer shared on `day`: then the workplace is not shown it."""
    placement = version.placement
    lines = version.content.get("considerations") or []
    if not lines:
        return False
    shared = Consideration.objects.shared_with_workplace(day, placement.workplace_id)
    known = set(shared.filter(citizen=placement.case.citizen_id).values_list("text", flat=True))
    return bool(set(lines) - known)


def as_text(card: DisclosureCard, lines: Iterable[dict[str, Any]]) -> str:
    """The card as plain text: what the log keeps."""
    name = card.placement.case.citizen.short_name
    parts = [
        f"{title}\n" + "\n".join(f"- {text}" for text in texts) for title, texts in arranged(card.purpose, lines, name)
    ]
    return "\n\n".join([lead(card.purpose, name), *parts])
