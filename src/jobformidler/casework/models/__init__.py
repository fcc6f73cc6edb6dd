"""The case and what happens in it."""

from jobformidler.casework.models.case import Assignment, Attention, Case, ContactRhythm
from jobformidler.casework.models.contact import (
    Appointment,
    AppointmentUser,
    Contact,
    Enquiry,
    Incident,
    JournalNote,
    Participant,
    Promise,
)
from jobformidler.casework.models.decision import Complaint, Decision, Hearing
from jobformidler.casework.models.document import Document
from jobformidler.casework.models.entry import CitizenEntry, Presentation
from jobformidler.casework.models.exemption import Exemption
from jobformidler.casework.models.letters import LetterRun
from jobformidler.casework.models.plan import Goal, Plan, PlanActivity, SubGoal
from jobformidler.casework.models.target import (
    ChosenEducation,
    EffortNote,
    GroupNote,
    GroupText,
    MatchNote,
    PensionQuestion,
    Review,
)

__all__ = [
    "Appointment",
    "AppointmentUser",
    "Assignment",
    "Attention",
    "Case",
    "ChosenEducation",
    "CitizenEntry",
    "Complaint",
    "Contact",
    "ContactRhythm",
    "Decision",
    "Document",
    "EffortNote",
    "Enquiry",
    "Exemption",
    "Goal",
    "GroupNote",
    "GroupText",
    "Hearing",
    "Incident",
    "JournalNote",
    "LetterRun",
    "MatchNote",
    "Participant",
    "PensionQuestion",
    "Plan",
    "PlanActivity",
    "Presentation",
    "Promise",
    "Review",
    "SubGoal",
]
