"""Questions about cases."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from jobformidler.casework.decision_enums import Answer, DecisionKind
from jobformidler.casework.enums import BEFORE_PLACEMENT, CONTACT_MEETING, OPEN, CaseRole, ContactKind, Part
from jobformidler.core import clock

if TYPE_CHECKING:
    from jobformidler.accounts.models import User
    from jobformidler.accounts.viewer import Viewer


class CaseQuerySet(models.QuerySet):
    """Cases."""

    def visible_to(self, viewer: "Viewer | None"):
        """Cases of citizens the viewer has a relation to today. None sees none."""
        if viewer is None or viewer.user is None or not viewer.user.is_active:
            return self.none()
        from jobformidler.citizens.models import Relation

        return self.filter(Exists(Relation.objects.of(viewer).filter(citizen=OuterRef("citizen"))))

    def open(self):
        """Not closed."""
        return self.filter(status__in=OPEN)

    def of_user(self, user: "User", day: dt.date, *roles: str):
        """Cases in which the user fills one of the roles (any, without roles) on `day`."""
        from jobformidler.casework.models import Assignment

        mine = Assignment.objects.active_on(day).filter(user=user, case=OuterRef("pk"))
        return self.filter(Exists(mine.filter(role__in=roles) if roles else mine))

    def without_role(self, day: dt.date, role: str):
        """Open cases with nobody in the role on `day` (JF-01)."""
        from jobformidler.casework.models import Assignment

        return self.open().filter(~Exists(Assignment.objects.active_on(day).filter(case=OuterRef("pk"), role=role)))

    def for_list(self, day: dt.date):
        """With citizen, unit, names of the tandem, last contact and number of jobformidlers met, in one query."""
        from jobformidler.casework.models import Assignment

        def name(role):
            return models.Subquery(
                Assignment.objects.active_on(day).filter(case=OuterRef("pk"), role=role).values("user__name")[:1]
            )

        return (
            self.select_related("citizen", "unit")
            .annotate(jobformidler_name=name(CaseRole.JOBFORMIDLER), caseworker_name=name(CaseRole.CASEWORKER))
            .with_last_contact()
            .with_jobformidlers_met(day)
        )

    def with_last_contact(self):
        """Each case with `last_contact`: when somebody last had contact with the citizen, None never."""
        from jobformidler.casework.models import Contact, Participant

        citizen_there = Participant.objects.filter(contact=OuterRef("pk"), part=Part.CITIZEN)
        last = Contact.objects.standing().filter(Exists(citizen_there), case=OuterRef("pk")).order_by("-at")
        return self.annotate(last_contact=models.Subquery(last.values("at")[:1]))

    def with_jobformidlers_met(self, day: dt.date):
        """Each case with `jobformidlers_met`: how many different jobformidlers it has had until `day` (JF-02)."""
        from jobformidler.casework.models import Assignment

        begun = Assignment.objects.filter(
            case=OuterRef("pk"), role=CaseRole.JOBFORMIDLER, period__startswith__lte=day
        ).order_by()
        counted = begun.values("case").annotate(n=Count("user", distinct=True)).values("n")
        return self.annotate(jobformidlers_met=Coalesce(models.Subquery(counted), 0))

    def matching(self, term: str):
        """Cases of citizens whose name holds every word of `term`, or whose number begins with it."""
        from jobformidler.citizens.models import Citizen

        term = term.strip()
        return self.filter(Q(number__startswith=term) | Q(citizen__in=Citizen.objects.matching(term).values("pk")))

    def with_tandem(self, day: dt.date):
        """Open cases with both a jobformidler and a caseworker on `day` (JF-08)."""
        from jobformidler.casework.models import Assignment

        def held(role):
            return Exists(Assignment.objects.active_on(day).filter(case=OuterRef("pk"), role=role))

        return self.open().filter(held(CaseRole.JOBFORMIDLER), held(CaseRole.CASEWORKER))

    def deviating_from_floor(self, floor_days: int):
        """Cases before the placement whose agreed rhythm is slower than the floor: allowed, and counted (D.1-31)."""
        from jobformidler.casework.models import ContactRhythm

        latest = ContactRhythm.objects.filter(case=OuterRef("pk")).order_by("-since", "-pk").values("days")[:1]
        return (
            self.filter(status__in=BEFORE_PLACEMENT)
            .annotate(rhythm_days=models.Subquery(latest))
            .filter(rhythm_days__gt=floor_days)
        )


class AssignmentQuerySet(models.QuerySet):
    """Who fills which role."""

    def active_on(self, day: dt.date):
        """In force on `day`."""
        return self.filter(period__contains=day)

    def changes_of(self, case_id: int):
        """The case's jobformidlers in order, with names: the log of changes (JF-02)."""
        return (
            self.filter(case=case_id, role=CaseRole.JOBFORMIDLER).select_related("user", "by").order_by("period", "pk")
        )

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see."""
        from jobformidler.casework.models import Case

        return self.filter(case__in=Case.objects.visible_to(viewer).values("pk"))


class OfCaseQuerySet(models.QuerySet):
    """What is registered in cases."""

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see."""
        from jobformidler.casework.models import Case

        return self.filter(case__in=Case.objects.visible_to(viewer).values("pk"))

    def standing(self):
        """Without withdrawn registrations."""
        return self.filter(withdrawn_at=None)


