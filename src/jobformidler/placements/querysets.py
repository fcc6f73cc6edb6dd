"""Questions about placements."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from jobformidler.citizens.sharing import Receiver, ShareField
from jobformidler.placements.enums import BEFORE_START, ENDED, RUNNING, TAKING_A_PLACE, StepStatus

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer


class PlacementQuerySet(models.QuerySet):
    """Placements."""

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see."""
        from jobformidler.casework.models import Case

        return self.filter(case__in=Case.objects.visible_to(viewer).values("pk"))

    def running(self):
        """Under way."""
        return self.filter(status__in=RUNNING)

    def before_start(self):
        """Not begun yet."""
        return self.filter(status__in=BEFORE_START)

    def begun(self):
        """Under way or over, with a first day: what weeks in a company are counted on."""
        return self.filter(status__in=[*RUNNING, *ENDED], starts_on__isnull=False)

    def running_on(self, day: dt.date):
        """Under way on a day, whatever came after."""
        return self.begun().filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), starts_on__lte=day)

    def taking_a_place(self):
        """Placements that use up capacity of an opening: sent for signature or later, and not over."""
        return self.filter(status__in=TAKING_A_PLACE)

    def with_learning(self):
        """Ended ones that left something to take along: shown when the next place is looked for (CIT-14)."""
        return self.exclude(learning="").filter(status__in=ENDED).order_by("-ended_on")

    def with_overlay(self):
        """With what is shown over the state: `mastered_waiting_on` (stalled) and `agreed_last_on` (extended)."""
        from jobformidler.placements.models import AgreementVersion, LadderStep

        waiting = LadderStep.objects.filter(placement=OuterRef("pk"), status=StepStatus.MASTERED)
        first = AgreementVersion.objects.filter(placement=OuterRef("pk"), sent_at__isnull=False).order_by("number")
        return self.annotate(
            mastered_waiting_on=Subquery(waiting.order_by("mastered_on").values("mastered_on")[:1]),
            agreed_last_on=Cast(Subquery(first.values(day=KT("content__last_on"))[:1]), models.DateField()),
        )

    def for_list(self):
        """With what a list shows, in one query."""
        return self.with_overlay().select_related("case__citizen", "workplace", "contact", "opening")


class OfPlacementQuerySet(models.QuerySet):
    """What belongs to a placement."""

    def standing(self):
        """Without withdrawn registrations."""
        return self.filter(withdrawn_at=None)


class CardQuerySet(OfPlacementQuerySet):
    """Disclosure cards."""

    def out(self):
        """Sent and not taken back."""
        return self.filter(sent_at__isnull=False, withdrawn_at=None)


class StoryQuerySet(models.QuerySet):
    """Success stories."""

    def visible_to(self, viewer: "Viewer | None"):
        """Of citizens the viewer may see: who writes a story works with the citizen."""
        from jobformidler.citizens.models import Citizen

        return self.filter(citizen__in=Citizen.objects.visible_to(viewer).values("pk"))

    def shown_on(self, day: dt.date):
        """Published, with the workplace's yes and the citizen's yes counting on `day`: a no works at once."""
        from jobformidler.citizens.models import Consent

        said = Consent.objects.counting_on(day).filter(
            citizen=OuterRef("citizen"), field=ShareField.STORY, receiver=Receiver.PUBLIC
        )
        return self.filter(Exists(said), published_on__lte=day).exclude(workplace_yes_on=None)
