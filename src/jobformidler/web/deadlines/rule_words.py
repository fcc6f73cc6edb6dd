"""Rule sets in plain words: what each family is about, what its parameters mean, how far a set may be trusted (RULE-01)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.core import lists
from jobformidler.law import RuleSet, rule_set, rule_sets
from jobformidler.law.rulesets import Value
from jobformidler.registers.enums import SETS_OF, RuleFamily
from jobformidler.web import danish
from jobformidler.web.deadlines.words import reading_words

#: The word of a family in addresses, its heading, and where its results show.
FAMILIES: dict[str, tuple[str, str | Promise, str | Promise]] = {
    RuleFamily.CLOCKS: (
        "ret-og-pligt",
        gettext_lazy("Right and duty to be referred"),
        gettext_lazy("The dates of the citizen's right and the municipality's duty, on Deadlines and in the case."),
    ),
    RuleFamily.CONTACT: (
        "kontaktsamtaler",
        gettext_lazy("Contact meetings"),
        gettext_lazy("The last day for the next contact meeting, on Deadlines, in the case and under Today."),
    ),
    RuleFamily.INTERNSHIPS: (
        "praktik",
        gettext_lazy("Length of an internship"),
        gettext_lazy("A warning in the agreement when an internship is longer than the citizen's benefit allows."),
    ),
    RuleFamily.WORKPLACES: (
        "rimelighedskrav",
        gettext_lazy("Rimelighedskrav"),
        gettext_lazy("How many places a workplace has room for, where a placement is begun and on the agreement."),
    ),
    RuleFamily.SHARES: (
        "maalgruppe",
        gettext_lazy("Share of the target group"),
        gettext_lazy("How many of the target group have had talks and an offer, for the team leader."),
    ),
    RuleFamily.COURSES: (
        "forloeb",
        gettext_lazy("Courses that may begin"),
        gettext_lazy("Whether a ressourceforløb or a revalidering may begin, in the case."),
    ),
}
BY_WORD = {word: family for family, (word, _label, _about) in FAMILIES.items()}

_LABELS: dict[str, str | Promise] = {
    "window": gettext_lazy("The window of the first right"),
    "duty_counting": gettext_lazy("How the year is counted"),
    "rearm_duty": gettext_lazy("The duty after a job"),
    "other_benefit": gettext_lazy("Unemployment on another benefit"),
    "gap_days": gettext_lazy("Days a break may last"),
    "right_months": gettext_lazy("Months of ledighedsydelse before the right"),
    "right_window_months": gettext_lazy("Months after the approval in which they must lie"),
    "duty_months": gettext_lazy("Months of unemployment before the duty"),
    "rearm_months": gettext_lazy("Months of work before it counts anew"),
    "rearm_window_months": gettext_lazy("Months in which the work must lie"),
    "interval_months": gettext_lazy("Months between two meetings at most"),
    "first_months": gettext_lazy("Months from the opening of the case"),
    "talks": gettext_lazy("Talks in those months"),
    "later_months": gettext_lazy("Months between later talks"),
    "weeks": gettext_lazy("Longest length in weeks"),
    "staff_per_place": gettext_lazy("Ordinary employees for each place"),
    "limit_staff": gettext_lazy("Up to so many employees"),
    "staff_per_later_place": gettext_lazy("Employees for each further place"),
    "least_places": gettext_lazy("Places any workplace has"),
    "outside_fills": gettext_lazy("Those outside the ratio fill a place"),
    "required_percent": gettext_lazy("Percent that must be reached"),
    "exempt_percent": gettext_lazy("Percent that may be exempted"),
    "within_months": gettext_lazy("Within so many months"),
    "covered": gettext_lazy("Covered"),
    "may_begin": gettext_lazy("May begin"),
}
_HELP: dict[str, str | Promise] = {
    "later_months": gettext_lazy("0 means by need, without a date."),
    "may_begin": gettext_lazy("1 means yes, 0 means no."),
    "covered": gettext_lazy("1 means yes, 0 means no."),
    "gap_days": gettext_lazy("So many other days in a row leave the time unbroken."),
}


def parameter_label(name: str) -> str:
    """What a parameter is called."""
    return str(_LABELS.get(name, name))


def parameter_help(name: str) -> str:
    """What a number of the parameter means, where it does not say so itself."""
    return str(_HELP.get(name, ""))


def group_label(code: str) -> str:
    """What a group of a table is called: a benefit, else the word itself."""
    return lists.labels("benefit").get(code, code.capitalize())


def word_of(name: str, value: str) -> str:
    """One of the words a parameter may have."""
    plain = {"yes": _("yes"), "no": _("no")}
    return plain.get(value) or reading_words(name, value)


def status_words(rules: RuleSet) -> str:
    """How far the set may be trusted."""
    return {
        "historical": _("historical rules, used as an example"),
        "verify before use": _("not verified: check the law in force before use"),
        "in force": _("in force"),
    }[rules.status]


def time_words(rules: RuleSet) -> str:
    """When the set itself holds."""
    first = danish.day_near(rules.valid_from, weekday=False, year=True)
    if rules.valid_to is None:
        return _("from %(first)s") % {"first": first}
    last = danish.day_near(rules.valid_to, weekday=False, year=True)
    return _("from %(first)s to %(last)s") % {"first": first, "last": last}


def sets_of(family: str) -> list[RuleSet]:
    """The sets a family can choose among, oldest first."""
    found = [one for one in rule_sets().values() if one.family in SETS_OF[family]]
    return sorted(found, key=lambda one: (one.valid_from, one.id))


def given_words(set_id: str, given: Mapping[str, object]) -> str:
    """The parameters that differ from the set's own, in a line."""
    values = rule_set(set_id).values(given)
    return "; ".join(_value_words(name, values[name], given[name]) for name in given)


def _value_words(name: str, value: Value, given: object) -> str:
    if isinstance(value, Mapping):
        groups = given if isinstance(given, Mapping) else value
        return f"{parameter_label(name)}: " + ", ".join(f"{group_label(key)} {value[key]}" for key in groups)
    shown = word_of(name, value) if isinstance(value, str) else danish.number(value)
    return f"{parameter_label(name)}: {shown}"
