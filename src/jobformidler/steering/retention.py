"""What happens to the steps of the board: they are the statistics, and hold no text."""

from django.utils.translation import gettext_lazy as _

from jobformidler.core.retention import classify

classify("steering.ChainStep", title=_("Steps reached"), keep="case_id step reached_on", why="the figures of the board")
classify(
    "steering.EmploymentPlan",
    keep="year strategy goals provider_percent",
    why="a plan of the municipality; about nobody",
)
classify(
    "steering.PlanStep",
    keep="plan_id stage on note by_id",
    why="how a plan of the municipality was made; about nobody",
)
