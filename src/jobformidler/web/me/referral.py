"""The citizen's right to another provider, in plain words: what it is, where it stands, and asking for it (RULE-03, D.1-19)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.casework.guidance_letters import LETTER
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.messaging.models import Letter
from jobformidler.registers import actions
from jobformidler.registers.enums import ClockState, RequestWay
from jobformidler.registers.models import Clock, Guidance, ReferralDecision, ReferralRequest
from jobformidler.web import danish
from jobformidler.web.deadlines import words
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request


@dataclass(frozen=True)
class Right:
    """What a citizen is told of the right: one sentence about it, one about the year, and whether it can be asked for."""

    headline: str
    year: str
    may_ask: bool
    news: bool
    banner: str
    asked: ReferralRequest | None


def _long(day: dt.date) -> str:
    return danish.day_near(day, weekday=False, year=True)


def right_of(citizen: Citizen, day: dt.date) -> Right | None:
    """Where the citizen's right stands on the day; None where nothing is counted. At most three queries."""
    rows = Clock.objects.filter(citizen=citizen).running_on(day).with_facts(day)
    row = rows.select_related("approval").order_by("-since", "-cycle").first()
    if row is None or (row.approval.ended_on is not None and row.approval.ended_on <= day):
        return None
    right, duty = words.standings(row, day)
    asked = ReferralRequest.objects.filter(citizen=citizen, withdrawn_at=None).first()
    return Right(
        headline=_headline(citizen, right.state, row.right_on, asked),
        year=_year(duty.state, row.duty_on, day),
        may_ask=asked is None and right.state not in (ClockState.FULFILLED, ClockState.LAPSED),
        news=right.state in (ClockState.UNUSED, ClockState.ASKED, ClockState.FULFILLED),
        banner=words.banner_of(row.rule_set),
        asked=asked,
    )


def _headline(citizen: Citizen, state: str, on: dt.date | None, asked: ReferralRequest | None) -> str:
    if state == ClockState.FULFILLED:
        decided = ReferralDecision.objects.filter(citizen=citizen, withdrawn_at=None).order_by("-pk").first()
        if decided is not None:
            return _("We have decided on %(day)s that you are to be referred to another provider.") % {
                "day": _long(decided.decided_on)
            }
    if asked is not None:
        return _("You asked to be referred on %(day)s. Your caseworker goes on with it and contacts you.") % {
            "day": _long(asked.asked_on)
        }
    if state == ClockState.UNUSED and on is not None:
        return _("Since %(day)s you have had the right to be referred to another provider, if you want it.") % {
            "day": _long(on)
        }
    if state == ClockState.LAPSED:
        return _("You are in work, so the right does not run right now.")
    if state in (ClockState.ARISES, ClockState.PAUSED) and on is not None:
        return _("If nothing changes, you get the right to be referred to another provider on %(day)s.") % {
            "day": _long(on)
        }
    return _("By the letter the right has not arisen. We can refer you all the same. Ask, and we look at it together.")


def _year(state: str, on: dt.date | None, day: dt.date) -> str:
    """What a year of unemployment means: the citizen's right and the municipality's duty (D.1-19)."""
    if on is None or state in (ClockState.FULFILLED, ClockState.LAPSED):
        return ""
    if on > day:
        return _(
            "On %(day)s you will have been unemployed for a year, if nothing changes. Then you have the right to be"
            " referred, and we must look at your availability with you. If the conditions are met, we must refer you."
        ) % {"day": _long(on)}
    return _(
        "On %(day)s you had been unemployed for a year. You have the right to be referred, and we must look at your"
        " availability with you. If the conditions are met, we must refer you."
    ) % {"day": _long(on)}


@own_page("my_referral")
def my_referral(request: Request, citizen: Citizen) -> HttpResponse:
    """What the right is, where it stands, what has been said about it, and asking for it."""
    context: dict[str, Any] = {
        "citizen": citizen,
        "municipality": citizen.municipality,
        "right": right_of(citizen, clock.today()),
        "told": [
            _("We told you of %(about)s %(way)s %(day)s.")
            % {
                "about": one.get_about_display(),
                "way": one.get_way_display(),
                "day": danish.day_near(one.given_on, weekday=False, year=True),
            }
            for one in Guidance.objects.filter(citizen=citizen).order_by("-given_on", "-pk")[:4]
        ],
        "letters": list(Letter.objects.filter(citizen_id=citizen.pk, kind=LETTER).defer("pdf").order_by("-pk")),
    }
    return render(request, "me/referral.html", context)


def _back(request: Request, said: str, error: ActionError | None = None) -> HttpResponse:
    if error is None:
        messages.success(request, said)
    else:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(reverse("my_referral"))


@own_page("my_referral")
@require_POST
def my_referral_ask(request: Request, citizen: Citizen) -> HttpResponse:
    """Ask to be referred."""
    now = clock.now()
    try:
        actions.ask_referral(citizen=citizen, asked_on=now.date(), way=RequestWay.MY_PAGE, by=request.user, at=now)
    except ActionError as error:
        return _back(request, "", error)
    return _back(request, _("Thank you. Your caseworker has got your request and contacts you."))


@own_page("my_referral")
@require_POST
def my_referral_unask(request: Request, citizen: Citizen) -> HttpResponse:
    """Take the request back; the right stays."""
    row = ReferralRequest.objects.filter(citizen=citizen, withdrawn_at=None).first()
    if row is not None:
        try:
            actions.unask_referral(request=row, by=request.user, at=clock.now())
        except ActionError as error:
            return _back(request, "", error)
    return _back(request, _("You no longer ask to be referred. You can ask again whenever you want."))
