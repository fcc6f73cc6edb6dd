"""Which rules a municipality counts by (RULE-01, D.1-15…18). Off until somebody chooses them."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.core.actions import action, allow, check, check_version
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality
from jobformidler.law import ClockRules, RuleError, rule_set
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.models import RuleChoice
from jobformidler.registers.perms import may_choose_rules


@action
def choose_rules(
    *,
    municipality: Municipality,
    family: str,
    chosen: str,
    by: User | None,
    at: dt.datetime,
    parameters: Mapping[str, object] | None = None,
    version: int | None = None,
) -> RuleChoice | None:
    """Count by the rule set `chosen` with these readings from now on, or by none when it is empty; returns the choice.

    Everybody's dates are computed anew in the background. Raises ActionError for a set or a reading that does not exist.
    """
    allow(may_choose_rules(by, municipality, local_date(at)))
    check(family in RuleFamily.values, _("Choose which rules."), "family")
    standing = RuleChoice.objects.select_for_update(of=("self",)).order_by("pk")
    row = standing.filter(municipality=municipality, family=family).first()
    if row is not None:
        check_version(row, version, {"rule_set": chosen})
    if not chosen:
        if row is not None:
            row.delete()
    else:
        try:
            ClockRules.of(rule_set(chosen), parameters or {})
        except RuleError as error:
            check(False, str(error), "parameters")
        row, _new = RuleChoice.objects.update_or_create(
            municipality=municipality,
            family=family,
            defaults={
                "rule_set": chosen,
                "parameters": dict(parameters or {}),
                "version": row.version + 1 if row else 1,
            },
        )
    record(kinds.RULES_CHOSEN, municipality, by=by, at=at, rules=chosen or "-")
    return row if chosen else None
