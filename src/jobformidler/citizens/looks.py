"""What is noted while somebody looks at a citizen, before it is written to the access log (GOV-05)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer


@dataclass(frozen=True)
class Look:
    """One look: whose page, which, on what relation. `label` names somebody who is not logged in.

    `refused` is a look that was tried at a citizen who exists and was turned away.
    """

    municipality_id: int
    citizen_id: int
    page: str
    relation: str = ""
    label: str = ""
    refused: bool = False


def kind_of(viewer: "Viewer", column: str = "citizen_id") -> Subquery:
    """The relation under which the viewer sees the citizen in `column`: the viewer's own before that of a unit."""
    from jobformidler.citizens.models import Relation

    mine = Relation.objects.of(viewer).filter(citizen=OuterRef(column))
    return Subquery(mine.order_by("user_id", "pk").values("kind")[:1])


def kinds_of(viewer: "Viewer", citizen_ids: Collection[int]) -> dict[int, str]:
    """The same for many citizens at once. One query."""
    from jobformidler.citizens.models import Relation

    rows = Relation.objects.of(viewer).filter(citizen__in=citizen_ids).order_by("-user_id", "-pk")
    return dict(rows.values_list("citizen_id", "kind"))
