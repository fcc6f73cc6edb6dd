"""The shared register around the histories: who speaks for the firms, delimited tasks, confirmations, talks with employers."""

from jobformidler.accounts.enums import Role
from jobformidler.demo import names
from jobformidler.demo.firms import CONTACTS, HOTEL, SOLKROGEN, TRAELAST, Firm
from jobformidler.demo.setting import Stage
from jobformidler.employers import actions as employers
from jobformidler.employers.models import Workplace
from jobformidler.openings import actions as openings
from jobformidler.openings.models import Place

#: The day the places' file was read: what nobody has confirmed since then is stale.
PLACES_READ = -75
TALKS = (
    ("cooperation", "Fortalte om opgaver, vi kan hjælpe med. Vi må gerne komme forbi."),
    ("cooperation", "Vi talte om, hvilke opgaver ingen når."),
    ("information", "Sendte reglerne for løntimer ved siden af ydelsen."),
    ("job_order", "De mangler en til lageret tre formiddage om ugen."),
    ("follow_up", "Alt går godt. De vil gerne have en mere til foråret."),
    ("campaign", "Inviteret til morgenmøde i december."),
)


def firms_of_the_tour(stage: Stage) -> None:
    """Contact persons, tasks and talks of the three firms: refusal and yes, help at once, two teams in one week."""
    nadia, bjarke = stage.user("Nadia"), stage.user("Bjarke")
    works = {firm.p_number: Workplace.objects.get(p_number=firm.p_number) for firm in (TRAELAST, SOLKROGEN, HOTEL)}
    for p_number, (name, title, level, phone, mail) in CONTACTS.items():
        known = works[p_number].contacts.filter(name=name).first()
        values = {"title": title, "level": level, "phone": phone, "email": mail}
        if known:
            employers.edit_contact_person(person=known, version=known.version, by=nadia, at=stage.at(-760), **values)
        else:
            employers.register_contact_person(
                workplace=works[p_number], name=name, by=nadia, at=stage.at(-760), **values
            )
    employers.register_contact_person(
        workplace=works[SOLKROGEN.p_number],
        name="Hanne Skovsiv",
        title="tillidsrepræsentant",
        level="employee_rep",
        phone="00 00 00 75",
        by=nadia,
        at=stage.at(-300),
    )
    for firm, by, day, purpose, note, next_step, next_on in (
        (TRAELAST, nadia, -740, "cooperation", "Afviste: »medarbejderne vil ikke«.", "", None),
        (TRAELAST, nadia, -160, "cooperation", "Møde med hele holdet. De sagde selv, hvad de ikke når.", "", None),
        (TRAELAST, nadia, -130, "job_order", "Ja til en, der tager imod varer og sætter prisskilte på.", "", None),
        (SOLKROGEN, nadia, -300, "partnership", "Medarbejderrepræsentanten er med på fire pladser.", "", None),
        (SOLKROGEN, nadia, -25, "follow_up", "Fire pladser, tre i brug. Få forløb har fået løntimer.", "", None),
        (HOTEL, nadia, -330, "company_centre", "Fem pladser, hvis holdet kommer samlet.", "", None),
        (HOTEL, nadia, -6, "follow_up", "Vaskeriet mangler en om fredagen.", "Besøg hos Kim", 9),
        (HOTEL, bjarke, -5, "job_order", "Spurgte om en plads i køkkenet.", "", None),
    ):
        employers.log_contact(
            workplace=works[firm.p_number],
            purpose=purpose,
            held_at=stage.at(day, 10),
            by=by,
            at=stage.at(day, 11),
            note=note,
            next_step=next_step,
            next_step_on=stage.day(next_on) if next_on is not None else None,
        )
    for firm, networks, agreements in (
        (TRAELAST, ("Fjordby Erhvervsforum",), ()),
        (SOLKROGEN, (), ("Partnerskabsaftale om fire pladser", "Serviceaftale om sygefravær")),
        (HOTEL, ("Fjordby Erhvervsforum", "Netværk for hoteller"), ("Virksomhedscenter, fem pladser",)),
    ):
        employers.edit_workplace(
            workplace=works[firm.p_number],
            version=None,
            networks=networks,
            agreements=agreements,
            by=nadia,
            at=stage.at(-60),
        )
    for firm, texts in (
        (TRAELAST, (("Varemodtagelse og prisskilte", 10),)),
        (SOLKROGEN, (("Køre skilte ud", 2), ("Fylde depoter op", 5))),
        (HOTEL, (("Lægge linned sammen", 8), ("Pakke i vogne", 4))),
    ):
        place = Place.objects.filter(workplace=works[firm.p_number]).order_by("pk")[0]
        for text, hours in texts:
            openings.add_task(
                place=place,
                text=text,
                weekly_hours=hours,
                competence="Kan lære det på stedet",
                pay_condition="Når opgaven klares alene",
                by=nadia,
                at=stage.at(-70),
            )
        openings.confirm_place(place=place, by=nadia, at=stage.at(-20))


def everybody_else(stage: Stage, firms: list[Firm]) -> None:
    """Three places in four are confirmed since the file was read, a third have tasks, and some have closed."""
    rng = stage.rng
    consultants = stage.with_role(Role.EMPLOYER_CONSULTANT)
    special = {TRAELAST.p_number, SOLKROGEN.p_number, HOTEL.p_number}
    for place in Place.objects.exclude(workplace__p_number__in=special).select_related("workplace").order_by("pk"):
        by = rng.choice(consultants)
        if rng.random() < 0.75:
            openings.confirm_place(place=place, by=by, at=stage.at(-rng.randint(1, 55), 11))
        if rng.random() < 0.33:
            openings.add_task(
                place=place,
                text=place.tasks.split(",")[0].strip(),
                weekly_hours=min(place.hours_min, place.hours_max) or 2,
                pay_condition="Når opgaven klares alene",
                by=by,
                at=stage.at(-30, 11),
            )
    for work in Workplace.objects.filter(p_number__in=[firm.p_number for firm in firms[3:]]).order_by("pk"):
        if rng.random() < 0.25:
            purpose, note = rng.choice(TALKS)
            day = -rng.randint(2, 160)
            ahead = rng.random() < 0.2
            employers.log_contact(
                workplace=work,
                purpose=purpose,
                held_at=stage.at(day, 9),
                by=rng.choice(consultants),
                at=stage.at(day, 10),
                note=note,
                next_step=rng.choice(names.NEXT_STEPS[:2]) if ahead else "",
                next_step_on=stage.day(rng.randint(3, 40)) if ahead else None,
            )


def close_some(stage: Stage) -> None:
    """A few places nobody uses have closed."""
    free = Place.objects.filter(placements=None, closed_on=None).order_by("pk")
    for place in free[::12]:
        openings.close_place(place=place, on=stage.day(-2), by=stage.user("Nadia"), at=stage.at(-2, 11))
