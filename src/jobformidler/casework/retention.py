"""What happens to the case, and when: the rule that ends a citizen's time counts from the last case that was closed."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Case
from jobformidler.citizens.actions.forgetting import anonymise_citizen
from jobformidler.citizens.models import Anonymisation, Citizen, LegalHold
from jobformidler.core import clock
from jobformidler.core.models import Event
from jobformidler.core.retention import DataType, Found, classify, register_type

OF = "case_id by_id"
WITHDRAWN = "withdrawn_at withdrawn_by_id"
TEXT = "texts go; kinds and dates are the statistics"

classify(
    "casework.Case",
    title=_("The case"),
    keep="citizen_id unit_id status status_since opened_on closed_on outcome aftercare_until meeting_holder"
    " effort_model next_step_on",
    anonymise="number=number outcome_note next_step",
    why="the way of the case by dates is the statistics",
)
classify(
    "casework.Assignment", title=_("Who has helped"), keep=f"{OF} user_id role period", anonymise="reason", why=TEXT
)
classify("casework.ContactRhythm", title=_("Agreed rhythm"), keep=f"{OF} days since", anonymise="reason", why=TEXT)
classify(
    "casework.Exemption",
    title=_("Exemptions from the share of the target group"),
    keep=f"{WITHDRAWN} {OF} about decided_on",
    anonymise="withdrawn_reason reason",
    why=TEXT,
)
classify("casework.Attention", rows="delete", why="a work list made from the other tables; empty for closed cases")
classify(
    "casework.LetterRun",
    keep="cases letters by_id asked_at status progress ready_at expires_at fetched_at content",
    why="the file to print is emptied after seven days; the letters themselves go with the citizen",
)
classify(
    "casework.Contact",
    title=_("Conversations and contacts"),
    keep=f"{WITHDRAWN} transferred_on {OF} kind at channel initiator workplace_id ordinary_hours_raised ticked"
    " meeting_holder next_step_on",
    anonymise="withdrawn_reason transfer_receipt place purpose agreements next_step corrected_reason",
    why=TEXT,
)
classify("casework.Participant", title=_("Who took part"), keep="contact_id part user_id", anonymise="name", why=TEXT)
classify(
    "casework.Appointment",
    title=_("Appointments"),
    keep=f"{OF} kind at workplace_id status contact_id",
    anonymise="what where without_jobformidler_reason",
    why=TEXT,
)
classify("casework.AppointmentUser", keep="appointment_id user_id", why="which employees were invited")
classify(
    "casework.Enquiry",
    title=_("Messages"),
    keep=f"{OF} sender workplace_id received_at due_at answered_at answered_by_id",
    anonymise="sender_name text answer",
    why="how fast was answered is the statistics",
)
classify(
    "casework.CitizenEntry",
    title=_("What the citizen wrote"),
    keep=f"{OF} kind about_type about_id at read_at read_by_id",
    anonymise="text about",
    why=TEXT,
)
classify(
    "casework.Presentation",
    title=_("Presented to workplaces"),
    keep="case_id contact_id",
    why="that a workplace was contacted about somebody",
)
classify(
    "casework.Promise",
    title=_("Promises"),
    keep=f"{WITHDRAWN} {OF} owner_id due_on kept_on",
    anonymise="withdrawn_reason what owner_name",
    why=TEXT,
)
classify(
    "casework.Incident",
    title=_("Attendance"),
    keep=f"{WITHDRAWN} {OF} kind on",
    anonymise="withdrawn_reason what reporter",
    why=TEXT,
)
classify(
    "casework.JournalNote",
    title=_("Notes"),
    keep=f"{OF} at corrects_id confidential",
    anonymise="text sealed",
    why=TEXT,
)
classify("casework.Document", title=_("Documents"), rows="delete", why="the file goes with its row")
classify(
    "casework.Decision",
    title=_("Decisions"),
    keep=f"{OF} kind status status_since subject_type subject_id outcome law paragraph recommended_by_id recommended_at"
    " decided_by_id decided_at guidance delivered_on delivery complaint_until replaces_id",
    anonymise="title facts reasons recommendation rejected_reason no_hearing_reason receipt changed_reason",
    why="who decided what, when and by which paragraph stays",
)
classify(
    "casework.Hearing",
    title=_("Hearings"),
    keep=f"{OF} decision_id sent_at first_due_on due_on answered_at answered_by_id",
    anonymise="text extended_reason answer",
    why=TEXT,
)
classify(
    "casework.Complaint",
    title=_("Complaints"),
    keep=f"{OF} decision_id received_on reassess_by status status_since reassessed_on forwarded_on closed_on outcome",
    anonymise="text complainant late_reason receipt note",
    why=TEXT,
)
classify(
    "casework.Plan",
    title=_("The plan"),
    keep=f"{OF} transferred_on started_on activity_registered_on activity_updated_on goal_registered_on goal_updated_on",
    anonymise="transfer_receipt",
    why=TEXT,
)
classify("casework.Goal", title=_("Goals"), keep="plan_id letter wish_id", anonymise="text detail", why=TEXT)
classify(
    "casework.SubGoal",
    title=_("Small steps"),
    keep=f"{WITHDRAWN} goal_id due_on status status_on",
    anonymise="withdrawn_reason text measure",
    why=TEXT,
)
classify(
    "casework.PlanActivity",
    title=_("Activities"),
    keep=f"{WITHDRAWN} plan_id starts_on ends_on",
    anonymise="withdrawn_reason text",
    why=TEXT,
)

classify(
    "casework.GroupNote", title=_("Groups of the 3-group model"), keep=f"{OF} group since", anonymise="why", why=TEXT
)
classify("casework.GroupText", keep="group name status focus", why="the municipality's own words; about nobody")
classify("casework.MatchNote", title=_("Match categories"), keep=f"{OF} category since", anonymise="source", why=TEXT)
classify(
    "casework.EffortNote", title=_("The municipality's own effort"), keep=f"{OF} status on", anonymise="note", why=TEXT
)
classify("casework.Review", title=_("Re-assessments"), keep=f"{OF} approval_id step on", anonymise="note", why=TEXT)
classify(
    "casework.PensionQuestion",
    title=_("Whether the papers are enough"),
    keep=f"{OF} answer answered_on",
    anonymise="why",
    why=TEXT,
)
classify(
    "casework.ChosenEducation",
    title=_("Chosen education"),
    keep=f"{WITHDRAWN} {OF} starts_on ends_on responsible_id",
    anonymise="withdrawn_reason title",
    why=TEXT,
)


def _finished(before: dt.date) -> QuerySet[Citizen]:
    """Citizens all of whose cases were closed, the last one before the day, and who are not anonymised."""
    cases = Case.objects.filter(citizen=OuterRef("pk"))
    return (
        Citizen.objects.annotate(last=Max("cases__closed_on"))
        .filter(last__lt=before)
        .exclude(Exists(cases.exclude(status=CaseStatus.CLOSED)))
        .exclude(Exists(Anonymisation.objects.filter(citizen=OuterRef("pk"))))
    )


def _without_case(before: dt.date) -> QuerySet[Citizen]:
    """Citizens without any case, about whom nothing has happened since the day."""
    events = Event.objects.filter(citizen_id=OuterRef("pk"), at__gte=clock.at_time(before, 0))
    return (
        Citizen.objects.exclude(Exists(Case.objects.filter(citizen=OuterRef("pk"))))
        .exclude(Exists(events))
        .filter(Exists(Event.objects.filter(citizen_id=OuterRef("pk"))))
        .exclude(Exists(Anonymisation.objects.filter(citizen=OuterRef("pk"))))
    )


def _free(rows: QuerySet[Citizen]) -> QuerySet[Citizen]:
    return rows.exclude(Exists(LegalHold.objects.in_force().filter(citizen=OuterRef("pk"))))


def _held(rows: QuerySet[Citizen]) -> int:
    return rows.filter(Exists(LegalHold.objects.in_force().filter(citizen=OuterRef("pk")))).count()


def _cases(before: dt.date) -> Sequence[Found]:
    numbers: dict[int, list[str]] = {}
    rows = _free(_finished(before)).order_by("pk").values_list("pk", "cases__number")
    for pk, number in rows:
        numbers.setdefault(pk, []).append(number)
    return [Found(pk, ", ".join(sorted(found))) for pk, found in numbers.items()]


def _strangers(before: dt.date) -> Sequence[Found]:
    return [Found(pk, f"#{pk}") for pk in _free(_without_case(before)).order_by("pk").values_list("pk", flat=True)]


def _end(rule: str):
    def end(found: Found, at: dt.datetime) -> dict[str, int]:
        return anonymise_citizen(citizen=Citizen.objects.get(pk=found.key), rule=rule, at=at)

    return end


register_type(
    DataType(
        "case",
        _("the citizen and the case, counted from the day the last case was closed"),
        60,
        _cases,
        _end("case"),
        lambda before: _held(_finished(before)),
    )
)
register_type(
    DataType(
        "no_case",
        _("citizens who never got a case, counted from what last happened"),
        12,
        _strangers,
        _end("no_case"),
        lambda before: _held(_without_case(before)),
    )
)
