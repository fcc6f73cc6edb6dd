"""The five citizens of the tour, each with the history the tour tells. Days are counted from day 0, a Monday."""

from decimal import Decimal

from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case
from jobformidler.citizens import actions as people
from jobformidler.citizens.models import Citizen
from jobformidler.demo.firms import HOTEL, SOLKROGEN, TRAELAST
from jobformidler.demo.path import first_talk, hours, place_at, sign_and_approve
from jobformidler.demo.setting import Stage
from jobformidler.employers.models import ContactPerson, Workplace
from jobformidler.placements import actions as placements
from jobformidler.registers import actions as registers

ALL_ITEMS = ("ordinary_hours", "wishes", "small_jobs", "examples", "cv")


def _open(stage: Stage, citizen: Citizen, offset: int, **values) -> Case:
    line, peter = stage.user("Line"), stage.user("Peter")
    return casework.open_case(
        citizen=citizen,
        unit=stage.units[0],
        jobformidler=line,
        caseworker=peter,
        effort_model="jobfirst",
        by=peter,
        at=stage.at(offset, 9),
        confirm_over_limit=True,
        **values,
    )


def mona(stage: Stage, citizen: Citizen) -> Case:
    """The whole ladder: four weeks' internship, two paid hours, then five, ten is next; 13 weeks in a week."""
    line, torben = stage.user("Line"), ContactPerson.objects.get(name="Torben Enebær")
    case = _open(stage, citizen, -108)
    first_talk(stage, case, -105, next_step="Starte CV sammen", next_on=-104)
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
    placement = place_at(
        stage,
        case,
        TRAELAST,
        proposed=-94,
        starts=-84,
        purpose="towards_hours",
        contact=torben,
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
    for offset in (-70, -56, -42, -28, -14):
        placements.follow_up(
            placement=placement,
            held_at=stage.at(offset, 13),
            by=line,
            at=stage.at(offset, 14),
            hours_said="Vi talte om flere løntimer, når leverancen sidder fast.",
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
        next_step="Besøg hos Torben",
        next_step_on=stage.day(0),
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
    return case


def jonas(stage: Stage, citizen: Citizen) -> Case:
    """Knows the task, lacks hours; a stopped course behind him; no contact for nine days."""
    line = stage.user("Line")
    birte = ContactPerson.objects.get(name="Birte Vejbred")
    case = _open(stage, citizen, -220)
    first_talk(stage, case, -216, next_step="Starte CV sammen", next_on=-212)
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
    people.start_cv(citizen=citizen, kind="personal", on=stage.day(-212), by=line, at=stage.at(-212))
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
        stage_firm(3),
        proposed=-190,
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
    placement = place_at(
        stage,
        case,
        SOLKROGEN,
        proposed=-88,
        starts=-77,
        purpose="competences",
        contact=birte,
        tasks="kører skilte ud og fylder depoter op",
        weeks=16,
        next_step="Løntimer for skiltekørslen",
        steps=(("Skiltekørsel", "alene", 2, -35), ("Opfyldning", "alene", 5, -7)),
    )
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
    casework.agree_rhythm(case=case, days=7, reason="", since=stage.day(-77), by=line, at=stage.at(-77))
    casework.register_contact(
        case=case,
        kind="contact",
        held_at=stage.at(-9, 13),
        channel="phone",
        by=line,
        at=stage.at(-9, 13),
        agreements="Jonas har det godt i depotet.",
        next_step="Besøg på Solkrogen",
        next_step_on=stage.day(3),
    )
    return case


def stage_firm(number: int):
    """The n-th firm of the small demo: always the same."""
    import random

    from jobformidler.demo.firms import firms

    return firms(random.Random(1), number + 1)[number]  # noqa: S311  # a demo, not a secret


def sofie(stage: Stage, citizen: Citizen) -> Case:
    """Approved to fleksjob; maternity leave; asked for another provider and chooses tomorrow."""
    line, peter = stage.user("Line"), stage.user("Peter")
    registers.approve_fleksjob(citizen=citizen, approved_on=stage.day(-448), by=None, at=stage.at(-448))
    case = _open(stage, citizen, -112)
    first_talk(stage, case, -103, next_step="Starte CV sammen", next_on=-98)
    people.add_wish(
        citizen=citizen, text="Noget med børn eller bøger, og hjemme kl. 15.", by=line, at=stage.at(-103, 11)
    )
    people.start_cv(citizen=citizen, kind="personal", on=stage.day(-98), by=line, at=stage.at(-98))
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
    registers.approve_fleksjob(citizen=citizen, approved_on=stage.day(-539), by=None, at=stage.at(-539))
    case = _open(stage, citizen, -350)
    first_talk(stage, case, -346, next_step="Starte CV sammen", next_on=-340)
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
    casework.start_plan(case=case, by=line, at=stage.at(-338))
    casework.set_goal(
        case=case,
        letter="a",
        text="Kontor med faste opgaver",
        by=line,
        at=stage.at(-338),
        detail="Fra tømrer til kontor.",
    )
    placement = place_at(
        stage,
        case,
        HOTEL,
        proposed=-330,
        starts=-322,
        purpose="towards_hours",
        contact=kim,
        function="Kontor",
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
    casework.close_case(
        case=Case.objects.get(pk=case.pk),
        outcome="fleksjob",
        note="Havnens Hotel, 12 timer om ugen",
        by=peter,
        at=stage.at(-84, 10),
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
    registers.approve_fleksjob(citizen=citizen, approved_on=stage.day(-387), by=None, at=stage.at(-387))
    case = _open(stage, citizen, -300)
    first_talk(stage, case, -296, next_step="Starte CV sammen", next_on=-290)
    people.add_wish(
        citizen=citizen, text="Mine to timer i bageriet. De er ugens bedste.", by=line, at=stage.at(-296, 11)
    )
    people.start_cv(citizen=citizen, kind="personal", on=stage.day(-290), by=line, at=stage.at(-290))
    casework.start_plan(case=case, by=line, at=stage.at(-288))
    casework.set_goal(case=case, letter="a", text="Flere timer i bageriet", by=line, at=stage.at(-288))
    casework.agree_rhythm(
        case=case,
        days=14,
        reason="Karin har bedt om ro mellem samtalerne.",
        since=stage.day(-280),
        by=line,
        at=stage.at(-280),
    )
    bakery = stage_firm(4)
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


STORIES = {"mona": mona, "jonas": jonas, "sofie": sofie, "bent": bent, "karin": karin}
