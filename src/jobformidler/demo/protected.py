"""What protects the five of the tour, so that it can be shown: decisions in every state, health, papers, and who looked."""

from django.core.files.uploadedfile import SimpleUploadedFile

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions as casework
from jobformidler.casework.deadlines import hearing_due
from jobformidler.casework.models import Case
from jobformidler.citizens import actions as people
from jobformidler.citizens.answers import Said, To, What
from jobformidler.citizens.looks import Look
from jobformidler.citizens.models import AccessAlert, Citizen
from jobformidler.citizens.sharing import Receiver, ShareField
from jobformidler.demo.setting import Stage


def protect(stage: Stage, citizens: dict[str, Citizen]) -> None:
    """Everything below, for the citizens of the tour by their keys. Days are counted from day 0."""
    found = Case.objects.select_related("citizen", "municipality", "unit")
    cases = {key: found.get(citizen=citizens[key]) for key in ("mona", "jonas", "bent", "karin")}
    decisions(stage, cases)
    health_and_papers(stage, cases)
    shared_plan(stage, citizens["jonas"])
    looks(stage, citizens)


def decisions(stage: Stage, cases: dict[str, Case]) -> None:
    """One granted and sent, one being heard, one complained about, one recommended."""
    line, peter = stage.user("Line"), stage.user("Peter")
    mentor = casework.prepare_decision(
        case=cases["jonas"],
        kind="aid_grant",
        title="Mentor to timer om ugen",
        outcome="granted",
        paragraph="de gældende regler om mentorstøtte",
        facts="Jonas begynder på Plejecenter Solkrogen og har bedt om en, der spørger til ham om morgenen.",
        reasons="En fast mentor de første uger gør det muligt at møde hver dag.",
        by=peter,
        at=stage.at(-77, 10),
    )
    casework.decide(decision=mentor, by=peter, at=stage.at(-77, 13))
    casework.deliver_decision(decision=mentor, on=stage.day(-76), how="digital", by=peter, at=stage.at(-76, 9))
    heard = casework.prepare_decision(
        case=cases["karin"],
        kind="aid_grant",
        title="Hæve-sænke-bord til bageriet",
        outcome="refused",
        paragraph="de gældende regler om hjælpemidler",
        facts="Karin arbejder to timer om ugen i bageriet. Bageriet har ét bord, der kan hæves.",
        reasons="Bordet i bageriet kan bruges i de to timer.",
        by=peter,
        at=stage.at(-5, 10),
    )
    casework.send_hearing(
        decision=heard,
        text="Er det rigtigt, at bordet i bageriet kan bruges i de timer, du arbejder?",
        due_on=hearing_due(stage.day(-5)),
        by=peter,
        at=stage.at(-5, 11),
    )
    refused = casework.prepare_decision(
        case=cases["bent"],
        kind="aid_grant",
        title="Særlig kontorstol",
        outcome="refused",
        paragraph="de gældende regler om hjælpemidler",
        facts="Bent sidder i receptionen 12 timer om ugen. Hotellet har tilbudt en kontorstol.",
        reasons="Stolen, hotellet har tilbudt, dækker behovet.",
        by=peter,
        at=stage.at(-55, 10),
    )
    hearing = casework.send_hearing(
        decision=refused,
        text="Har du prøvet stolen fra hotellet?",
        due_on=hearing_due(stage.day(-55)),
        by=peter,
        at=stage.at(-55, 11),
    )
    casework.answer_hearing(
        hearing=hearing, answer="Ja, en uge. Den er for lav til mine knæ.", by=line, at=stage.at(-45, 10)
    )
    casework.decide(decision=refused, by=peter, at=stage.at(-38, 10))
    casework.deliver_decision(decision=refused, on=stage.day(-38), how="digital", by=peter, at=stage.at(-38, 14))
    casework.receive_complaint(
        case=cases["bent"],
        decision=refused,
        text="Stolen er for lav. Jeg har et brev fra fysioterapeuten.",
        received_on=stage.day(-13),
        by=peter,
        at=stage.at(-13, 9),
    )
    casework.prepare_decision(
        case=cases["mona"],
        kind="aid_grant",
        title="Mentor de første uger med 10 timer",
        recommendation="Torben har ikke tid tirsdag morgen. En mentor to tirsdage gør, at Mona kan nå leverancen.",
        by=line,
        at=stage.at(-4, 12),
    )


