"""Fixed choices about the target group: the 3-group model, the own effort, re-assessment, the pension question."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TargetGroup(TextChoices):
    """The 3-group model of unemployment (CIT-04, CIT-T1); the second group has two. A municipality may use other words."""

    READY = "1", _("Ready for a job now")
    SKILLS = "2a", _("Wants to strengthen skills")
    COURAGE = "2b", _("Wants to strengthen courage")
    SUPPORT = "3", _("Clarification of support")


#: What only the authority reads: who belongs here, and that anybody does.
AUTHORITY_ONLY = (TargetGroup.SUPPORT,)

#: What the source says a group is marked by, and what the effort looks at first.
STATUS: dict[str, object] = {
    TargetGroup.READY: _("Can begin in a job at once."),
    TargetGroup.SKILLS: _("Lacks education, work experience or personal skills."),
    TargetGroup.COURAGE: _("Is unsure of what is possible, or of the own worth."),
    TargetGroup.SUPPORT: _("Health makes it uncertain what the citizen is to live on."),
}
FOCUS: dict[str, object] = {
    TargetGroup.READY: _("Focus on looking for a job and finding the right match."),
    TargetGroup.SKILLS: _("Focus on learning more, and perhaps on another line of work."),
    TargetGroup.COURAGE: _("Focus on possible jobs and on what the citizen would like to try."),
    TargetGroup.SUPPORT: _("Focus on clarifying whether førtidspension can be applied for."),
}


class MatchGroup(TextChoices):
    """Match category of former rules, kept as information with a date (CIT-05). It decides nothing."""

    ONE = "1", _("match 1")
    TWO = "2", _("match 2")
    THREE = "3", _("match 3")


class Effort(TextChoices):
    """How far the municipality's own effort has come before a citizen is to be referred (CIT-23)."""

    UNDER_WAY = "under_way", _("under way")
    OFFERED = "offered", _("has been offered a place")
    AGREED = "agreed", _("has said yes to a place")
    NOT_NOW = "not_now", _("cannot be placed now")


class ReviewStep(TextChoices):
    """Where a re-assessment of an approval to fleksjob is (CIT-17)."""

    PLANNED = "planned", _("planned")
    DONE = "done", _("done, the approval holds")
    CHANGED = "changed", _("done, something else is needed")


#: Steps after which an approval counts as assessed anew.
REVIEWED = (ReviewStep.DONE, ReviewStep.CHANGED)


class PensionAnswer(TextChoices):
    """Whether førtidspension can be applied for on the papers that are there (CIT-18)."""

    ON_PAPERS = "on_papers", _("can be applied for on the papers that are there")
    MORE_NEEDED = "more_needed", _("more must be clarified first")
    NOT_RELEVANT = "not_relevant", _("førtidspension is not the question")
