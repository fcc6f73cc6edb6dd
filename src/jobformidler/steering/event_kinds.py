"""What happens to the employment plan."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.events import register_kind

PLAN_SAVED = register_kind("steering.plan_saved", _("%(who)s saved the employment plan for %(year)s"), group="other")
PLAN_STEP = register_kind(
    "steering.plan_step", _("%(who)s noted a step of the employment plan for %(year)s: %(stage)s"), group="other"
)
