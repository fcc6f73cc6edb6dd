"""The engine's findings in the words of the screens. Every sentence is about the place; none is about how somebody is."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jobformidler.matching.engine import told
from jobformidler.matching.terms import Criterion, Finding, Match, Need, Parameters, Reason, Verdict
from jobformidler.web import danish
from jobformidler.web.cases.words import capital, joined

#: Considerations shown as bars of their own; the rest stand in the reasons.
MOST_BARS = 8


def time_words(minutes: int) -> str:
    """Minutes after midnight as "kl. 10" or "kl. 9.30"."""
    hour, minute = divmod(minutes, 60)
    digits = f"{hour}.{minute:02d}" if minute else str(hour)
    return (_("at %(time)s") % {"time": digits}).replace(" ", danish.NBSP)


def lower(text: str) -> str:
    """The text as it stands inside a sentence."""
    return text[:1].lower() + text[1:].rstrip(".")


def number_word(count: int) -> str:
    """ "to", "tre"; digits from thirteen on."""
    words = [
        pgettext("counting things", "no"), pgettext("counting things", "one"), pgettext("counting things", "two"),
        pgettext("counting things", "three"), pgettext("counting things", "four"), pgettext("counting things", "five"),
        pgettext("counting things", "six"), pgettext("counting things", "seven"), pgettext("counting things", "eight"),
        pgettext("counting things", "nine"), pgettext("counting things", "ten"), pgettext("counting things", "eleven"),
        pgettext("counting things", "twelve"),
    ]  # fmt: skip
    return words[count] if count < len(words) else str(count)


def verdict_words(findings: Sequence[Finding]) -> str:
    """ "To ting taler for. En ting skal afklares." Never a total, never a percentage."""
    speaks, asks, against = (len(told(findings, v)) for v in (Verdict.FOR, Verdict.ASKS, Verdict.AGAINST))
    parts = []
    if speaks:
        parts.append(
            ngettext("%(count)s thing speaks for it.", "%(count)s things speak for it.", speaks)
            % {"count": number_word(speaks)}
        )
    if asks:
        parts.append(
            ngettext("%(count)s thing must be clarified.", "%(count)s things must be clarified.", asks)
            % {"count": number_word(asks)}
        )
    if against:
        parts.append(
            ngettext("%(count)s thing speaks against it.", "%(count)s things speak against it.", against)
            % {"count": number_word(against)}
        )
    return " ".join(capital(part) for part in parts) or _("Nothing speaks for or against it yet.")


def reasons(match: Match, name: str, contact: str = "") -> list[tuple[str, str]]:
    """(for, asks or against; sentence) of everything the verdict counts, in that order."""
    return [
        (str(verdict), _sentence(group, name, contact if match.here else ""))
        for verdict in (Verdict.FOR, Verdict.ASKS, Verdict.AGAINST)
        for group in told(match.findings, verdict)
    ]


def _sentence(group: tuple[Finding, ...], name: str, talk_to: str) -> str:
    one = group[0]
    if one.criterion is Criterion.CONSIDERATION:
        wanted = joined([lower(finding.values[0]) for finding in group])
        if one.verdict is Verdict.FOR:
            return _("It is possible to take into account: %(what)s.") % {"what": wanted}
        return _("Ask whether this can be taken into account: %(what)s.") % {"what": wanted}
    if one.fact == "paid_share":
        paid, all_of = one.values
        said = ngettext(
            "%(gave)s of %(n)s placement here has given paid hours.",
            "%(gave)s of %(n)s placements here have given paid hours.",
            all_of,
        ) % {"gave": paid, "n": all_of}
        if talk_to:
            said += " " + _("Talk with %(who)s about hours first.") % {"who": talk_to}
        return said
    known = {"name": name, "names": danish.possessive(name)}
    simple = {
        "paid_expected": _("The workplace says that paid hours are possible."),
        "paid_unknown": _("Nobody knows yet whether there can be paid hours. Ask the workplace."),
        "no_tasks": _("The tasks are not described. Ask what is to be done."),
        "other_tasks": _("The tasks are others than those %(name)s has named. Ask %(name)s.") % known,
        "nothing_named": _("Nothing is written about what %(name)s can do. Ask %(name)s.") % known,
        "travel_unknown": _("The way there is not known. Look at it together."),
        "same_postal_code": _("The place is in %(names)s own postal code.") % known,
        "same_city": _("The place is in %(names)s own city.") % known,
        "no_contact": _("A contact person at the workplace must be found."),
        "stopped_here": _("A placement here has stopped before. See what you took with you."),
    }
    if one.fact in simple:
        return simple[one.fact]
    value: Any = one.values[0]
    if one.fact == "can":
        return _("The tasks resemble what %(name)s can do: %(what)s.") % {**known, "what": lower(value)}
    if one.fact == "wants":
        return _("The tasks resemble what %(name)s would like: «%(what)s».") % {**known, "what": value.rstrip(".")}
    if one.fact == "cannot":
        return _("There is something here that %(name)s has said no to: %(what)s.") % {**known, "what": lower(value)}
    if one.fact == "start_unknown":
        return _("When the day starts is not known. %(name)s can start %(time)s.") % {
            **known,
            "time": time_words(value),
        }
    if one.fact == "starts_early":
        return _("The day starts %(time)s, and %(name)s can start %(own)s.") % {
            **known,
            "time": time_words(value),
            "own": time_words(one.values[1]),
        }
    if one.fact == "more_hours":
        return _("At least %(hours)s hours a week, and %(name)s can work %(own)s.") % {
            **known,
            "hours": danish.hours(value),
            "own": danish.hours(one.values[1]),
        }
    if one.fact == "stale":
        return _("The place has not been confirmed for %(days)s. Call first.") % {"days": danish.days(value)}
    return _("The place is in %(city)s.") % {"city": value}


def bars(findings: Sequence[Finding]) -> list[tuple[str, str, int]]:
    """(criterion, fact in words, level 0–4) for the bars beside a place."""
    return [bar for finding in findings if (bar := _bar(finding))][:MOST_BARS]


def _bar(one: Finding) -> tuple[str, str, int] | None:
    names: dict[Criterion, str] = {
        Criterion.PAID_HOURS: _("Paid hours in prospect"),
        Criterion.TASKS: _("Tasks"),
        Criterion.START: _("Start of the day"),
        Criterion.TRAVEL: _("Transport"),
        Criterion.HOURS: _("Hours"),
    }
    if one.criterion is Criterion.CONSIDERATION:
        fact = (
            _("possible")
            if one.verdict is Verdict.FOR
            else _("not mentioned, ask")
            if one.fact == "not_mentioned"
            else _("must be asked")
        )
        return capital(one.values[0].rstrip(". ")), fact, one.level
    if one.criterion not in names or (one.criterion is Criterion.HOURS and one.verdict is Verdict.NEUTRAL):
        return None
    facts = {
        "paid_expected": _("possible, says the workplace"),
        "paid_unknown": _("not known, ask"),
        "no_tasks": _("not described"),
        "other_tasks": _("other than named"),
        "nothing_named": _("must be asked"),
        "cannot": _("one is not possible"),
        "can": _("resemble what is known"),
        "wants": _("resemble a wish"),
        "start_unknown": _("not known, ask"),
        "travel_unknown": _("not known"),
        "same_city": _("same city"),
        "same_postal_code": _("same postal code"),
    }
    if one.fact in facts:
        fact = facts[one.fact]
    elif one.fact == "paid_share":
        fact = ngettext("%(gave)s of %(n)s placement", "%(gave)s of %(n)s placements", one.values[1]) % {
            "gave": one.values[0],
            "n": one.values[1],
        }
    elif one.fact in ("starts_at", "starts_early"):
        fact = time_words(one.values[0])
    elif one.fact == "more_hours":
        fact = _("at least %(hours)s") % {"hours": danish.hours(one.values[0])}
    else:
        fact = one.values[0]
    return names[one.criterion], fact, one.level


def filtered_words(counts: dict[Reason, int], need: Need, name: str, parameters: Parameters) -> str:
    """ "8 har ingen løntimer i udsigt, 4 begynder før kl. 10 og 2 ligger i en anden by"."""
    return joined([reason_words(reason, n, need, name, parameters) for reason, n in counts.items()])


def reason_words(reason: Reason, n: int, need: Need, name: str, parameters: Parameters) -> str:
    """How many places are left out for one reason."""
    start = time_words(need.earliest_start) if need.earliest_start is not None else ""
    weeks = danish.weeks(parameters.wait_days // 7)
    hours = danish.hours(need.hours_max) if need.hours_max is not None else ""
    said = {
        Reason.CLOSED: ngettext("%(n)s is closed", "%(n)s are closed", n),
        Reason.FULL: ngettext("%(n)s has no free place", "%(n)s have no free place", n),
        Reason.APPROVAL: ngettext("%(n)s needs approval to fleksjob", "%(n)s need approval to fleksjob", n),
        Reason.HOURS: ngettext(
            "%(n)s has more than %(hours)s hours a week", "%(n)s have more than %(hours)s hours a week", n
        ),
        Reason.START: ngettext("%(n)s starts before %(time)s", "%(n)s start before %(time)s", n),
        Reason.TRAVEL: ngettext("%(n)s is in another city", "%(n)s are in another city", n),
        Reason.LATER: ngettext("%(n)s opens in more than %(weeks)s", "%(n)s open in more than %(weeks)s", n),
        Reason.NO_PAID_HOURS: ngettext(
            "%(n)s has no paid hours in prospect", "%(n)s have no paid hours in prospect", n
        ),
    }
    return said[reason] % {"n": n, "hours": hours, "time": start, "weeks": weeks, "name": name}


def what_if_words(reason: Reason, need: Need, parameters: Parameters) -> str:
    """The condition of a chip, after "Hvad nu hvis Jonas kunne …"."""
    if reason is Reason.START:
        return _("start %(time)s") % {"time": time_words((need.earliest_start or 0) - parameters.start_step)}
    if reason is Reason.HOURS:
        more = danish.hours((need.hours_max or 0) + parameters.hours_step)
        return _("work %(hours)s hours a week") % {"hours": more}
    return {
        Reason.TRAVEL: _("travel to another city"),
        Reason.LATER: _("wait for a place that opens later"),
        Reason.NO_PAID_HOURS: _("wait for paid hours"),
    }[reason]


def candidates_out_words(counts: dict[Reason, int]) -> str:
    """Why citizens are not on the list of candidates, told about the place."""
    said = {
        Reason.CLOSED: _("the place is closed"),
        Reason.FULL: _("there is no free place"),
        Reason.APPROVAL: _("%(n)s without approval to fleksjob"),
        Reason.HOURS: _("%(n)s need fewer hours a week"),
        Reason.START: _("%(n)s need a later start"),
        Reason.TRAVEL: _("%(n)s need a place closer to home"),
        Reason.LATER: _("the place opens too late"),
        Reason.NO_PAID_HOURS: _("no placement here has given paid hours"),
    }
    return joined([said[reason] % {"n": n} for reason, n in counts.items()])
