"""Stretches of the way that many histories share: first conversation, agreement with signatures, a week's hours."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case, Contact
from jobformidler.core import lists
from jobformidler.demo import names
from jobformidler.demo.firms import Firm
from jobformidler.demo.setting import Stage
from jobformidler.employers import actions as employers
from jobformidler.employers.models import ContactPerson, Workplace
from jobformidler.openings.models import Place
from jobformidler.placements import actions as placements
from jobformidler.placements.models import Placement

Step = tuple[str, str, int, int | None]


def tandem(case: Case) -> tuple[Any, Any]:
    """Jobformidler and caseworker of a case that was given both at the start."""
    by_role = {row.role: row.user for row in case.assignments.select_related("user").order_by("pk")}
    return by_role.get("jobformidler"), by_role.get("caseworker")


def first_talk(
    stage: Stage,
    case: Case,
    offset: int,
    *,
    next_step: str,
    next_on: int,
    raised: bool = True,
    people: Sequence[casework.Person] = (),
) -> Contact:
    """The first conversation, with everything on the checklist ticked, or all but ordinary hours."""
    line, _caseworker = tandem(case)
    ticked = [code for code, _label in lists.choices("first_conversation") if raised or "hours" not in code]
    return casework.register_contact(
        case=case,
        kind="first_conversation",
        held_at=stage.at(offset, 10),
        by=line,
        at=stage.at(offset, 11),
        participants=people,
        place="Rådhuset",
        ordinary_hours_raised=raised,
        ticked=ticked,
        agreements="Vi begynder med CV og ser på opgaver, som ingen når.",
        next_step=next_step,
        next_step_on=stage.day(next_on),
    )


def place_at(
    stage: Stage,
    case: Case,
    firm: Firm,
    *,
    proposed: int,
    starts: int,
    purpose: str,
    tasks: str,
    weeks: int,
    steps: Sequence[Step],
    contact: ContactPerson | None = None,
    next_step: str = "",
    opening: Place | None = None,
    hours: int = 15,
) -> Placement:
    """From idea to a complete agreement, not yet sent."""
    line, _caseworker = tandem(case)
    work = Workplace.objects.get(p_number=firm.p_number)
    person = contact or signer_of(work)
    values: dict[str, Any] = {
        "purpose": purpose,
        "starts_on": stage.day(starts),
        "last_on": stage.day(starts + 7 * weeks - 3),
        "tasks": tasks,
        "hours": hours,
        "place": f"{work.address}, {work.city}",
        "representative": person,
        "contact": person,
        "first_visit_on": stage.day(starts + 3),
        "goal": "Ordinære timer i en virksomhed, der passer",
        "prospects": "more_hours",
        "steps": [
            {
                "task": task,
                "mastered_when": when,
                "paid_hours": paid,
                "planned_on": stage.day(on) if on is not None else None,
            }
            for task, when, paid, on in steps
        ],
    }
    if purpose != "towards_hours":
        values["next_step"] = next_step or "Et forløb med løntimer"
    version = placements.new_agreement(
        case=case,
        workplace=work,
        opening=opening,
        by=line,
        at=stage.at(proposed, 10),
        hours_discussed=True,
        reason_citizen="Opgaverne passer til det, der er aftalt.",
        reason_employer="Opgaver, som ingen når, bliver løst.",
        **values,
    )
    return version.placement


def opening_at(firm: Firm) -> Place:
    """The first place of a firm of the tour."""
    return Place.objects.filter(workplace__p_number=firm.p_number).order_by("pk")[0]


def signer_of(work: Workplace) -> ContactPerson:
    """Who signs for the workplace: the first contact person with an e-mail."""
    return ContactPerson.objects.filter(workplace=work, active=True).exclude(email="").order_by("pk")[0]


def prepare_signers(stage: Stage, firms: Sequence[Firm], offset: int) -> None:
    """Give each of these workplaces somebody who can sign, before the histories begin. Firms of the tour have theirs."""
    works = Workplace.objects.filter(p_number__in=[firm.p_number for firm in firms]).order_by("pk")
    for work in works.prefetch_related("contacts"):
        known = list(work.contacts.all())
        if not any(person.email for person in known):
            _contact(stage, work, known[0] if known else None, offset)


def _contact(stage: Stage, work: Workplace, known: ContactPerson | None, offset: int) -> ContactPerson:
    """Somebody who can sign for the workplace; one from the places' file gets an e-mail."""
    nadia, at = stage.user("Nadia"), stage.at(offset, 8)
    mail = f"kontakt{work.pk}@fjordby.example"
    if known:
        return employers.edit_contact_person(person=known, version=known.version, by=nadia, at=at, email=mail)
    name = f"{names.FIRST[work.pk % len(names.FIRST)]} {names.SURNAMES[work.pk * 7 % len(names.SURNAMES)]}"
    return employers.register_contact_person(
        workplace=work,
        name=name,
        level="department",
        phone=f"00 00 00 {work.pk % 100:02d}",
        email=mail,
        by=nadia,
        at=at,
    )


def sign_and_approve(
    stage: Stage, placement: Placement, offset: int, *, signed: bool = True, approved: bool = True
) -> None:
    """Send for signature; both sign two days later; the caseworker approves the day after."""
    line, peter = tandem(placement.case)
    placements.send_for_signature(placement=placement, by=line, at=stage.at(offset, 9))
    if not signed:
        return
    version = placement.versions.first()
    assert version is not None
    names = {"citizen": placement.case.citizen.full_name, "employer": version.signer("employer")}
    for party, name in names.items():
        placements.confirm(
            version=version, party=party, name=name, digest=version.digest, by=line, at=stage.at(offset + 2, 10)
        )
    if approved:
        placements.approve(placement=Placement.objects.get(pk=placement.pk), by=peter, at=stage.at(offset + 3, 9))
    placement.refresh_from_db()


def hours(
    stage: Stage,
    placement: Placement,
    week: int,
    paid: Decimal,
    unpaid: Decimal,
    *,
    absence: bool = False,
    source: str = "jobformidler",
) -> None:
    """The hours of one week, counted from the week of day 0, reported on its Friday by the workplace's word."""
    line, _caseworker = tandem(placement.case)
    placements.report_hours(
        placement=placement,
        week=stage.day(7 * week),
        paid=paid,
        unpaid=unpaid,
        absence=absence,
        source=source,
        by=line,
        at=stage.at(7 * week + 4, 15),
    )
