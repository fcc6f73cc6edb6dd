"""Sofie, Bent and Karin: approved to fleksjob, each at another place of the way. Days are counted from day 0."""

from decimal import Decimal

from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case
from jobformidler.citizens import actions as people
from jobformidler.citizens.models import Citizen
from jobformidler.demo.firms import HOTEL
from jobformidler.demo.path import first_talk, hours, place_at, sign_and_approve
from jobformidler.demo.personas.common import both, cv_updated, looked, numbered_firm, opened, own_pages
from jobformidler.demo.setting import Stage, email
from jobformidler.employers.models import ContactPerson
from jobformidler.placements import actions as placements
from jobformidler.registers import actions as registers


def sofie(stage: Stage, citizen: Citizen) -> Case:
    """Approved to fleksjob; maternity leave; asked for another provider and chooses tomorrow."""
    line, peter = stage.user("Line"), stage.user("Peter")
    case = opened(stage, citizen, -112)
    first_talk(stage, case, -103, next_step="Starte CV sammen", next_on=-98, people=both(stage, citizen))
    people.add_wish(
        citizen=citizen, text="Noget med børn eller bøger, og hjemme kl. 15.", by=line, at=stage.at(-103, 11)
    )
    people.start_cv(citizen=citizen, kind="personal", on=stage.day(-98), by=line, at=stage.at(-98))
    casework.reach(case=case, status="cv_started", at=stage.at(-98), by=line)
    for offset in range(-91, 0, 7):
        casework.register_contact(
            case=case,
            kind="contact",
            held_at=stage.at(offset + 4, 10),
            channel="phone",
            by=line,
            at=stage.at(offset + 4, 10),
            agreements="Vi talte om, hvad der passer med børnene.",
            next_step="Tale sammen igen",
            next_step_on=stage.day(offset + 12),
        )
    casework.write_note(
        case=case, text="Vejledt om retten til henvisning til anden aktør.", by=peter, at=stage.at(-103, 12)
    )
    registers.give_guidance(
        citizen=citizen, about="right", given_on=stage.day(-103), way="talk", by=peter, at=stage.at(-103, 12)
    )
    registers.ask_referral(citizen=citizen, asked_on=stage.day(-20), way="my_page", by=None, at=stage.at(-20, 20, 5))
    asked = casework.receive_enquiry(
        case=case,
        sender="citizen",
        sender_name="Sofie Engkarse",
        text="Jeg vil gerne henvises til en anden aktør. Hvad skal jeg gøre?",
        received_at=stage.at(-20, 20, 5),
        by=None,
        at=stage.at(-20, 20, 5),
    )
    casework.answer_enquiry(
        enquiry=asked,
        answer="Du skal ikke gøre mere. Peter finder to, du kan vælge imellem, og vi taler om dem den 24.",
        by=line,
        at=stage.at(-19, 9, 30),
    )
    own_pages(stage, citizen, -98)
    looked(stage, citizen, "Line", "jobformidler", -19, "now", "enquiry: answer", "timeline")
    looked(stage, citizen, "Peter", "caseworker", -6, "rights", "plan")
    looked(stage, citizen, "Line", "jobformidler", -3, "now", "plan", "note")
    casework.add_promise(
        case=case,
        what="at sige, hvilken af de to aktører hun vælger",
        owner_name="Sofie",
        due_on=stage.day(1),
        by=line,
        at=stage.at(-3, 10),
    )
    casework.set_next_step(case=case, text="Vælge mellem to andre aktører", on=stage.day(1), by=line, at=stage.at(-3))
    casework.plan_appointment(
        case=case,
        kind="conversation",
        when=stage.at(1, 10),
        what="Valg mellem to andre aktører",
        where="Rådhuset, lokale 2",
        users=[line, peter],
        by=peter,
        at=stage.at(-6, 10),
    )
    return case


