"""What the rows of casework and citizens add to their entries in the timeline."""

from collections.abc import Callable
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.casework.documents import DocumentKind
from jobformidler.casework.models import Contact
from jobformidler.casework.timeline import Detail, Row, register_detail, register_row
from jobformidler.casework.words import exact_day
from jobformidler.citizens.enums import CvKind
from jobformidler.core.lists import labels


def _lines(*pairs: tuple[str, Any]) -> tuple[tuple[str, str], ...]:
    """The pairs that have something to say."""
    return tuple((label, str(text)) for label, text in pairs if text)


def _contact(row: Contact) -> Detail:
    known = labels("first_conversation") if row.ticked else {}
    hours = {True: _("yes"), False: _("no"), None: ""}[row.ordinary_hours_raised]
    step = f"{row.next_step} ({exact_day(row.next_step_on)})" if row.next_step and row.next_step_on else row.next_step
    return Detail(
        _lines(
            (_("With"), ", ".join(person.name for person in row.participants.all())),
            (_("How"), row.get_channel_display()),
            (_("Where"), row.place or (row.workplace.name if row.workplace else "")),
            (_("What it was for"), row.purpose),
            (_("Talked about ordinary hours"), hours),
            (_("What we talked about"), ", ".join(known.get(code, code) for code in row.ticked)),
            (_("What we agreed"), row.agreements),
            (_("Next step"), step),
        ),
        happened_at=row.at,
        corrected=row.corrected_reason,
    )


def _assignment(row: Row) -> Detail:
    return Detail(_lines((_("Why"), row.text)), happened_at=row.on)


def _rhythm(row: Row) -> Detail:
    return Detail(_lines((_("Why another rhythm"), row.text)), happened_at=row.on)


def _enquiry(row: Row) -> Detail:
    return Detail(_lines((_("Message"), row.text), (_("Answer"), row.more)))


def _entry(row: Row) -> Detail:
    return Detail(_lines((_("About"), row.more), (_("Message"), row.text)))


def _appointment(row: Row) -> Detail:
    return Detail(
        _lines(
            (_("What"), row.text),
            (_("When"), exact_day(row.moment) if row.moment else ""),
            (_("Where"), row.more),
            (_("Why the jobformidler is not invited"), row.other),
        )
    )


def _promise(row: Row) -> Detail:
    due = exact_day(row.on) if row.on else ""
    return Detail(_lines((_("What"), row.text), (_("Who"), row.more), (_("No later than"), due)))


def _incident(row: Row) -> Detail:
    return Detail(_lines((_("What happened"), row.text), (_("Reported by"), row.more)), happened_at=row.on)


def _goal(row: Row) -> Detail:
    wish = f"«{row.other}»" if row.other else ""
    return Detail(_lines((_("Job goal"), row.text), (_("More about it"), row.more), (_("Starts from"), wish)))


def _sub_goal(row: Row) -> Detail:
    due = exact_day(row.on) if row.on else ""
    return Detail(_lines((_("Small step"), row.text), (_("Reached when"), row.more), (_("By"), due)))


def _text(label: str | Lazy) -> Callable[[Row], Detail]:
    def detail(row: Row) -> Detail:
        return Detail(_lines((str(label), row.text)))

    return detail


def _note(row: Row) -> Detail:
    if not row.text:
        return Detail((("", _("Confidential: it stands under Confidential.")),))
    return Detail(_lines((_("Note"), row.text)))


def _document(row: Row) -> Detail:
    return Detail(_lines((_("Kind"), DocumentKind(row.more).label)))


def _cv(row: Row) -> Detail:
    return Detail(_lines((_("Kind"), CvKind(row.more).label), (_("In short"), row.text)))


def _competence(row: Row) -> Detail:
    origin = labels("competence_origin").get(row.more, row.more)
    return Detail(_lines((_("What"), row.text), (_("Where it comes from"), origin), (_("Tasks"), ", ".join(row.parts))))


register_detail(
    "casework.contact", _contact, lambda: Contact.objects.select_related("workplace").prefetch_related("participants")
)
register_row("casework.assignment", _assignment, text="reason", on="period__startswith")
register_row("casework.contactrhythm", _rhythm, text="reason", on="since")
register_row("casework.enquiry", _enquiry, text="text", more="answer")
register_row(
    "casework.appointment",
    _appointment,
    text="what",
    moment="at",
    more=Coalesce(NullIf("where", Value("")), "workplace__name"),
    other="without_jobformidler_reason",
)
register_row("casework.citizenentry", _entry, text="text", more="about")
register_row("casework.promise", _promise, text="what", more="owner_name", on="due_on")
register_row("casework.incident", _incident, text="what", more="reporter", on="on")
register_row("casework.journalnote", _note, text="text")
register_row("casework.document", _document, more="kind")
register_row("casework.case", _text(gettext_lazy("About the outcome")), text="outcome_note")
register_row("casework.goal", _goal, text="text", more="detail", other="wish__text")
register_row("casework.subgoal", _sub_goal, text="text", more="measure", on="due_on")
register_row("casework.planactivity", _text(gettext_lazy("Activity")), text="text")
register_row("citizens.cv", _cv, text="summary", more="kind")
register_row("citizens.competence", _competence, text="text", more="origin", parts="tasks")
register_row("citizens.consideration", _text(gettext_lazy("To be taken into account")), text="text")
register_row("citizens.taskability", _text(gettext_lazy("Task")), text="text")
register_row("citizens.wish", _text(gettext_lazy("Wish")), text="text")
