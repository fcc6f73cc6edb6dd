"""What waits because of right and duty: to refer who has asked, to assess after a year, to refer then (RULE-03, RULE-05).

Rows depend on the registers alone, not on the day: they carry the moment from which they show.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from jobformidler.casework import words
from jobformidler.casework.attention import Action, Item, Scope, refresh_on, register_reason
from jobformidler.casework.decision_enums import AFTER_DECIDED, Answer, DecisionKind, DecisionStatus
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Attention, Decision
from jobformidler.core import clock
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers.enums import SpellKind
from jobformidler.registers.models import Clock, ReferralDecision, ReferralRequest, Spell


def _by_citizen(scope: Scope) -> dict[int, int]:
    return {case.citizen_id: pk for pk, case in scope.cases.items()}


def _referred(scope: Scope) -> dict[int, dt.date]:
    """When each citizen's referral was decided."""
    rows = ReferralDecision.objects.filter(citizen__in=list(_by_citizen(scope)), withdrawn_at=None)
    return dict(rows.values_list("citizen", "decided_on"))


def _requests(scope: Scope) -> Iterable[Item]:
    cases, referred = _by_citizen(scope), scope.once("referred", _referred)
    rows = ReferralRequest.objects.filter(citizen__in=list(cases), withdrawn_at=None)
    for citizen, asked_on, pk in rows.values_list("citizen", "asked_on", "pk"):
        if citizen not in referred:
            asked = clock.at_time(asked_on, 0)
            yield Item(cases[citizen], since=asked, visible_from=asked, subject_id=pk, owner=CaseRole.CASEWORKER)


def _request(row: Attention, now: dt.datetime) -> str:
    asked = words.day_name(clock.local_date(row.since), clock.local_date(now))
    return _("%(name)s has asked for referral to another provider (%(day)s). Refer.") % {
        "name": row.citizen.short_name,
        "day": asked,
    }


def _refer(row: Attention, now: dt.datetime) -> Action:
    return "refer", _("Refer %(name)s") % {"name": row.citizen.short_name}


def _years(scope: Scope) -> Iterable[Item]:
    """Unemployed without an end in the latest cycle, from the day the year is full, until referred or assessed as no."""
    cases, referred = _by_citizen(scope), scope.once("referred", _referred)
    lasting = Spell.objects.filter(citizen__in=list(cases), end=None).values_list("citizen", "kind")
    kinds_of: dict[int, set[str]] = {}
    for citizen, kind in lasting:
        kinds_of.setdefault(citizen, set()).add(kind)
    clocks: dict[int, tuple[dt.date, dt.date]] = {}
    rows = Clock.objects.filter(citizen__in=list(cases), until=None, duty_on__isnull=False)
    for citizen, since, duty_on in rows.order_by("since").values_list("citizen", "since", "duty_on"):
        assert duty_on is not None
        clocks[citizen] = (since, duty_on)
    assessed = _assessed(scope, cases)
    for citizen, (since, duty_on) in clocks.items():
        unemployed = kinds_of.get(citizen, set())
        if not unemployed & {SpellKind.LEDIGHEDSYDELSE, SpellKind.UNEMPLOYED} or unemployed & {
            SpellKind.FLEKSJOB,
            SpellKind.ORDINARY_JOB,
        }:
            continue
        if referred.get(citizen, dt.date.min) >= since:
            continue
        on, outcome = assessed.get(citizen, (dt.date.min, ""))
        outcome = outcome if on >= since else ""
        if outcome == Answer.REFUSED:
            continue
        begins = clock.at_time(duty_on, 0)
        yield Item(
            cases[citizen],
            since=begins,
            visible_from=begins,
            owner=CaseRole.CASEWORKER,
            facts={"assessed": bool(outcome)},
        )


def _assessed(scope: Scope, cases: dict[int, int]) -> dict[int, tuple[dt.date, str]]:
    """Day and outcome of each citizen's latest assessment of availability that stands."""
    rows = Decision.objects.filter(
        case__citizen__in=list(cases), kind=DecisionKind.AVAILABILITY, status__in=AFTER_DECIDED
    ).exclude(status=DecisionStatus.REPLACED)
    found: dict[int, tuple[dt.date, str]] = {}
    for citizen, at, outcome in rows.order_by("pk").values_list("case__citizen", "decided_at", "outcome"):
        assert at is not None
        found[citizen] = (clock.local_date(at), outcome)
    return found


def _year(row: Attention, now: dt.datetime) -> str:
    said = {"name": row.citizen.short_name, "day": words.day_name(clock.local_date(row.since), clock.local_date(now))}
    if row.facts["assessed"]:
        return _("%(name)s meets the conditions, and a year of unemployment is full (%(day)s). Refer.") % said
    return (
        _(
            "%(name)s has been unemployed for 1 year (%(day)s). Assess availability; if the conditions are met, the"
            " municipality is to refer."
        )
        % said
    )


def _assess(row: Attention, now: dt.datetime) -> Action:
    if row.facts["assessed"]:
        return _refer(row, now)
    return "clock", _("Assess availability")


register_reason("referral_asked", group="other", order=1, source=_requests, sentence=_request, action=_refer)
register_reason("duty_reached", group="other", order=2, source=_years, sentence=_year, action=_assess)
refresh_on(
    *kinds.OF_CITIZEN, kinds.REFERRAL_ASKED, kinds.REFERRAL_UNASKED, kinds.REFERRAL_DECIDED, kinds.REFERRAL_WITHDRAWN
)
