"""Fixed choices about citizens."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RelationKind(TextChoices):
    """Why somebody may see a citizen."""

    JOBFORMIDLER = "jobformidler", _("jobformidler")
    CASEWORKER = "caseworker", _("caseworker")
    COVER = "cover", _("cover")
    MENTOR = "mentor", _("mentor")
    EMPLOYER_CONSULTANT = "employer_consultant", _("employer consultant")
    TEAM = "team", _("the team")
    PROVIDER = "provider", _("provider")
    PROFESSIONAL = "professional", _("professional of a parallel effort")
    BREAK_GLASS = "break_glass", _("emergency access")
    SELF = "self", _("the citizen")


class ConsiderationCategory(TextChoices):
    """The four categories of considerations (CIT-08)."""

    WORKING_TIME = "working_time", _("working time")
    CULTURE = "culture", _("workplace culture")
    LOCATION = "location", _("location and transport")
    OTHER = "other", _("other")


class Ability(TextChoices):
    """What the citizen says about a kind of task (CIT-08)."""

    CAN = "can", _("can do")
    WANTS = "wants", _("would like to try")
    CANNOT = "cannot", _("cannot do")


class Importance(TextChoices):
    """How much a consideration or wish matters to the citizen, in the citizen's own judgement."""

    MOST = "most", _("most important")
    MUCH = "much", _("important")
    SOME = "some", _("less important")


class CompetenceKind(TextChoices):
    """Professional or social (CIT-06)."""

    PROFESSIONAL = "professional", _("professional")
    SOCIAL = "social", _("social")


class CvKind(TextChoices):
    """Two kinds of CV with separate dates (CV-02)."""

    JOBNET = "jobnet", _("CV on Jobnet")
    PERSONAL = "personal", _("personal CV")


class Author(TextChoices):
    """Who something comes from."""

    CITIZEN = "citizen", _("the citizen")
    PROFESSIONAL = "professional", _("the professional")


class CorrectionStatus(TextChoices):
    """What came of a request for correction."""

    OPEN = "open", _("waiting for an answer")
    CORRECTED = "corrected", _("corrected")
    NOT_CORRECTED = "not_corrected", _("not corrected")


class RestrictedUse(TextChoices):
    """What restricted data may still be used for (article 18(2) of the General Data Protection Regulation)."""

    STORAGE = "storage", _("keeping it")
    CONSENT = "consent", _("what the citizen agrees to")
    LEGAL_CLAIM = "legal_claim", _("a legal claim")
    OTHERS = "others", _("protecting somebody else's rights")
    PUBLIC = "public", _("an important public interest")


class ExportStatus(TextChoices):
    """Where a copy of everything is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("not made")
    EXPIRED = "expired", _("expired")
