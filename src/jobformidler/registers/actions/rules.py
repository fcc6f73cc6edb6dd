"""Which rules a municipality counts by, and from when (RULE-01, RULE-10, D.1-15…18). Off until somebody chooses them."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.core.actions import action, allow, check, check_version
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality
from jobformidler.core.periods import open_from
from jobformidler.law import RuleError, RuleSet, rule_set
from jobformidler.law.rulesets import Value
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers.enums import SETS_OF, MeetingHolder, RuleFamily
from jobformidler.registers.models import RuleChoice
from jobformidler.registers.perms import may_choose_rules

_DAY = dt.timedelta(days=1)


@action
def choose_rules(
    *,
    municipality: Municipality,
    family: str,
    chosen: str,
    by: User | None,
    at: dt.datetime,
    parameters: Mapping[str, object] | None = None,
    since: dt.date | None = None,
    old_cases_stay: bool | None = None,
    holder: str = MeetingHolder.CASEWORKER,
    reason: str = "",
    version: int | None = None,
) -> RuleChoice | None:
    """Go by the rule set `chosen` from the day `since` (today) on, or by none when it is empty; returns the choice.

    What was used until then ends the day before. What is chosen for a later day stands, and ends this choice in its turn;
    with none chosen it is taken back too. Parameters that differ from the set's own need a reason, except the readings of
    the clocks.
    `old_cases_stay`: cases begun before keep their former rules (None: as the set says). Clocks know no coming day: they
    go by one set at a time, for the whole life of a citizen. Everybody's dates are made anew in the background. Raises
    ActionError for a set, a parameter or a day that cannot be, StaleError when somebody chose since `version` was read.
    """
    day = local_date(at)
    allow(may_choose_rules(by, municipality, day))
    check(family in RuleFamily.values, _("Choose which rules."), "family")
    check(holder in MeetingHolder.values, _("Choose who holds the meetings."), "holder")
    since = since or day
    check(since <= day or family != RuleFamily.CLOCKS, _("Right and duty are counted by new rules at once."), "since")
    rows = list(RuleChoice.objects.about(municipality.pk, family).select_for_update(of=("self",)))
    if rows:
        check_version(rows[-1], version, {"rule_set": chosen})
    found = _known(family, chosen) if chosen else None
    given = _given(found, parameters or {}) if found else {}
    check(not given or family == RuleFamily.CLOCKS or reason.strip(), _("Write why, in a few words."), "reason")
    later = next((row.period.lower for row in rows if row.period.lower > since), None)
    for row in rows:
        _give_way(row, since, everything=found is None)
    new = None
    if found:
        end = min((day for day in (_end_of(found, family, since), later) if day), default=None)
        stay = found.transition == "new cases" if old_cases_stay is None else old_cases_stay
        new = RuleChoice.objects.create(
            municipality=municipality,
            family=family,
            rule_set=chosen,
            parameters=given,
            period=open_from(since, end),
            old_cases_stay=stay,
            holder=holder,
            reason=reason.strip()[:300],
            decided_on=day,
            by=by,
            version=rows[-1].version + 1 if rows else 1,
        )
    record(
        kinds.RULES_CHOSEN,
        municipality,
        by=by,
        at=at,
        rules=chosen or "-",
        family=family,
        since=since.isoformat(),
    )
    return new


def _give_way(row: RuleChoice, since: dt.date, *, everything: bool) -> None:
    """End a choice the day before another begins. One of the same day is taken back; the history keeps it."""
    if row.period.lower == since or (everything and row.period.lower > since):
        row.delete()
    elif since in row.period:
        row.period = open_from(row.period.lower, since)
        row.save(update_fields=["period"])


def _known(family: str, chosen: str) -> RuleSet:
    try:
        found = rule_set(chosen)
    except RuleError as error:
        check(False, str(error), "rule_set")
        raise
    check(found.family in SETS_OF[family], _("These rules are about something else."), "rule_set")
    return found


def _end_of(found: RuleSet, family: str, since: dt.date) -> dt.date | None:
    """The first day the set is no longer used, by its own time. An interval of meetings may be kept as a goal of one's own."""
    check(since >= found.valid_from, _("The rules do not hold yet on that day."), "since")
    if found.valid_to is None or family == RuleFamily.CONTACT:
        return None
    check(since <= found.valid_to, _("The rules no longer hold on that day."), "since")
    return found.valid_to + _DAY


def _given(found: RuleSet, parameters: Mapping[str, object]) -> dict[str, object]:
    """The parameters that differ from the set's own, checked."""
    try:
        values = found.values(parameters)
    except RuleError as error:
        check(False, str(error), "parameters")
    own = found.values()
    return {name: _other(values[name], own[name]) for name in parameters if values[name] != own[name]}


def _other(value: Value, own: Value) -> object:
    """What differs: of a table the groups that do."""
    if isinstance(value, Mapping) and isinstance(own, Mapping):
        return {group: number for group, number in value.items() if number != own[group]}
    return value
