"""The catalogue of what a citizen may share, with whom, and on what basis (GOV-01, GOV-03, GOV-09).

What is not in the catalogue cannot be shared. There is no entry for a diagnosis, a benefit, a history, a CPR number,
a cause of absence or a match group: no receiver can be given one, whoever wishes it.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Receiver(TextChoices):
    """Who something is shared with."""

    WORKPLACE = "workplace", _("a workplace")
    PROVIDER = "provider", _("a provider")
    PROFESSIONAL = "professional", _("a professional of another administration")
    EVALUATOR = "evaluator", _("an evaluator")
    PUBLIC = "public", _("everybody, in a success story")


class ShareField(TextChoices):
    """What can be shared, one yes at a time."""

    COMPETENCES = "competences", _("competences")
    RESOURCES = "resources", _("what you can and would like to try")
    WISH = "wish", _("job wish in your own words")
    HOURS_WISH = "hours_wish", _("hours you go for")
    CONSIDERATIONS = "considerations", _("what must be taken into account")
    CHALLENGES = "challenges", _("challenges and what they mean for the work")
    GOALS = "goals", _("goals")
    SUB_GOALS = "sub_goals", _("small steps")
    CV = "cv", _("your own CV in short")
    MEDICAL_PAPERS = "medical_papers", _("medical papers")
    RESOURCE_PROFILE = "resource_profile", _("resource profile")
    STUDY_DATA = "study_data", _("data for an evaluation")
    STORY = "story", _("your story with your name")


class LegalBasis(TextChoices):
    """Why the municipality may share at all; the citizen's yes comes on top of it and never instead of it."""

    PUBLIC_TASK = "public_task", _("The municipality's task in the employment effort")
    OTHER_AUTHORITY = "other_authority", _("Section 28 of the Public Administration Act")
    EXPLICIT_CONSENT = "explicit_consent", _("Express consent to facts about health")
    OTHER = "other", _("Other, written below")


class Answer(TextChoices):
    """What the citizen said."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class AnsweredHow(TextChoices):
    """How the citizen answered or took an answer back."""

    CONVERSATION = "conversation", _("in a conversation")
    OWN_PAGE = "own_page", _("on their own page")
    SIGNED = "signed", _("with a signature")


class Channel(TextChoices):
    """How something reached a receiver."""

    CARD = "card", _("disclosure card")
    AGREEMENT = "agreement", _("agreement")
    SHARED_PLAN = "shared_plan", _("shared plan")


#: What each kind of receiver can ever be given.
CATALOGUE: dict[str, tuple[str, ...]] = {
    Receiver.WORKPLACE: (
        ShareField.COMPETENCES,
        ShareField.RESOURCES,
        ShareField.WISH,
        ShareField.HOURS_WISH,
        ShareField.CONSIDERATIONS,
        ShareField.CV,
    ),
    Receiver.PROVIDER: (
        ShareField.COMPETENCES,
        ShareField.RESOURCES,
        ShareField.WISH,
        ShareField.CHALLENGES,
        ShareField.GOALS,
        ShareField.SUB_GOALS,
        ShareField.CV,
        ShareField.MEDICAL_PAPERS,
        ShareField.RESOURCE_PROFILE,
    ),
    Receiver.PROFESSIONAL: (
        ShareField.GOALS,
        ShareField.SUB_GOALS,
        ShareField.RESOURCES,
        ShareField.CHALLENGES,
    ),
    Receiver.EVALUATOR: (ShareField.STUDY_DATA,),
    Receiver.PUBLIC: (ShareField.STORY,),
}

#: Facts about health: the basis must be the citizen's express consent.
HEALTH = frozenset({ShareField.MEDICAL_PAPERS, ShareField.RESOURCE_PROFILE})
#: Shared line by line, so that the citizen says yes to the very words.
LINE_BY_LINE = frozenset({ShareField.CONSIDERATIONS})
