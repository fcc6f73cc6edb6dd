"""Who may read which of the target group's rows: the third group and the pension question are the authority's (CIT-04)."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from jobformidler.accounts.enums import Role
from jobformidler.casework.querysets import OfCaseQuerySet
from jobformidler.casework.target_enums import AUTHORITY_ONLY

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer


def is_authority(viewer: "Viewer | None") -> bool:
    """Whether the viewer is one of the municipality's own caseworkers. No query."""
    return viewer is not None and not viewer.from_outside and viewer.has(Role.CASEWORKER)


class AuthorityQuerySet(OfCaseQuerySet):
    """Rows only the authority reads."""

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see, for the municipality's caseworkers; nobody else sees any."""
        return super().visible_to(viewer) if is_authority(viewer) else self.none()


class GroupQuerySet(OfCaseQuerySet):
    """Groups of the 3-group model."""

    def current(self):
        """The one that counts in each case: the newest day, and of one day what was written last."""
        from jobformidler.casework.models import GroupNote

        later = GroupNote.objects.filter(case=OuterRef("case")).filter(
            Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later))

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see. Without authority only what counts now, and never the third group.

        An older group is not shown in its stead: where the third group counts, there is nothing to see.
        """
        seen = super().visible_to(viewer)
        return seen if is_authority(viewer) else seen.current().exclude(group__in=AUTHORITY_ONLY)
