"""What can happen about the target group. The sentences name no group, category or answer: the timeline has more readers.

Events about what only the authority reads carry no citizen, so they stand in no timeline at all.
"""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

GROUP_NOTED = register_kind("case.group_noted", _("%(who)s noted what the effort looks at first"), group="case")
GROUP_WORDED = register_kind("case.group_worded", _("%(who)s changed the words of a target group"), group="other")
MATCH_NOTED = register_kind("case.match_noted", _("%(who)s noted a match category"), group="case")
EFFORT_NOTED = register_kind(
    "case.own_effort_noted", _("%(who)s noted how far the municipality's own effort has come"), group="case"
)
REVIEW_NOTED = register_kind(
    "case.review_noted", _("%(who)s noted a re-assessment of the approval to fleksjob"), group="case"
)
PENSION_ANSWERED = register_kind(
    "case.pension_answered", _("%(who)s answered what the papers in the case are enough for"), group="case"
)
EDUCATION_NOTED = register_kind(
    "case.education_noted", _("%(who)s noted an education %(citizen)s has chosen"), group="plan"
)
