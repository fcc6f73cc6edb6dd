"""Counting what browsers refused to load; without a tenant, since a browser's report names none."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F

from jobformidler.accounts.models import PolicyReport

#: Kinds of refusals that are kept apart; beyond that only known ones are counted, so that nobody fills the table.
MOST_KINDS = 500


def count(found: Iterable[tuple[str, str, str]], at: dt.datetime) -> None:
    """Add (directive, blocked origin, page) to the counts."""
    for directive, blocked, page in found:
        same = {"directive": directive, "blocked": blocked, "page": page}
        if PolicyReport.objects.filter(**same).update(count=F("count") + 1, last_at=at):
            continue
        if PolicyReport.objects.count() < MOST_KINDS:
            PolicyReport.objects.bulk_create([PolicyReport(**same, first_at=at, last_at=at)], ignore_conflicts=True)


def forget() -> int:
    """Empty the list; returns how many kinds there were."""
    return PolicyReport.objects.all().delete()[0]