class ContactQuerySet(OfCaseQuerySet):
    """Contacts."""

    def attended_by(self, part: str):
        """Contacts somebody took part in as `part`, say the caseworker in follow-ups (JF-13)."""
        from jobformidler.casework.models import Participant

        return self.filter(Exists(Participant.objects.filter(contact=OuterRef("pk"), part=part)))

    def meetings(self):
        """Standing statutory contact meetings (CON-13)."""
        return self.standing().exclude(meeting_holder="")

    def first_without_tandem(self):
        """Standing first conversations in which one of the tandem was missing (JF-11)."""
        from jobformidler.casework.models import Participant

        def there(part):
            return Exists(Participant.objects.filter(contact=OuterRef("pk"), part=part))

        return (
            self.standing()
            .filter(kind=ContactKind.FIRST_CONVERSATION)
            .exclude(there(Part.JOBFORMIDLER) & there(Part.CASEWORKER))
        )


class DecisionQuerySet(OfCaseQuerySet):
    """Decisions."""

    def unavailable(self):
        """Assessments that found the citizen not available: no duty to refer follows (RULE-05)."""
        return self.filter(kind=DecisionKind.AVAILABILITY, outcome=Answer.REFUSED)


class AttentionQuerySet(models.QuerySet):
    """Who needs what next."""

    def showing_at(self, now: dt.datetime):
        """Rows whose time has come."""
        return self.filter(visible_from__lte=now)

    def owned_by(self, user: "User", day: dt.date | None = None):
        """Rows this person is to act on; with `day` also the jobformidler's rows in cases they cover on that day."""
        if day is None:
            return self.filter(owner=user)
        from jobformidler.casework.models import Assignment

        today = Assignment.objects.active_on(day).filter(case=OuterRef("case"))
        covers = Exists(today.filter(user=user, role=CaseRole.COVER))
        of_main = Exists(today.filter(user=OuterRef("owner"), role=CaseRole.JOBFORMIDLER))
        return self.filter(Q(owner=user) | Q(covers & of_main))

    def for_list(self):
        """With citizen and case, for sentences and addresses."""
        return self.select_related("citizen", "case", "owner")

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see."""
        from jobformidler.casework.models import Case

        return self.filter(case__in=Case.objects.visible_to(viewer).values("pk"))

    def meetings_by(self, day: dt.date):
        """Contact meetings that are to be held on `day` or earlier, the first to be held first (CON-13)."""
        late = clock.at_time(day + dt.timedelta(days=1), 0)
        return self.filter(reason=CONTACT_MEETING, due__lte=late).order_by("due", "pk")

    def unowned(self):
        """Rows nobody owns: the case lacks a jobformidler."""
        return self.filter(Q(owner=None))
