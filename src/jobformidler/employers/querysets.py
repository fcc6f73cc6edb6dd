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


class TenantEmployerQuerySet(models.QuerySet):
    """A municipality's own rows about workplaces (the row policy keeps other tenants' out)."""

    def visible_to(self, viewer: "Viewer | None"):
        """For those who work with employers; no consultant has companies of their own (EMP-03)."""
        return self.all() if viewer is not None and viewer.sees_employers else self.none()
