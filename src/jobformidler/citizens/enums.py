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
