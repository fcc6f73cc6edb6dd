"""What the citizen wrote on the own pages, as a reason on the jobformidler's list (CIT-13)."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from jobformidler.casework import words
from jobformidler.casework.attention import Action, Item, Scope, register_reason
from jobformidler.casework.enums import EntryKind
from jobformidler.casework.models import Attention, CitizenEntry


def _written(scope: Scope) -> Iterable[Item]:
    """What the citizen wrote on the own pages and nobody has read (CIT-13): one row for each case."""
    rows = CitizenEntry.objects.filter(case__in=scope.case_ids, read_at=None).order_by("at", "pk")
    found: dict[int, list[tuple[dt.datetime, str]]] = {}
    for case_id, at, kind in rows.values_list("case", "at", "kind"):
        found.setdefault(case_id, []).append((at, kind))
    for case_id, entries in found.items():
        since = entries[0][0]
        kinds = list(dict.fromkeys(kind for _at, kind in entries))
        yield Item(case_id=case_id, since=since, visible_from=since, facts={"kinds": kinds})


def _written_sentence(row: Attention, now: dt.datetime) -> str:
    what = words.together([str(EntryKind(kind).label) for kind in row.facts["kinds"]])
    return _("%(name)s has written %(what)s on the own pages. Read it.") % {
        "name": row.citizen.short_name,
        "what": what,
    }


def _written_action(row: Attention, now: dt.datetime) -> Action:
    return "read_entries", _("Read")


register_reason(
    "citizen_wrote",
    group="other",
    order=3,
    source=_written,
    sentence=_written_sentence,
    action=_written_action,
)
