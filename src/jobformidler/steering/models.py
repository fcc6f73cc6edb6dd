"""The production chain: when a case reached each of its five steps. Derived, kept by handlers, proven by a rebuild."""

from django.db import models

from jobformidler.casework.models import Case
from jobformidler.core.models import TenantModel
from jobformidler.steering.enums import Step


class ChainStep(TenantModel):
    """A case has reached a step on a day (STEER-03). Counted independently of the state of the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="chain")
    step = models.PositiveSmallIntegerField(choices=Step.choices)
    reached_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["case", "step"], name="steering_chainstep_once"),
        ]
        indexes = [models.Index(fields=["municipality", "step", "reached_on"], name="steering_chainstep_reached")]
