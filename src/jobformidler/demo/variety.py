"""What happens beside the way: visits to try, messages, absence, wrong registrations, covers, new jobformidlers, VITAS."""

import datetime as dt

from jobformidler.casework import actions as casework
from jobformidler.casework.actions import Person
from jobformidler.casework.models import Case, Contact
from jobformidler.citizens import actions as people
from jobformidler.citizens.models import CV
from jobformidler.demo.lives import RUNNING, Life
from jobformidler.demo.setting import Stage, working_day
from jobformidler.employers.models import Workplace
from jobformidler.placements import actions as placements
from jobformidler.placements.models import Placement

QUESTIONS = (
    ("Jeg kan ikke komme på torsdag. Kan vi flytte?", "Ja. Vi ses fredag kl. 10 samme sted."),
    ("Får jeg penge for bussen?", "Ja. Tag billetterne med, så sender Peter dem videre."),
    ("Min chef spørger, om jeg kan komme en dag mere.", "Ja, det må du gerne. Jeg ringer til virksomheden."),
    ("Hvornår skal jeg underskrive?", "Når du har læst aftalen. Linket ligger i din mail."),
    ("Må jeg tage min søn med til mødet?", "Ja, det må du gerne."),
)
ABSENCES = (
    ("sickness", "Ringede selv om morgenen."),
    ("agreed", "Var til læge."),
    ("no_show", "Kom ikke, og ringede."),
)


def met(life: Life, case: Case) -> list[Person]:
    """Citizen and both of the tandem."""
    return [
        Person("citizen", case.citizen.full_name),
        Person("jobformidler", life.jobformidler.name, life.jobformidler),
        Person("caseworker", life.caseworker.name, life.caseworker),
    ]


def taster_visit(stage: Stage, life: Life, case: Case, offset: int) -> None:
    """A visit to try, at the workplace of the history."""
    if life.firm is None:
        return
    day = working_day(min(offset, -2))
    casework.register_contact(
        case=case,
        kind="taster_visit",
        held_at=stage.at(day, 13),
        workplace=Workplace.objects.get(p_number=life.firm.p_number),
        by=life.jobformidler,
        at=stage.at(day, 14),
        agreements="Vi så stedet og talte med dem, der er der.",
        next_step="Tale om besøget",
        next_step_on=stage.day(working_day(max(day + 3, 7))),
    )


def in_vitas(stage: Stage, life: Life, placement: Placement, offset: int) -> None:
    """Number and state in VITAS, and for half of them the receipt of the case system."""
    offset = working_day(offset)
    at, number = stage.at(offset, 14), f"V-{stage.day(offset).year}-{placement.pk + 1200}"
    status = life.rng.choice(["approved", "approved", "approved", "sent", "rejected"])
    placements.set_vitas(placement=placement, number=number, status=status, by=life.jobformidler, at=at)
    if life.rng.random() < 0.5:
        receipt = f"Notat {placement.pk}"
        placements.mark_transferred(
            placement=placement, on=stage.day(offset), receipt=receipt, by=life.jobformidler, at=at
        )


def close(stage: Stage, life: Life, placement: Placement, offset: int) -> None:
    """The case after its last placement: a job opens the lifeline, the rest is closed with its outcome."""
    rng = life.rng
    got_job = life.end == "converted"
    if life.end == "hired":
        return
    case = Case.objects.get(pk=placement.case_id)
    day = working_day(min(-1, offset + 3))
    casework.close_case(
        case=case,
        outcome=rng.choice(["ordinary_job", "ordinary_job", "fleksjob", "education"])
        if got_job
        else rng.choice(["other_benefit", "moved", "other", "pension"]),
        note="Job samme sted" if got_job else "",
        by=life.caseworker,
        at=stage.at(day, 11),
    )
    if not got_job:
        return
    over = day + case.municipality.aftercare_days
    if over < -5 and rng.random() < 0.9:
        casework.close_case(
            case=case,
            outcome=case.outcome,
            note="Klarer sig selv",
            by=life.caseworker,
            at=stage.at(working_day(over + 2), 11),
        )
    else:
        step = "Ringe og høre, hvordan det går"
        casework.set_next_step(
            case=case,
            text=step,
            on=stage.day(working_day(rng.randint(7, 30))),
            by=life.jobformidler,
            at=stage.at(day, 12),
        )


