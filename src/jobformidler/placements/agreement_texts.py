"""The fixed words of the work agreement: the three purposes as quoted, and the texts an agreement starts with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.placements.enums import Purpose


@dataclass(frozen=True)
class PurposeText:
    """A purpose in the words of the source: the same text for citizen, workplace and professionals (PLC-02)."""

    short: str
    full: str


#: Quoted from «Flere skal med 2», 2019: never rewritten, never translated.
PURPOSES: dict[str, PurposeText] = {
    Purpose.TOWARDS_HOURS: PurposeText(
        "På vej mod ordinære timer", "Virksomhedspraktik med ordinære timer eller udsigt til ordinære timer"
    ),
    Purpose.COMPETENCES: PurposeText(
        "Dokumentation af kompetencer til CV", "Virksomhedspraktik for at optræne specifikke kompetencer"
    ),
    Purpose.CLARIFY: PurposeText("Er det noget for mig?", "Virksomhedspraktik for at afklare jobmål og kompetencer"),
}

#: What can come after the placement (PLC-15), in the order of the choice.
PROSPECTS = {
    "more_hours": gettext_lazy("more paid hours here"),
    "job": gettext_lazy("an ordinary job here"),
    "wage_subsidy": gettext_lazy("wage subsidy here"),
    "extension": gettext_lazy("a longer placement here"),
    "new_company": gettext_lazy("a new workplace"),
    "education": gettext_lazy("education"),
}

NOT_A_CONTRACT = gettext_lazy(
    "The agreement is not a contract of employment. The employer makes a contract of employment for the paid hours."
)


def clause(name: str) -> str:
    """The ordinary-hours clause (PLC-04)."""
    return _("When %(name)s masters a task, the workplace pays ordinary wages for it, as the plan below says.") % {
        "name": name
    }


def contact_task(name: str) -> str:
    """What the contact person at the workplace does (PLC-08)."""
    return _(
        "Helps %(name)s settle in with colleagues and tasks, helps reach the goals, and says early if something is in"
        " the way of staying or of more hours."
    ) % {"name": name}


def economy() -> str:
    """Who pays what (PLC-T2)."""
    return _(
        "Internship hours are without wages. Paid hours are paid by the workplace at the ordinary rate for the work."
    )


def insurance() -> str:
    """Who is insured by whom."""
    return _(
        "The municipality insures the citizen for injury and damage in internship hours. In paid hours the workplace's"
        " own insurance applies."
    )


def absence(jobformidler: str, phone: str) -> str:
    """What to do on a day one cannot come (PLC-22)."""
    return _(
        "The citizen calls the contact person before the working day begins. The workplace reports the hours of the"
        " week and whether there was absence, never why. %(name)s can be reached on %(phone)s."
    ) % {"name": jobformidler, "phone": phone or "–"}


def answer_by() -> str:
    """When the workplace has an answer from the jobformidler."""
    return _("before 12 o'clock the next day")
