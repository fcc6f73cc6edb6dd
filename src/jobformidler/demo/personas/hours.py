"""Mona and Jonas: on the way to paid hours, and with a task mastered but no hours. Days are counted from day 0."""

from decimal import Decimal

from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case, Goal
from jobformidler.citizens import actions as people
from jobformidler.citizens.answers import ANY_WORKPLACE, Said, What
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.sharing import AnsweredHow, ShareField
from jobformidler.demo.firms import SOLKROGEN, TRAELAST
from jobformidler.demo.path import first_talk, hours, opening_at, place_at, sign_and_approve, tandem
from jobformidler.demo.personas.common import both, cv_updated, numbered_firm, opened, own_pages
from jobformidler.demo.setting import Stage
from jobformidler.employers.models import ContactPerson, Workplace
from jobformidler.placements import actions as placements
from jobformidler.placements import disclosure
from jobformidler.placements.models import Placement


def mona(stage: Stage, citizen: Citizen) -> Case:
    """The whole ladder: four weeks' internship, two paid hours, then five, ten is next; 13 weeks in a week."""
    line, torben = stage.user("Line"), ContactPerson.objects.get(name="Torben Enebær")
    case = opened(stage, citizen, -108)
    first_talk(stage, case, -105, next_step="Starte CV sammen", next_on=-104, people=both(stage, citizen))
    for origin, text, tasks in (
        ("job", "Har stået på lager", ("Varemodtagelse", "Prisskilte")),
        ("job", "Har arbejdet i en kantine", ("Anrette", "Vaske op")),
        ("leisure", "Passer kolonihave", ("Vande", "Luge")),
        ("leisure", "Fører regnskab for foreningen", ("Bilag",)),
    ):
        people.add_competence(citizen=citizen, origin=origin, text=text, tasks=tasks, by=line, at=stage.at(-105, 11))
    wish = people.add_wish(citizen=citizen, text="Et sted, hvor nogen regner med mig.", by=line, at=stage.at(-105, 11))
    for code, category, text in (
        ("start_after_9", "working_time", "Start efter kl. 9."),
        ("short_messages", "culture", "Korte beskeder."),
    ):
        people.add_consideration(
            citizen=citizen, category=category, code=code, text=text, may_share=True, by=line, at=stage.at(-87, 11)
        )
    people.start_cv(citizen=citizen, kind="personal", on=stage.day(-104), by=line, at=stage.at(-104))
    casework.reach(case=case, status="cv_started", at=stage.at(-104), by=line)
    casework.start_plan(case=case, by=line, at=stage.at(-103))
    goal = casework.set_goal(
        case=case,
        letter="a",
        text="10 løntimer på lageret hos Fjordby Trælast",
        wish=wish,
        by=line,
        at=stage.at(-80),
        detail="Varemodtagelse og prisskilte, som ingen andre når.",
    )
    casework.set_goal(
        case=case, letter="b", text="Køkken og anretning på Plejecenter Solkrogen", by=line, at=stage.at(-103)
    )
    casework.set_goal(
        case=case, letter="c", text="Regnskab for foreninger, få timer om ugen", by=line, at=stage.at(-103)
    )
    step = casework.add_sub_goal(
        goal=goal,
        text="Mona tager imod leverancen om tirsdagen",
        measure="to tirsdage i træk",
        by=line,
        at=stage.at(-60),
    )
    work = Workplace.objects.get(p_number=TRAELAST.p_number)
    casework.register_contact(
        case=case,
        kind="taster_visit",
        held_at=stage.at(-95, 13),
        workplace=work,
        by=line,
        at=stage.at(-95, 15),
        agreements="Torben viste lageret frem. Mona vil gerne.",
        next_step="Aftale om praktik",
        next_step_on=stage.day(-90),
    )
    alone = casework.add_sub_goal(
        goal=goal,
        text="Mona siger til, når noget mangler",
        measure="hos Torben, uden at nogen spørger",
        by=line,
        at=stage.at(-60),
    )
    casework.move_sub_goal(sub_goal=alone, status="alone", by=line, at=stage.at(-28, 15))
    placement = place_at(
        stage,
        case,
        TRAELAST,
        proposed=-94,
        starts=-84,
        purpose="towards_hours",
        contact=torben,
        opening=opening_at(TRAELAST),
        tasks="tager imod varer og sætter prisskilte på",
        weeks=26,
        steps=(
            ("Sætte prisskilte", "alene, en hel formiddag", 2, -56),
            ("Varemodtagelse", "alene, en hel levering", 5, -28),
        ),
    )
    sign_and_approve(stage, placement, -90)
    placements.start(placement=placement, by=line, at=stage.at(-84, 9))
    paid = {**dict.fromkeys(range(-12, -8), 0), **dict.fromkeys(range(-8, -4), 2), **dict.fromkeys(range(-4, 0), 5)}
    steps = list(placement.steps.order_by("position"))
    for week in sorted(paid):
        for index, after in ((0, -58), (1, -30)):
            if week * 7 == after + 2:
                placements.master_step(step=steps[index], on=stage.day(after), by=line, at=stage.at(after, 14))
        away = week == -2
        worked = Decimal(3 if away else paid[week])
        hours(stage, placement, week, worked, Decimal(9 if away else 15) - worked, absence=away)
    placements.add_step(
        placement=placement,
        task="Tirsdagens levering",
        mastered_when="alene, to leverancer",
        paid_hours=Decimal(10),
        by=line,
        at=stage.at(-28, 15),
    )
    for offset in (-84, -70, -56, -42, -28, -14):
        placements.follow_up(
            placement=placement,
            held_at=stage.at(offset, 13),
            by=line,
            at=stage.at(offset, 14),
            hours_said=(
                "Torben viste, hvordan prisskiltene sættes. Løntimer, når det går alene."
                if offset == -84
                else "Vi talte om flere løntimer, når leverancen sidder fast."
            ),
            sub_goals={step.pk: "with_help"} if offset >= -42 else None,
            next_step="Besøg hos Torben",
            next_step_on=stage.day(offset + 14),
            next_visit=stage.at(offset + 14, 13),
        )
    casework.register_contact(
        case=case,
        kind="contact",
        held_at=stage.at(-4, 11),
        channel="phone",
        by=line,
        at=stage.at(-4, 11),
        agreements="Torben holder øje med tirsdagens levering.",
        next_step="Aftale 10 løntimer med Torben",
        next_step_on=stage.day(7),
    )
    casework.add_promise(
        case=case,
        what="Bekræfte aftalen om 10 løntimer",
        owner=stage.user("Peter"),
        due_on=stage.day(4),
        by=line,
        at=stage.at(-14, 15),
    )
    casework.add_promise(
        case=case,
        what="Finde en afløser til tirsdagens levering",
        owner_name="Torben",
        due_on=stage.day(8),
        by=line,
        at=stage.at(-14, 15),
    )
    mona_writes(stage, case, goal)
    placements.set_vitas(placement=placement, number="V-2026-1184", status="approved", by=line, at=stage.at(-86, 13))
    placements.mark_transferred(
        placement=placement, on=stage.day(-83), receipt="Notat 83", by=line, at=stage.at(-83, 13)
    )
    return case


