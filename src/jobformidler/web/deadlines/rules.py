"""Which rules the municipality goes by, and what it went by before (RULE-01, RULE-10)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.core import clock
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.periods import last_day
from jobformidler.law import RuleSet, rule_set
from jobformidler.registers import actions
from jobformidler.registers.enums import MeetingHolder, RuleFamily
from jobformidler.registers.models import RuleChoice
from jobformidler.registers.rules import CONTACT_DEFAULT
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.deadlines import rule_words
from jobformidler.web.deadlines.rule_forms import OffForm, RulesForm
from jobformidler.web.deadlines.rule_words import BY_WORD, FAMILIES
from jobformidler.web.guards import roles
from jobformidler.web.http import Request


def _rows(request: Request, *families: str) -> list[RuleChoice]:
    """What was chosen for these families, the newest first."""
    found = RuleChoice.objects.about(request.viewer.municipality.pk, *families).select_related("by")
    return list(found.order_by("family", "-period"))


def _day(day: Any) -> str:
    return danish.day_near(day, weekday=False, year=True)


def _now(rows: list[RuleChoice], family: str, request: Request) -> tuple[str, str]:
    """What holds today in one sentence, and the banner of it while something does."""
    today = request.viewer.day
    held = next((row for row in rows if today in row.period), None)
    coming = [row for row in reversed(rows) if row.period.lower > today]
    if held is not None:
        rules = rule_set(held.rule_set)
        said = _("%(title)s, since %(day)s.") % {"title": rules.title, "day": _day(held.period.lower)}
        banner = rules.banner
    elif family == RuleFamily.CONTACT:
        rules = rule_set(CONTACT_DEFAULT)
        said = _("%(title)s, as long as nothing else is chosen.") % {"title": rules.title}
        banner = rules.banner
    else:
        said, banner = _("Switched off."), ""
    for row in coming:
        said += " " + _("From %(day)s: %(title)s.") % {
            "day": _day(row.period.lower),
            "title": rule_set(row.rule_set).title,
        }
    return said, banner


@roles(Role.ADMINISTRATOR)
def overview(request: Request) -> HttpResponse:
    """Every family of rules: what holds today, and where it shows."""
    rows = _rows(request, *FAMILIES)
    entries = [
        {
            "label": label,
            "about": about,
            "now": _now([row for row in rows if row.family == family], family, request)[0],
            "url": reverse("rules_family", args=[word]),
        }
        for family, (word, label, about) in FAMILIES.items()
    ]
    return render(request, "deadlines/rules.html", {"entries": entries})


@roles(Role.ADMINISTRATOR)
def family(request: Request, word: str) -> HttpResponse:
    """One family: what holds, the sets there are, switching off, and what was chosen when and by whom."""
    about = _family(word)
    rows = _rows(request, about)
    said, banner = _now(rows, about, request)
    context = {
        "title": FAMILIES[about][1],
        "lead": FAMILIES[about][2],
        "now": said,
        "banner": banner,
        "sets": [_shown(one, word) for one in rule_words.sets_of(about)],
        "history": [_past(row, about) for row in rows],
        "off_url": reverse("rules_off", args=[word]) if any(row.period.upper is None for row in rows) else "",
    }
    return render(request, "deadlines/rules_family.html", context)


def _family(word: str) -> str:
    if word not in BY_WORD:
        raise Http404
    return BY_WORD[word]


def _shown(rules: RuleSet, word: str) -> dict[str, Any]:
    return {
        "title": rules.title,
        "status": rule_words.status_words(rules),
        "time": rule_words.time_words(rules),
        "paragraphs": rules.paragraphs,
        "references": rules.references,
        "url": reverse("rules_set", args=[word, rules.id]),
    }


def _past(row: RuleChoice, about: str) -> dict[str, str]:
    last = last_day(row.period.upper)
    more = [rule_words.given_words(row.rule_set, row.parameters)]
    if about == RuleFamily.CONTACT:
        more.append(_("held by %(holder)s") % {"holder": MeetingHolder(row.holder).label})
    if row.old_cases_stay:
        more.append(_("old cases stay on the former rules"))
    return {
        "time": f"{_day(row.period.lower)} – {_day(last)}"
        if last
        else _("from %(first)s") % {"first": _day(row.period.lower)},
        "title": rule_set(row.rule_set).title,
        "more": "; ".join(filter(None, more)),
        "reason": row.reason,
        "who": row.by.name if row.by else _("the system"),
        "decided": _day(row.decided_on),
    }


@roles(Role.ADMINISTRATOR)
def choose(request: Request, word: str, name: str) -> HttpResponse:
    """Go by this set from a day on."""
    about = _family(word)
    rules = next((one for one in rule_words.sets_of(about) if one.id == name), None)
    if rules is None:
        raise Http404
    rows = _rows(request, about)
    newest = rows[0] if rows else None
    mine = newest if newest is not None and newest.rule_set == name else None
    form = RulesForm(
        request.POST or None,
        family=about,
        rules=rules,
        given=mine.parameters if mine else None,
        initial={
            "since": request.viewer.day
            if rules.holds(request.viewer.day) or about == RuleFamily.CONTACT
            else rules.valid_from,
            "holder": newest.holder if newest else MeetingHolder.CASEWORKER,
            "old_cases_stay": mine.old_cases_stay if mine else rules.transition == "new cases",
            "reason": mine.reason if mine else "",
            "version": newest.version if newest else None,
        },
    )

    def act(sent: RulesForm) -> object:
        typed = sent.cleaned_data
        return _chosen(
            request,
            about,
            name,
            parameters=sent.parameters(),
            version=typed.get("version"),
            **{key: typed[key] for key in ("since", "holder", "old_cases_stay", "reason") if typed.get(key)},
            **({"old_cases_stay": False} if "old_cases_stay" in typed and not typed["old_cases_stay"] else {}),
        )

    return form_page(
        request,
        form,
        act,
        title=rules.title,
        said=_("The rules are chosen. The dates are being calculated."),
        back=reverse("rules_family", args=[word]),
        submit=_("Use these rules"),
        in_case=False,
        context={"back_label": FAMILIES[about][1], "lead": rules.banner},
    )


@roles(Role.ADMINISTRATOR)
def switch_off(request: Request, word: str) -> HttpResponse:
    """Stop using the rules of a family from a day on; contact meetings go back to three months."""
    about = _family(word)
    rows = _rows(request, about)
    version = rows[0].version if rows else None
    form = OffForm(request.POST or None, initial={"since": request.viewer.day, "version": version})
    lead = _("The dates they gave are no longer shown. What was used until then stays in the list.")
    if about == RuleFamily.CONTACT:
        lead = _("Then contact meetings are held every three months again, by the caseworker.")
    return form_page(
        request,
        form,
        lambda sent: _chosen(request, about, "", since=sent.day, version=sent.cleaned_data["version"]),
        title=_("Stop using the rules"),
        said=_("The rules are no longer used."),
        back=reverse("rules_family", args=[word]),
        submit=_("Stop using the rules"),
        in_case=False,
        context={"back_label": FAMILIES[about][1], "lead": lead},
    )


def _chosen(request: Request, about: str, name: str, **values: Any) -> object:
    """Choose, and say in one sentence when somebody else was faster: a timeline has no two versions to lay side by side."""
    try:
        return actions.choose_rules(
            municipality=request.viewer.municipality,
            family=about,
            chosen=name,
            by=request.user,
            at=clock.now(),
            **values,
        )
    except StaleError as error:
        raise ActionError(_("Somebody else has chosen other rules meanwhile. Go back and look first.")) from error
