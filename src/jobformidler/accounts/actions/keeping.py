"""How long the municipality keeps each type of data (GOV-15)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds
from jobformidler.accounts.models import User
from jobformidler.accounts.perms import administers
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality, RetentionRule
from jobformidler.core.retention.rules import TYPES
from jobformidler.core.rows import change, create


@action
def set_retention(
    *, municipality: Municipality, data_type: str, months: int, by: User | None, at: dt.datetime
) -> RetentionRule:
    """Decide how many months a type of data is kept. From then on the nightly run ends what is older."""
    allow(administers(by, municipality, local_date(at)))
    check(data_type in TYPES, _("Choose from the list."), "data_type")
    rule = RetentionRule.objects.filter(municipality=municipality, data_type=data_type).first()
    if rule is None:
        rule = create(RetentionRule, municipality=municipality, data_type=data_type, months=months)
    elif not change(rule, months=months):
        return rule
    record(event_kinds.RETENTION_SET, rule, by=by, at=at, data_type=data_type, months=months)
    return rule
