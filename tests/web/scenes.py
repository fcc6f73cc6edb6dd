"""One case with everything around it, four times: the viewer's own, a colleague's, a stranger's, another municipality's."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import World, make_citizen, make_municipality, make_user

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, Unit, User
from jobformidler.casework import actions as casework
from jobformidler.casework.enums import ContactKind
from jobformidler.citizens.actions import (
    add_consideration,
    add_impairment,
    ask_correction,
    open_emergency,
    open_own_access,
)
from jobformidler.citizens.models import AccessAlert, Citizen
from jobformidler.core import clock, events
from jobformidler.core import db as context
from jobformidler.core.actions import together
from jobformidler.core.enums import DeliveryKind, DeliveryStatus
from jobformidler.core.models import ColumnMapping, Delivery, FailedHandler, ListItem, Municipality
from jobformidler.employers.actions import log_contact, register_contact_person
from jobformidler.employers.enums import ContactLevel
from jobformidler.employers.models import Employer, Workplace
from jobformidler.messaging.models import Letter, OutgoingMail
from jobformidler.openings.actions import add_task, register_place
from jobformidler.placements import actions as placing
from jobformidler.registers.actions import add_spell, approve_fleksjob
from jobformidler.steering.actions import save_plan


@dataclass(frozen=True)
class Tandem:
    """Who works with the citizen, in which unit of which municipality."""

    municipality: Municipality
    unit: Unit
    jobformidler: User
    caseworker: User


def four_scenes(world: World) -> dict[str, dict[str, Any]]:
    """The objects of each scene by name. Line, Peter and Ole work with `own`; `colleague` is in their unit."""
    here = world.municipality
    omar = make_user(here, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    vera = make_user(here, "Vera Kærminde", Role.CASEWORKER, unit=world.unit)
    far = Unit.objects.create(municipality=here, name="Team Skoven")
    tine = make_user(here, "Tine Gyvel", Role.JOBFORMIDLER, unit=far)
    karl = make_user(here, "Karl Ene", Role.CASEWORKER, unit=far)
    made = {
        "own": _scene(Tandem(here, world.unit, world.line, world.peter), 1),
        "colleague": _scene(Tandem(here, world.unit, omar, vera), 2),
        "stranger": _scene(Tandem(here, far, tine, karl), 3),
    }
    other = make_municipality(555, "Anden Kommune")
    with context.enter(other, reason="test"):
        unit = Unit.objects.create(municipality=other, name="Team Vest")
        rune = make_user(other, "Rune Strandvold", Role.JOBFORMIDLER, unit=unit)
        gerda = make_user(other, "Gerda Rønnebær", Role.CASEWORKER, unit=unit)
        made["elsewhere"] = _scene(Tandem(other, unit, rune, gerda), 4)
    return made


def town() -> tuple[World, dict[str, dict[str, Any]]]:
    """The four scenes for a standing database; Mona is the citizen of `own`, Vibeke the security officer."""
    with World() as world:
        made = four_scenes(world)
        world.vibeke = make_user(world.municipality, "Vibeke Strandmalurt", Role.SECURITY_OFFICER)
        own = made["own"]["citizen"]
        world.mona = open_own_access(citizen=own, email="mona@example.test", by=None, at=clock.now()).user
    return world, made


def _scene(who: Tandem, number: int) -> dict[str, Any]:
    with together():
        return _everything(who, number)


def _everything(who: Tandem, number: int) -> dict[str, Any]:
    at = clock.now()
    citizen = make_citizen(who.municipality, "Mona Havtorn", number, unit=who.unit)
    by = {"by": who.jobformidler, "at": at}
    case = casework.open_case(
        citizen=citizen,
        unit=who.unit,
        jobformidler=who.jobformidler,
        caseworker=who.caseworker,
        by=who.caseworker,
        at=at,
    )
    contact = casework.register_contact(
        case=case,
        kind=ContactKind.FIRST_CONVERSATION,
        held_at=at,
        ordinary_hours_raised=True,
        next_step="Skriv CV",
        next_step_on=at.date() + dt.timedelta(days=3),
        **by,
    )
    casework.start_plan(case=case, **by)
    goal = casework.set_goal(case=case, letter="a", text="10 timer på lageret", **by)
    scene = {
        "case": case,
        "citizen": citizen,
        "contact": contact,
        "goal": goal,
        "sub_goal": casework.add_sub_goal(goal=goal, text="Tager imod leverancen", **by),
        "promise": casework.add_promise(case=case, what="Ringer onsdag", owner=who.jobformidler, **by),
        "appointment": casework.plan_appointment(
            case=case, kind=ContactKind.CONVERSATION, when=at + dt.timedelta(days=2), what="Samtale", **by
        ),
        "enquiry": casework.receive_enquiry(
            case=case, sender="citizen", sender_name="Mona", text="Må jeg komme senere?", received_at=at, by=None, at=at
        ),
        "consideration": add_consideration(citizen=citizen, category="other", text="Start efter kl. 9", **by),
        "impairment": add_impairment(citizen=citizen, meaning="Kan stå op i to timer", **by),
        "document": casework.add_document(
            case=case, upload=SimpleUploadedFile("brev.txt", b"Hej"), kind="letter", **by
        ),
        "spell": add_spell(citizen=citizen, kind="ledighedsydelse", start=dt.date(2025, 3, 1), end=None, **by),
        "approval": approve_fleksjob(citizen=citizen, approved_on=dt.date(2025, 3, 1), **by),
        "education": casework.note_education(
            case=case, title="Kursus", starts_on=at.date(), ends_on=at.date(), responsible=who.caseworker, **by
        ),
        "unit": who.unit,
        "user": who.jobformidler,
        "membership": Membership.objects.get(user=who.jobformidler),
        "item": ListItem.objects.filter(list="benefit").first(),
    }
    scene |= _decision(who, case, at)
    return (
        scene | _looks(who, citizen, at) | _workplace(who, number, by) | _setup(who, at) | _placement(scene, number, by)
    )


def _decision(who: Tandem, case: Any, at: dt.datetime) -> dict[str, Any]:
    by = {"by": who.caseworker, "at": at}
    decision = casework.prepare_decision(case=case, kind="aid_grant", title="Mentor", facts="To uger", **by)
    complaint = casework.receive_complaint(case=case, text="Ingen ringer", received_on=at.date(), **by)
    return {
        "decision": decision,
        "complaint": complaint,
        "correction": ask_correction(citizen=case.citizen, what="Navnet", why="Havtorn", **by),
        "letter": Letter.objects.get(subject_type="casework.complaint", subject_id=complaint.pk),
    }


def _workplace(who: Tandem, number: int, by: dict[str, Any]) -> dict[str, Any]:
    employer, _new = Employer.objects.get_or_create(cvr="99000023", defaults={"name": "Fjordby Trælast"})
    workplace = Workplace.objects.create(employer=employer, p_number=f"990000000{number}", name="Fjordby Trælast")
    person = register_contact_person(workplace=workplace, name="Torben Enebær", level=ContactLevel.values[0], **by)
    place = register_place(
        workplace=workplace,
        kind="task",
        title="Varemodtagelse",
        hours_min=4,
        hours_max=10,
        starts_on=by["at"].date(),
        contact=person,
        **by,
    )
    return {
        "workplace": workplace,
        "person": person,
        "place": place,
        "task": add_task(place=place, text="Prisskilte", weekly_hours=4, **by),
        "log": log_contact(workplace=workplace, purpose="information", held_at=by["at"], **by),
    }


def _placement(scene: dict[str, Any], number: int, by: dict[str, Any]) -> dict[str, Any]:
    workplace = Workplace.objects.get(p_number=f"990000000{number}")
    placement = placing.propose(case=scene["case"], workplace=workplace, **by)
    placing.open_dialogue(placement=placement, hours_discussed=True, **by)
    version = placing.draft_agreement(placement=placement, **by)
    return {"placement": placement, "version": version}


def _looks(who: Tandem, citizen: Citizen, at: dt.datetime) -> dict[str, Any]:
    """An emergency access that has ended, by somebody of another unit, and an alert about it."""
    other = Unit.objects.create(municipality=who.municipality, name=f"Team Vagt {citizen.pk}")
    guard = make_user(who.municipality, f"Vagt {citizen.pk}", Role.CASEWORKER, unit=other)
    opened = at - dt.timedelta(hours=20)
    emergency = open_emergency(
        citizen=citizen, reason_kind="danger", reason="Borgeren er faldet om i porten.", by=guard, at=opened
    )
    alert = AccessAlert.objects.create(
        municipality=who.municipality,
        kind="no_relation",
        user=guard,
        citizen=citizen,
        day=opened.date(),
        first_at=opened,
        last_at=opened,
        count=1,
    )
    return {"emergency": emergency, "alert": alert}


def _setup(who: Tandem, at: dt.datetime) -> dict[str, Any]:
    event = events.record("accounts.unit_created", who.unit, by=None, at=at, name=who.unit.name)
    tenant = {"municipality": who.municipality}
    return {
        "employment_plan": save_plan(
            municipality=who.municipality, year=2027, strategy="Få", goals="Timer", provider_percent=25, by=None, at=at
        ),
        "mapping": ColumnMapping.objects.create(kind="citizens", name=f"Fil {event.pk}", **tenant),
        "failed": FailedHandler.objects.create(
            event=event, handler="test.none", error="ValueError", first_failed_at=at, last_failed_at=at, **tenant
        ),
        "delivery": Delivery.objects.create(
            kind=DeliveryKind.CITIZENS, file_name="borgere.csv", at=at, status=DeliveryStatus.DONE, **tenant
        ),
        "mail": OutgoingMail.objects.create(
            to="a@example.test", subject="Noget at læse", body="Hej", kind="test", written_at=at, **tenant
        ),
    }
