"""Fixed choices of casework: states of the case, roles in it, kinds of contact."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseStatus(TextChoices):
    """States of a citizen's case (Part 3.1)."""

    CREATED = "created", _("Created")
    ASSIGNED = "assigned", _("Has a jobformidler")
    FIRST_CONVERSATION = "first_conversation", _("First conversation held")
    CV_STARTED = "cv_started", _("CV under way")
    PLAN_MADE = "plan_made", _("Plan made")
    COMPANY_VISIT = "company_visit", _("On company visit")
    MATCHED = "matched", _("Match found")
    IN_PLACEMENT = "in_placement", _("In placement")
    ORDINARY_HOURS = "ordinary_hours", _("Has ordinary hours")
    IN_JOB = "in_job", _("In job, fleksjob or education")
    AFTERCARE = "aftercare", _("Aftercare – the lifeline is open")
    CLOSED = "closed", _("Closed")


#: Before the placement starts the weekly contact is the floor (CON-03).
BEFORE_PLACEMENT = (
    CaseStatus.CREATED,
    CaseStatus.ASSIGNED,
    CaseStatus.FIRST_CONVERSATION,
    CaseStatus.CV_STARTED,
    CaseStatus.PLAN_MADE,
    CaseStatus.COMPANY_VISIT,
    CaseStatus.MATCHED,
)
ACTIVE = (*BEFORE_PLACEMENT, CaseStatus.IN_PLACEMENT, CaseStatus.ORDINARY_HOURS)
OPEN = (*ACTIVE, CaseStatus.IN_JOB, CaseStatus.AFTERCARE)


class Outcome(TextChoices):
    """Why a case closes (CIT-21)."""

    ORDINARY_JOB = "ordinary_job", _("ordinary job")
    EDUCATION = "education", _("education")
    FLEKSJOB = "fleksjob", _("fleksjob")
    OTHER_BENEFIT = "other_benefit", _("other basis of support")
    PENSION = "pension", _("application for førtidspension")
    MOVED = "moved", _("moved away")
    OTHER = "other", _("other")


JOB_OUTCOMES = (Outcome.ORDINARY_JOB, Outcome.EDUCATION, Outcome.FLEKSJOB)


class CaseRole(TextChoices):
    """Who fills which role in a case (JF-04). The jobformidler is employer consultant and mentor unless named apart."""

    JOBFORMIDLER = "jobformidler", _("jobformidler")
    CASEWORKER = "caseworker", _("caseworker")
    EMPLOYER_CONSULTANT = "employer_consultant", _("employer consultant")
    MENTOR = "mentor", _("mentor")
    COVER = "cover", _("cover")


class ContactKind(TextChoices):
    """What a contact was (CON-01)."""

    FIRST_CONVERSATION = "first_conversation", _("First conversation")
    CONVERSATION = "conversation", _("Conversation")
    CONTACT = "contact", _("Contact")
    TASTER_VISIT = "taster_visit", _("Taster visit")
    FOLLOW_UP = "follow_up", _("Follow-up at the workplace")


class Channel(TextChoices):
    """How people met."""

    MEETING = "meeting", _("meeting")
    PHONE = "phone", _("phone")
    VIDEO = "video", _("video")
    MAIL = "mail", _("e-mail")
    SMS = "sms", _("text message")
    LETTER = "letter", _("letter")


class Initiator(TextChoices):
    """Who took the initiative."""

    CITIZEN = "citizen", _("the citizen")
    JOBFORMIDLER = "jobformidler", _("the jobformidler")
    CASEWORKER = "caseworker", _("the caseworker")
    EMPLOYER = "employer", _("the employer")


class Part(TextChoices):
    """As what somebody took part."""

    CITIZEN = "citizen", pgettext_lazy("one person", "citizen")
    JOBFORMIDLER = "jobformidler", _("jobformidler")
    CASEWORKER = "caseworker", _("caseworker")
    EMPLOYER = "employer", _("the workplace")
    OTHER = "other", _("other")


#: Conversations that may be statutory contact meetings, and the reason of the work list that says when one is due.
MEETING_KINDS = (ContactKind.FIRST_CONVERSATION, ContactKind.CONVERSATION)
CONTACT_MEETING = "contact_meeting"


class ShareOf(TextChoices):
    """What a share of the target group must have had (RULE-01)."""

    TALKS = "talks", _("talks")
    OFFERS = "offers", _("an offer")


class GoalLetter(TextChoices):
    """A first choice, B realistic nearby alternative, C other sector or broader (convention of the platform, D.1-14)."""

    A = "a", _("A – first choice")
    B = "b", _("B – nearby alternative")
    C = "c", _("C – another sector or broader")


class SubGoalStatus(TextChoices):
    """The slider in words."""

    NOT_YET = "not_yet", _("not yet")
    WITH_HELP = "with_help", _("with help")
    ALONE = "alone", _("alone")


class IncidentKind(TextChoices):
    """Attendance facts (CIT-16); a fact, not a judgement."""

    NO_SHOW = "no_show", _("no-show")
    SICKNESS = "sickness", _("sickness")
    AGREED = "agreed", _("agreed absence")
    OTHER = "other", _("other")


class EntryKind(TextChoices):
    """What the citizen wrote on the own pages (CIT-13)."""

    WISH = "wish", _("a job wish")
    COMPETENCE = "competence", _("a competence")
    COMPANY = "company", _("a company to ask")
    COMMENT = "comment", _("a comment")


class AppointmentStatus(TextChoices):
    """Where an appointment is."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")