def health_and_papers(stage: Stage, cases: dict[str, Case]) -> None:
    """What an impairment means for the work, a note between the two who help, and two papers."""
    line, jonas = stage.user("Line"), cases["jonas"]
    people.add_impairment(
        citizen=jonas.citizen,
        meaning="Mister overblikket, når der sker flere ting på én gang.",
        options="Klarer en hel formiddag, når listen er skrevet, og der er ro.",
        by=line,
        at=stage.at(-214, 12),
    )
    casework.write_note(
        case=jonas,
        text="Jonas bliver urolig, hvis mødet flyttes samme dag. Vi ringer altid dagen før.",
        confidential=True,
        by=line,
        at=stage.at(-80, 12),
    )
    for case, name, kind, text, offset in (
        (jonas, "Udtalelse fra lægen.txt", "medical", "Jonas har brug for ro og faste rammer om formiddagen.", -205),
        (cases["mona"], "CV Mona.txt", "cv", "Lager og varemodtagelse. Kantine. Regnskab for foreningen.", -100),
    ):
        paper = SimpleUploadedFile(name, text.encode())
        casework.add_document(case=case, upload=paper, kind=kind, by=line, at=stage.at(offset, 13))


def shared_plan(stage: Stage, citizen: Citizen) -> None:
    """The citizen lets a professional of the family department read goals and small steps."""
    hanne = stage.user("Hanne")
    people.register_answer(
        citizen=citizen,
        what=What([ShareField.GOALS, ShareField.SUB_GOALS]),
        to=To(Receiver.PROFESSIONAL, f"{hanne.name}, {hanne.title}", user=hanne),
        purpose="Så vi trækker samme vej",
        said=Said(),
        by=stage.user("Line"),
        at=stage.at(-20, 10),
    )


def looks(stage: Stage, citizens: dict[str, Citizen]) -> None:
    """A wrong number looked up and explained; an emergency access of last week, with its alert, not looked at yet."""
    yusuf, samir, vibeke = stage.user("Yusuf"), stage.user("Samir"), stage.user("Vibeke")
    sofie, karin, tenant = citizens["sofie"], citizens["karin"], stage.municipality
    people.log_looks(
        looks=[Look(tenant.pk, sofie.pk, "now", refused=True)],
        user=yusuf,
        at=stage.at(-33, 9, 20),
        role=Role.JOBFORMIDLER,
        unit_id=stage.unit_of[yusuf.name].pk,
    )
    people.find_alerts(municipality=tenant, since=stage.at(-33, 0), at=stage.at(-32, 0))
    for alert in AccessAlert.objects.filter(user=yusuf):
        people.handle_alert(
            alert=alert,
            state="justified",
            note="Yusuf tastede et forkert sagsnummer. Siden blev ikke vist.",
            by=vibeke,
            at=stage.at(-32, 10),
        )
    access = people.open_emergency(
        citizen=karin,
        reason_kind="at_the_door",
        reason="Karin stod i receptionen og var utryg. Line og Peter var ude af huset.",
        by=samir,
        at=stage.at(-4, 15, 40),
    )
    people.log_looks(
        looks=[Look(tenant.pk, karin.pk, page, "break_glass") for page in ("now", "timeline")],
        user=samir,
        at=stage.at(-4, 15, 42),
        role=Role.CASEWORKER,
        unit_id=stage.unit_of[samir.name].pk,
    )
    people.end_emergency(access=access, by=samir, at=stage.at(-4, 16, 10))
    people.find_alerts(municipality=tenant, since=stage.at(-4, 0), at=stage.at(-3, 0))
