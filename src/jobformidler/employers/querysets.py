"""Questions about employers: the register is shared, contacts are the municipality's own."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer


class WorkplaceQuerySet(models.QuerySet):
    """Workplaces."""

    def visible_to(self, viewer: "Viewer | None"):
        """The whole register for those who work with employers; nobody else."""
        return self.all() if viewer is not None and viewer.sees_employers else self.none()

    def matching(self, term: str):
        """Workplaces whose name holds every word of `term` (three letters at least in all), or with this CVR or P-number."""
        term = term.strip().lower()
        if term.isdigit() and len(term) in (8, 10):
            return self.filter(models.Q(p_number=term) | models.Q(employer__cvr=term))
        words = term.split()
        if sum(map(len, words)) < 3:
            return self.none()
        found = self
        for word in words:
            found = found.filter(search__contains=word)
        return found

    def in_industry(self, code: str):
        """Workplaces of one of the groups in `industries` (EMP-01); nothing for an unknown group."""
        from jobformidler.employers.industries import BY_CODE

        group = BY_CODE.get(code)
        if group is None:
            return self.none()
        return self.filter(industry_code__gte=f"{group.first:02d}", industry_code__lt=f"{group.last + 1:02d}")

    def with_employees(self, least: int, most: int | None = None):
        """Workplaces with at least and, if given, at most so many employees (EMP-01)."""
        found = self.filter(employees__gte=least)
        return found if most is None else found.filter(employees__lte=most)

    def inside(self, code: int):
        """Workplaces in the municipality with this code (EMP-01); one without a code is neither inside nor outside."""
        return self.filter(municipality_code=code)

    def outside(self, code: int):
        """Workplaces in another municipality (EMP-01)."""
        return self.exclude(municipality_code=None).exclude(municipality_code=code)

    def in_network(self, name: str):
        """Workplaces the municipality knows to be part of the network (EMP-01)."""
        return self._with_ties(networks__contains=[name])

    def with_agreement(self):
        """Workplaces with an agreement with us (EMP-01)."""
        return self._with_ties(agreements__len__gt=0)

    def _with_ties(self, **values: object):
        from jobformidler.employers.models import WorkplaceTies

        return self.filter(models.Exists(WorkplaceTies.objects.filter(workplace=models.OuterRef("pk"), **values)))

    def with_last_contact(self):
        """Each workplace with its last standing contact: when, by whom, for what, and the next step (EMP-03)."""
        from jobformidler.employers.models import EmployerContact

        last = EmployerContact.objects.standing().filter(workplace=models.OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(
            last_at=models.Subquery(last.values("at")[:1]),
            last_by=models.Subquery(last.values("by__name")[:1]),
            last_purpose=models.Subquery(last.values("purpose")[:1]),
            next_step=models.Subquery(last.values("next_step")[:1]),
            next_step_on=models.Subquery(last.values("next_step_on")[:1]),
            next_person_name=models.Subquery(last.values("next_person__name")[:1]),
        )


class TenantEmployerQuerySet(models.QuerySet):
    """A municipality's own rows about workplaces (the row policy keeps other tenants' out)."""

    def visible_to(self, viewer: "Viewer | None"):
        """For those who work with employers; no consultant has companies of their own (EMP-03)."""
        return self.all() if viewer is not None and viewer.sees_employers else self.none()


class ContactLogQuerySet(TenantEmployerQuerySet):
    """The log of contacts with workplaces."""

    def standing(self):
        """Without withdrawn registrations."""
        return self.filter(withdrawn_at=None)

    def for_list(self):
        """With who, with whom and who withdrew it, in one query."""
        return self.select_related("by", "person", "next_person", "withdrawn_by")