def everything_else(stage: Stage, life: Life, case: Case, talk: int) -> None:
    """A little of what happens in some cases; a calm history gets only what is settled."""
    rng = life.rng
    case = Case.objects.select_related("citizen", "municipality", "unit").get(pk=case.pk)
    if case.closed_on is None and not life.end:
        if rng.random() < 0.14:
            _message(stage, life, case)
        if life.stage in RUNNING and rng.random() < 0.2:
            kind, what = rng.choice(ABSENCES)
            casework.report_incident(
                case=case,
                kind=kind,
                on=stage.day(-12),
                what=what,
                reporter="virksomheden",
                by=life.jobformidler,
                at=stage.at(-11, 9),
            )
        if talk < -20 and rng.random() < 0.06:
            _wrong(stage, life, case)
        if not life.calm and talk < -30 and rng.random() < 0.05:
            _somebody_else(stage, life, case)
        if not life.calm and rng.random() < 0.04:
            casework.add_promise(
                case=case,
                what="at ringe til virksomheden",
                owner=life.jobformidler,
                due_on=stage.day(rng.randint(0, 4)),
                by=life.jobformidler,
                at=stage.at(-3, 12),
            )
    if talk < -8 and rng.random() < 0.25:
        _transferred(stage, life, case, talk)


def _message(stage: Stage, life: Life, case: Case) -> None:
    """A message; most are answered in time, a few late, and a few still wait."""
    rng = life.rng
    asked, answer = rng.choice(QUESTIONS)
    waits = not life.calm and rng.random() < 0.12
    day = -3 if waits else working_day(-4 - rng.randint(0, 20))
    at = stage.at(day, 14, rng.randint(0, 59))
    enquiry = casework.receive_enquiry(
        case=case,
        sender="citizen",
        sender_name=case.citizen.full_name,
        text=asked,
        received_at=at,
        by=None,
        at=at,
    )
    if not waits:
        late = dt.timedelta(days=5) if rng.random() < 0.1 and day < -10 else dt.timedelta(hours=rng.randint(1, 5))
        casework.answer_enquiry(enquiry=enquiry, answer=answer, by=life.jobformidler, at=at + late)


def _wrong(stage: Stage, life: Life, case: Case) -> None:
    """A registration that was wrong: corrected, or withdrawn and written again."""
    rng, by = life.rng, life.jobformidler
    contact = Contact.objects.standing().filter(case=case, kind="contact").order_by("at").first()
    if contact is None or stage.day(-4) <= contact.at.date():
        return
    if rng.random() < 0.5:
        casework.correct_contact(
            contact=contact,
            version=contact.version,
            channel="phone",
            by=by,
            at=stage.at(-3, 9),
            reason="Det var i telefonen.",
        )
    elif Contact.objects.standing().filter(case=case).count() > 2:
        casework.withdraw(row=contact, by=by, at=stage.at(-3, 9), reason="Skrevet på den forkerte borger.")


def _somebody_else(stage: Stage, life: Life, case: Case) -> None:
    """Another jobformidler, with the reason, or a colleague who steps in for two weeks."""
    rng = life.rng
    colleagues = [
        user
        for name, user in stage.staff.items()
        if stage.unit_of.get(name) == case.unit and user.title == "jobformidler" and user != life.jobformidler
    ]
    other = rng.choice([user for user in colleagues if not user.name.startswith("Line")])
    if rng.random() < 0.5:
        casework.assign(
            case=case,
            role="jobformidler",
            user=other,
            since=stage.day(-3),
            by=life.caseworker,
            at=stage.at(-4, 9),
            reason=rng.choice(["Borgeren har bedt om det.", "Arbejder fra nu af i et andet team."]),
            confirm_over_limit=True,
        )
    else:
        begun = rng.choice([-21, -7])
        casework.cover(
            case=case,
            user=other,
            since=stage.day(begun),
            until=stage.day(begun + 14),
            reason="Ferie",
            by=life.jobformidler,
            at=stage.at(begun - 3, 9),
        )


def _transferred(stage: Stage, life: Life, case: Case, talk: int) -> None:
    """First conversation and CV are also in the municipality's case system."""
    day, by = working_day(talk + 5), life.caseworker
    first = Contact.objects.filter(case=case, kind="first_conversation").order_by("pk").first()
    if first:
        casework.mark_transferred(
            row=first, on=stage.day(day), receipt=f"Notat {first.pk}", by=by, at=stage.at(day, 12)
        )
    cv = CV.objects.standing().filter(citizen=case.citizen).first()
    if cv and cv.started_on <= stage.day(day):
        people.transfer_cv(cv=cv, on=stage.day(day), receipt=f"Notat {cv.pk}", by=by, at=stage.at(day, 12))