def bent(stage: Stage, citizen: Citizen) -> Case:
    """In a fleksjob at the hotel since 25 weeks; the lifeline is open and he wrote on Friday."""
    line, peter, kim = stage.user("Line"), stage.user("Peter"), ContactPerson.objects.get(name="Kim Slåen")
    case = opened(stage, citizen, -350)
    people.edit_citizen(citizen=citizen, version=None, by=line, at=stage.at(-350, 10), email=email(citizen.full_name))
    first_talk(stage, case, -346, next_step="Starte CV sammen", next_on=-340, people=both(stage, citizen))
    people.add_competence(
        citizen=citizen,
        origin="job",
        text="Tømrer i 30 år",
        tasks=("Reception", "Bilag"),
        by=line,
        at=stage.at(-346, 11),
    )
    people.add_wish(
        citizen=citizen, text="Hovedet fejler ikke noget. Knæene kan ikke mere.", by=line, at=stage.at(-346, 11)
    )
    people.start_cv(citizen=citizen, kind="personal", on=stage.day(-340), by=line, at=stage.at(-340))
    casework.reach(case=case, status="cv_started", at=stage.at(-340), by=line)
    casework.start_plan(case=case, by=line, at=stage.at(-336))
    casework.set_goal(
        case=case,
        letter="a",
        text="Kontor med faste opgaver",
        by=line,
        at=stage.at(-336),
        detail="Fra tømrer til kontor.",
    )
    placement = place_at(
        stage,
        case,
        HOTEL,
        proposed=-329,
        starts=-322,
        purpose="towards_hours",
        contact=kim,
        tasks="passer reception og bilag",
        weeks=24,
        steps=(("Bilag", "alene", 5, -280), ("Reception", "alene", 12, -175)),
    )
    sign_and_approve(stage, placement, -326)
    placements.start(placement=placement, by=line, at=stage.at(-322, 9))
    for week in range(-46, -25):
        hours(stage, placement, week, Decimal(5 if week >= -40 else 0), Decimal(7))
    placements.convert(
        placement=placement, what_next="fleksjob 12 timer om ugen", on=stage.day(-175), by=line, at=stage.at(-175, 10)
    )
    cv_updated(stage, citizen, -174)
    casework.register_contact(
        case=case,
        kind="contact",
        held_at=stage.at(-84, 9),
        channel="phone",
        by=line,
        at=stage.at(-84, 9),
        agreements="13 uger i job. Bent ringer, hvis noget ændrer sig.",
    )
    casework.set_next_step(case=Case.objects.get(pk=case.pk), text="", on=None, by=line, at=stage.at(-84, 9))
    casework.close_case(
        case=Case.objects.get(pk=case.pk),
        outcome="fleksjob",
        note="Havnens Hotel, 12 timer om ugen",
        by=peter,
        at=stage.at(-84, 10),
    )
    own_pages(stage, citizen, -84)
    help_now = casework.receive_enquiry(
        case=case,
        sender="employer",
        sender_name="Kim Slåen",
        text="Bent er gået hjem, og vaskeriet står stille. Hvem kan hjælpe?",
        received_at=stage.at(-6, 8, 40),
        by=None,
        at=stage.at(-6, 8, 40),
        workplace=kim.workplace,
    )
    casework.answer_enquiry(
        enquiry=help_now,
        answer="Jeg har talt med Bent. Han er tilbage kl. 10, og vi holder øje med fredagene.",
        by=line,
        at=stage.at(-6, 9, 25),
    )
    casework.receive_enquiry(
        case=case,
        sender="citizen",
        sender_name="Bent Rørskov",
        text="Chefen spørger, om jeg kan tage 15 timer. Har det betydning for min ordning?",
        received_at=stage.at(-3, 14, 10),
        by=None,
        at=stage.at(-3, 14, 10),
    )
    return case


def karin(stage: Stage, citizen: Citizen) -> Case:
    """Two paid hours beside the benefit; protected address; her own rhythm of two weeks, with the reason."""
    line = stage.user("Line")
    case = opened(stage, citizen, -300)
    first_talk(stage, case, -297, next_step="Starte CV sammen", next_on=-290, people=both(stage, citizen))
    people.add_wish(
        citizen=citizen, text="Mine to timer i bageriet. De er ugens bedste.", by=line, at=stage.at(-297, 11)
    )
    people.start_cv(citizen=citizen, kind="personal", on=stage.day(-290), by=line, at=stage.at(-290))
    casework.reach(case=case, status="cv_started", at=stage.at(-290), by=line)
    casework.start_plan(case=case, by=line, at=stage.at(-287))
    casework.set_goal(case=case, letter="a", text="Flere timer i bageriet", by=line, at=stage.at(-287))
    casework.agree_rhythm(
        case=case,
        days=14,
        reason="Karin har bedt om ro mellem samtalerne.",
        since=stage.day(-280),
        by=line,
        at=stage.at(-280),
    )
    bakery = numbered_firm(4)
    placement = place_at(
        stage,
        case,
        bakery,
        proposed=-200,
        starts=-182,
        purpose="towards_hours",
        tasks="pakker brød",
        weeks=40,
        steps=(("Pakke brød", "alene", 2, -140), ("Gøre rent på plader", "alene", 4, 30)),
    )
    sign_and_approve(stage, placement, -186)
    placements.start(placement=placement, by=line, at=stage.at(-182, 9))
    for week in range(-26, 0):
        hours(stage, placement, week, Decimal(2 if week >= -20 else 0), Decimal(2))
    for offset in range(-168, -6, 14):
        placements.follow_up(
            placement=placement,
            held_at=stage.at(offset, 8),
            by=line,
            at=stage.at(offset, 9),
            hours_said="To timer passer. Vi taler om fire, når det bliver lysere.",
            next_step="Samtale",
            next_step_on=stage.day(offset + 14),
            next_visit=stage.at(offset + 14, 8) if offset + 14 < 0 else stage.at(7, 8),
        )
    casework.set_next_step(case=case, text="Samtale i bageriet", on=stage.day(7), by=line, at=stage.at(-6))
    return case
