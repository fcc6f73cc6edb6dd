"""When the next contact talk is due (RULE-10): by an interval, or by a number of talks within the first months."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobformidler.law.months import add_months
from jobformidler.law.rulesets import RuleError, RuleSet, by_group, whole

INTERVAL, COUNT = "contact-interval", "contact-count"


@dataclass(frozen=True)
class ContactDue:
    """The last day for the next talk, and why.

    due: None when talks are held by need, without a date · paragraph: id in the rule set · counted_from: the day the time
    is counted from · number: which talk of the first months it is, and `of` how many there must be; both 0 for an
    interval.
    """

    due: dt.date | None
    paragraph: str
    counted_from: dt.date
    number: int = 0
    of: int = 0


def next_contact(
    rules: RuleSet,
    *,
    opened: dt.date,
    held: Sequence[dt.date],
    benefit: str = "",
    given: Mapping[str, object] | None = None,
    since: dt.date | None = None,
) -> ContactDue:
    """The next talk of a case opened on a day, with the talks held so far (those before the opening do not count).

    By an interval: so many months after the last one held, the first after the opening. By a number: talk k of n is
    planned within k n-ths of the first months, so that nobody is left with all of them at the end (the rule itself only
    asks for n); a benefit without a number of its own has one. By `later_months` go what comes then, cases in which a talk
    was held after those months, and cases whose first months were over on `since`, the day the rules began to be used.
    Raises RuleError for a set of another family.
    """
    values = rules.values(given)
    talks = sorted(day for day in held if day >= opened)
    if rules.family == INTERVAL:
        last = talks[-1] if talks else opened
        return ContactDue(_later(last, whole(values, "interval_months" if talks else "first_months")), "meetings", last)
    if rules.family != COUNT:
        raise RuleError(f"{rules.id} says nothing about contact talks.")
    end = add_months(opened.toordinal(), whole(values, "first_months"))
    needed = max(by_group(values, "talks").get(benefit, 0), 1)  # everybody has a first talk
    number = len([day for day in talks if day.toordinal() < end]) + 1
    over = bool(talks and talks[-1].toordinal() >= end) or (since is not None and since.toordinal() >= end)
    if number <= needed and not over:
        due = opened.toordinal() + (end - opened.toordinal()) * number // needed - 1  # the last day inside
        paragraph = "first-talk" if number == 1 else "talks"
        return ContactDue(dt.date.fromordinal(due), paragraph, opened, number, needed)
    last = talks[-1] if talks else opened
    later = whole(values, "later_months")
    return ContactDue(_later(last, later) if later else None, "talks", last)


def _later(day: dt.date, months: int) -> dt.date:
    return dt.date.fromordinal(add_months(day.toordinal(), months))
