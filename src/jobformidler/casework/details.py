"""What the rows of casework and citizens add to their entries in the timeline."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.casework.models import (
    Appointment,
    Assignment,
    Case,
    Contact,
    ContactRhythm,
    Enquiry,
    Goal,
    Incident,
    JournalNote,
    PlanActivity,
    Promise,
    SubGoal,
)
from jobformidler.casework.timeline import Detail, register_detail
from jobformidler.casework.words import exact_day
from jobformidler.citizens.models import CV, Competence, Consideration, TaskAbility, Wish
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


def _assignment(row: Assignment) -> Detail:
    return Detail(_lines((_("Why"), row.reason)), happened_at=row.period.lower)


def _rhythm(row: ContactRhythm) -> Detail:
    return Detail(_lines((_("Why another rhythm"), row.reason)), happened_at=row.since)


def _enquiry(row: Enquiry) -> Detail:
    return Detail(_lines((_("Message"), row.text), (_("Answer"), row.answer)))


def _appointment(row: Appointment) -> Detail:
    return Detail(
        _lines(
            (_("What"), row.what),
            (_("When"), f"{exact_day(row.at)}"),
            (_("Where"), row.where or (row.workplace.name if row.workplace else "")),
            (_("Why the jobformidler is not invited"), row.without_jobformidler_reason),
        )
    )


def _promise(row: Promise) -> Detail:
    due = exact_day(row.due_on) if row.due_on else ""
    return Detail(_lines((_("What"), row.what), (_("Who"), row.owner_name), (_("No later than"), due)))


def _incident(row: Incident) -> Detail:
    return Detail(_lines((_("What happened"), row.what), (_("Reported by"), row.reporter)), happened_at=row.on)


def _case(row: Case) -> Detail:
    return Detail(_lines((_("About the outcome"), row.outcome_note)))


def _goal(row: Goal) -> Detail:
    wish = f"»{row.wish.text}«" if row.wish else ""
    return Detail(_lines((_("Job goal"), row.text), (_("More about it"), row.detail), (_("Starts from"), wish)))


def _sub_goal(row: SubGoal) -> Detail:
    due = exact_day(row.due_on) if row.due_on else ""
    return Detail(_lines((_("Small step"), row.text), (_("Reached when"), row.measure), (_("By"), due)))


def _text(label: str | Lazy) -> Callable[[Any], Detail]:
    def detail(row: Any) -> Detail:
        return Detail(_lines((str(label), row.text)))

    return detail


def _cv(row: CV) -> Detail:
    return Detail(_lines((_("Kind"), row.get_kind_display()), (_("In short"), row.summary)))


def _competence(row: Competence) -> Detail:
    origin = labels("competence_origin").get(row.origin, row.origin)
    return Detail(_lines((_("What"), row.text), (_("Where it comes from"), origin), (_("Tasks"), ", ".join(row.tasks))))


register_detail(
    "casework.contact", lambda: Contact.objects.select_related("workplace").prefetch_related("participants"), _contact
)
register_detail("casework.assignment", Assignment.objects.all, _assignment)
register_detail("casework.contactrhythm", ContactRhythm.objects.all, _rhythm)
register_detail("casework.enquiry", Enquiry.objects.all, _enquiry)
register_detail("casework.appointment", lambda: Appointment.objects.select_related("workplace"), _appointment)
register_detail("casework.promise", Promise.objects.all, _promise)
register_detail("casework.incident", Incident.objects.all, _incident)
register_detail("casework.journalnote", JournalNote.objects.all, _text(gettext_lazy("Note")))
register_detail("casework.case", Case.objects.all, _case)
register_detail("casework.goal", lambda: Goal.objects.select_related("wish"), _goal)
register_detail("casework.subgoal", SubGoal.objects.all, _sub_goal)
register_detail("casework.planactivity", PlanActivity.objects.all, _text(gettext_lazy("Activity")))
register_detail("citizens.cv", CV.objects.all, _cv)
register_detail("citizens.competence", Competence.objects.all, _competence)
register_detail("citizens.consideration", Consideration.objects.all, _text(gettext_lazy("To be taken into account")))
register_detail("citizens.taskability", TaskAbility.objects.all, _text(gettext_lazy("Task")))
register_detail("citizens.wish", Wish.objects.all, _text(gettext_lazy("Wish")))
