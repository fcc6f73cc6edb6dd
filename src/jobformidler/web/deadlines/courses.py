"""What the rules on courses say of the course a citizen is registered in (RULE-01)."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from jobformidler.casework.models import Case
from jobformidler.core import lists
from jobformidler.law import in_use
from jobformidler.law.courses import allowed
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.models import RuleChoice
from jobformidler.web import danish


def course_words(case: Case, chosen: Iterable[RuleChoice], day: dt.date) -> str:
    """That a course may not begin, or goes on by the former rules, with the banner; empty when there is nothing to say."""
    citizen = case.citizen
    begun = citizen.benefit_from or case.opened_on
    choice = in_use([row.as_law for row in chosen if row.family == RuleFamily.COURSES], day, begun=begun)
    may = allowed(choice.rules, citizen.benefit, choice.given) if choice else None
    if choice is None or may is None or (may and choice.covers(day)):
        return ""
    values = {
        "course": lists.labels("benefit").get(citizen.benefit, citizen.benefit),
        "day": danish.day_near(begun, weekday=False, year=True),
    }
    if may:
        said = _("%(course)s begun %(day)s goes on by the former rules.") % values
    else:
        said = _("By these rules no new %(course)s begins. Here it is registered from %(day)s.") % values
    return f"{said} {choice.rules.banner}."