def mona_writes(stage: Stage, case: Case, goal: Goal) -> None:
    """What Mona writes on her own pages: read and answered, but for the last comment, which waits for Line."""
    line, citizen = stage.user("Line"), case.citizen
    user = own_pages(stage, citizen, -100)
    casework.add_own_competence(
        citizen=citizen,
        text="Kan holde styr på mange småting på én gang",
        origin="leisure",
        by=user,
        at=stage.at(-70, 19),
    )
    casework.propose_company(
        citizen=citizen, text="Planteskolen ved havnen. Jeg handler der tit.", by=user, at=stage.at(-70, 20)
    )
    casework.read_entries(case=case, by=line, at=stage.at(-69, 9))
    asked = casework.receive_enquiry(
        case=case,
        sender="citizen",
        sender_name=citizen.full_name,
        text="Må jeg tage min søster med, når vi taler om de 10 timer?",
        received_at=stage.at(-11, 10),
        by=user,
        at=stage.at(-11, 10),
    )
    casework.answer_enquiry(
        enquiry=asked, answer="Ja, det må du gerne. Skriv, hvis I vil have kaffe.", by=line, at=stage.at(-11, 13)
    )
    casework.comment_own(
        citizen=citizen,
        text="Jeg når bussen, hvis jeg begynder kl. 9.30 om tirsdagen.",
        about="Mål A: 10 løntimer på lageret hos Fjordby Trælast",
        row_about=goal,
        by=user,
        at=stage.at(-3, 18),
    )


def show_card(stage: Stage, placement: Placement, contact: ContactPerson, offset: int) -> None:
    """The citizen says yes to sharing strengths, approves the card, and the workplace reads it the next day."""
    line, _peter = tandem(placement.case)
    people.register_answer(
        citizen=placement.case.citizen,
        what=What([ShareField.COMPETENCES, ShareField.WISH, ShareField.HOURS_WISH]),
        to=ANY_WORKPLACE,
        purpose="Så arbejdspladsen kender mine styrker, før jeg begynder",
        said=Said(),
        by=line,
        at=stage.at(offset, 9),
    )
    known = disclosure.candidates(placement, stage.day(offset))
    card = placements.compose_card(
        placement=placement,
        purpose=placement.purpose,
        lines=[row.key for row in known if row.said_yes],
        contact=contact,
        by=line,
        at=stage.at(offset, 10),
    )
    placements.approve_card(
        card=card, digest=card.digest, how=AnsweredHow.CONVERSATION, by=line, at=stage.at(offset, 11)
    )
    link = placements.send_card(card=card, by=line, at=stage.at(offset, 12))
    placements.read_card(card=card, link=link, at=stage.at(offset + 1, 8))


