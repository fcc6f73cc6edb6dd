"""What the actions of decisions share: a verb of the table on the locked row, and the event in the timeline."""

import datetime as dt
from typing import Any

from jobformidler.accounts.models import User
from jobformidler.casework.authority import decider_powers
from jobformidler.casework.decision_transitions import DECISION
from jobformidler.casework.models import Decision
from jobformidler.casework.writing import told
from jobformidler.core import clock
from jobformidler.core.rows import lock, validate


def move(
    decision: Decision, verb: str, *, by: User | None, at: dt.datetime, reason: str = "", **changes: Any
) -> Decision:
    """Lock the decision, apply the verb with what `by` may decide, save. Raises PermissionDenied or ActionError."""
    day = clock.local_date(at)
    lock(decision)
    powers = decider_powers(by, decision.case, decision.kind, day)
    return apply(decision, verb, powers=powers, day=day, reason=reason, **changes)


def apply(
    decision: Decision, verb: str, *, powers: frozenset[str], day: dt.date, reason: str = "", **changes: Any
) -> Decision:
    """The verb on the locked row, with the changes that come with it."""
    decision.as_of = day  # type: ignore[attr-defined]  # read by the guard of the hearing's last day
    for name, value in changes.items():
        setattr(decision, name, value)
    DECISION.apply(verb, decision, powers=powers, reason=reason)
    decision.status_since = day
    decision.version += 1
    validate(decision, only={"status", *changes})
    decision.save()
    return decision


def tell(decision: Decision, kind: str, by: User | None, at: dt.datetime) -> None:
    """The event in the timeline, with the kind of decision in words."""
    told(decision.case, kind, decision, by=by, at=at, what=decision.get_kind_display())