def jonas(stage: Stage, citizen: Citizen) -> Case:
    """Knows the task, lacks hours; a stopped course behind him; no contact for nine days."""
    line = stage.user("Line")
    birte = ContactPerson.objects.get(name="Birte Vejbred")
    case = opened(stage, citizen, -220)
    first_talk(stage, case, -216, next_step="Starte CV sammen", next_on=-213, people=both(stage, citizen))
    people.add_competence(
        citizen=citizen,
        origin="internship",
        text="Er omhyggelig med mærker og lister",
        tasks=("Prisskilte", "Pakke ordrer"),
        by=line,
        at=stage.at(-216, 11),
    )
    people.add_wish(
        citizen=citizen, text="Én ting ad gangen, og at nogen siger, hvad der er næste.", by=line, at=stage.at(-216, 11)
    )
    for code, category, text, importance in (
        ("one_task", "culture", "Én opgave ad gangen.", "much"),
        ("written_list", "culture", "Skriftlig liste.", "much"),
        ("quiet", "culture", "Ro om formiddagen.", "most"),
        ("start_after_10", "working_time", "Begynder kl. 10.", "much"),
    ):
        people.add_consideration(
            citizen=citizen,
            category=category,
            code=code,
            text=text,
            importance=importance,
            may_share=True,
            by=line,
            at=stage.at(-214, 11),
        )
    people.start_cv(citizen=citizen, kind="personal", on=stage.day(-213), by=line, at=stage.at(-213))
    casework.reach(case=case, status="cv_started", at=stage.at(-213), by=line)
    casework.start_plan(case=case, by=line, at=stage.at(-210))
    goal = casework.set_goal(
        case=case, letter="a", text="Depot og opfyldning få timer om ugen", by=line, at=stage.at(-210)
    )
    casework.add_sub_goal(
        goal=goal, text="Klarer formiddagens liste", measure="uden hjælp en hel formiddag", by=line, at=stage.at(-80)
    )
    before = place_at(
        stage,
        case,
        numbered_firm(3),
        proposed=-189,
        starts=-182,
        purpose="clarify",
        tasks="fylder op i butikken",
        weeks=8,
        steps=(),
        next_step="Et sted med færre mennesker",
    )
    sign_and_approve(stage, before, -186)
    placements.start(placement=before, by=line, at=stage.at(-182, 9))
    for week in range(-26, -22):
        hours(stage, before, week, Decimal(0), Decimal(10))
    placements.stop(
        placement=before,
        reason="Der var for mange i rummet",
        learning="For mange i rummet – det tager vi med videre.",
        what_next="Et roligere sted",
        on=stage.day(-154),
        by=line,
        at=stage.at(-154, 10),
    )
    cv_updated(stage, citizen, -150)
    casework.present_citizen(
        case=case,
        workplace=birte.workplace,
        held_at=stage.at(-89, 13),
        person=birte,
        note="Birte vil gerne se, om depotet passer.",
        by=line,
        at=stage.at(-89, 14),
    )
    placement = place_at(
        stage,
        case,
        SOLKROGEN,
        proposed=-88,
        starts=-77,
        purpose="competences",
        contact=birte,
        opening=opening_at(SOLKROGEN),
        tasks="kører skilte ud og fylder depoter op",
        weeks=20,
        next_step="Løntimer for skiltekørslen",
        hours=12,
        steps=(("Skiltekørsel", "alene", 2, -35), ("Opfyldning", "alene", 5, -7)),
    )
    show_card(stage, placement, birte, -84)
    sign_and_approve(stage, placement, -82)
    placements.start(placement=placement, by=line, at=stage.at(-77, 9))
    for week in range(-11, 0):
        hours(stage, placement, week, Decimal(0), Decimal(12))
        if week == -7:
            for step in placement.steps.all():
                placements.master_step(step=step, on=stage.day(-42), by=line, at=stage.at(-42, 14))
    for offset in (-63, -49, -35, -21):
        placements.follow_up(
            placement=placement,
            held_at=stage.at(offset, 11),
            by=line,
            at=stage.at(offset, 12),
            hours_said="Birte har ikke penge til løntimer lige nu.",
            next_step="Ringe til Jonas",
            next_step_on=stage.day(offset + 7),
            next_visit=stage.at(offset + 14, 11) if offset < -21 else stage.at(3, 11),
        )
    for offset, text in (
        (-83, "Mentor søgt. Jonas vil gerne have en, der spørger til ham om morgenen."),
        (-76, "Mentor bevilget fra den 14."),
    ):
        casework.write_note(case=case, text=text, by=line, at=stage.at(offset, 12))
    casework.assign(
        case=case, role="mentor", user=stage.user("Signe"), since=stage.day(-70), by=line, at=stage.at(-70, 9)
    )
    casework.agree_rhythm(case=case, days=7, reason="", since=stage.day(-77), by=line, at=stage.at(-77))
    casework.register_contact(
        case=case,
        kind="contact",
        held_at=stage.at(-9, 16, 20),
        channel="sms",
        initiator="citizen",
        by=line,
        at=stage.at(-9, 16, 20),
        agreements="Jonas skrev, at listen er god, og at han gerne vil have flere timer.",
        next_step="Besøg på Solkrogen",
        next_step_on=stage.day(3),
    )
    return case
