"""What happens to the agreement as a whole: sent, reminded, signed at a meeting, approved, started, dropped."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions
from jobformidler.placements import words as domain
from jobformidler.placements.models import Placement
from jobformidler.web.guards import placement_page
from jobformidler.web.http import Request
from jobformidler.web.placements.desk import Desk
from jobformidler.web.placements.forms import (
    DropForm,
    ReasonForm,
    RecommendForm,
    SignHereForm,
    TransferForm,
    VitasForm,
)
from jobformidler.web.placements.sheet import dom_id
from jobformidler.web.placements.views.agreement import no_agreement, page


def back(placement: Placement, anchor: str = "") -> HttpResponseRedirect:
    """To the agreement's page."""
    return HttpResponseRedirect(reverse("agreement", args=[placement.pk]) + anchor)


def attempt(
    request: Request, placement: Placement, act: Callable[[], Any], said: str, anchor: str = ""
) -> HttpResponse:
    """Do it and say so, or say what stood in the way; then back to the agreement."""
    try:
        act()
    except ActionError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return back(placement, anchor)
    messages.success(request, said)
    return back(placement)


def asked(
    request: Request, placement: Placement, name: str, form: forms.Form, act: Callable[[Any], Any], said: str
) -> HttpResponse:
    """The same for a step that asks something first: a refused answer is shown again, with the box open."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ActionError as error:
            for field, sentences in getattr(error, "message_dict", {"__all__": error.messages}).items():
                for sentence in sentences:
                    form.add_error(field if field in form.fields else None, sentence)
        else:
            messages.success(request, said)
            return back(placement)
    placement.refresh_from_db()
    desk = Desk(placement, request.user, clock.now())
    if desk.newest is None:
        return no_agreement(request, placement)
    more: dict[str, Any] = {f"{name}_form": form, "open_box": name}
    return page(request, desk, **more)


@placement_page("agreement")
@require_POST
def agreement_send(request: Request, placement: Placement) -> HttpResponse:
    """Send for signature; while something is missing, go to the first missing value instead."""
    now = clock.now()
    desk = Desk(placement, request.user, now)
    if not desk.works:
        raise PermissionDenied
    if desk.newest is None:
        return no_agreement(request, placement)
    key = desk.sheet.first_missing
    if key:
        return back(placement, f"?felt={key}#{dom_id(key)}")
    try:
        sent = actions.send_for_signature(placement=placement, by=request.user, at=now)
    except ActionError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return back(placement)
    names = [desk.newest.signer(link.party) for link in sent]
    if names:
        messages.success(request, _("Sent to %(names)s.") % {"names": domain.joined(names)})
    else:
        messages.success(request, _("The version is frozen. Nobody has to sign it by link."))
    unknown = {str(party) for party in Desk(placement, request.user, now).waiting} - {link.party for link in sent}
    for party in desk.newest.parties:
        if party in unknown:
            messages.warning(
                request,
                _("We know no e-mail for %(name)s. Write it in the register, or sign together at a meeting.")
                % {"name": desk.newest.signer(party)},
            )
    return back(placement)


@placement_page("agreement")
@require_POST
def agreement_remind(request: Request, placement: Placement, party: str) -> HttpResponse:
    """A fresh link to one who has not signed; at most once a day."""
    return attempt(
        request,
        placement,
        lambda: actions.renew_link(placement=placement, party=party, by=request.user, at=clock.now()),
        _("A new link is on its way. The old one no longer works."),
    )


@placement_page("agreement")
@require_POST
def agreement_sign_here(request: Request, placement: Placement, party: str) -> HttpResponse:
    """A signature given at a meeting, registered by the one who was there."""
    version = placement.sent_version

    def act(answers: dict[str, Any]) -> None:
        assert version is not None
        actions.confirm(
            version=version,
            party=party,
            name=answers["name"],
            digest=request.POST.get("digest", ""),
            by=request.user,
            at=clock.now(),
        )

    if version is None:
        return back(placement)
    return asked(
        request, placement, f"here_{party}", SignHereForm(request.POST), act, _("The signature is registered.")
    )


@placement_page("agreement")
@require_POST
def agreement_approve(request: Request, placement: Placement) -> HttpResponse:
    """The authority caseworker approves."""
    return attempt(
        request,
        placement,
        lambda: actions.approve(placement=placement, by=request.user, at=clock.now()),
        _("The placement is approved."),
    )


@placement_page("agreement")
@require_POST
def agreement_recommend(request: Request, placement: Placement) -> HttpResponse:
    """Somebody without authority recommends the approval to the caseworker (PROV-27)."""
    return asked(
        request,
        placement,
        "recommend",
        RecommendForm(request.POST, prefix="recommend"),
        lambda answers: actions.recommend_approval(
            placement=placement, recommendation=answers["recommendation"], by=request.user, at=clock.now()
        ),
        _("Your recommendation waits for the caseworker."),
    )


@placement_page("agreement")
@require_POST
def agreement_send_back(request: Request, placement: Placement) -> HttpResponse:
    """The authority caseworker sends it back, and says what is needed."""
    return asked(
        request,
        placement,
        "send_back",
        ReasonForm(request.POST, prefix="send_back"),
        lambda answers: actions.send_back(
            placement=placement, reason=answers["reason"], by=request.user, at=clock.now()
        ),
        _("The agreement is sent back to be changed."),
    )


@placement_page("agreement")
@require_POST
def agreement_start(request: Request, placement: Placement) -> HttpResponse:
    """The citizen begins."""
    name = placement.case.citizen.short_name
    return attempt(
        request,
        placement,
        lambda: actions.start(placement=placement, by=request.user, at=clock.now()),
        _("%(name)s has started. %(workplace)s has got a link for the hours of the week.")
        % {"name": name, "workplace": placement.workplace.name},
    )


@placement_page("agreement")
@require_POST
def agreement_drop(request: Request, placement: Placement) -> HttpResponse:
    """Give it up before it starts."""
    return asked(
        request,
        placement,
        "drop",
        DropForm(request.POST, prefix="drop"),
        lambda answers: actions.drop(placement=placement, by=request.user, at=clock.now(), **answers),
        _("The placement is given up. Nobody is asked to sign any more."),
    )


@placement_page("agreement")
@require_POST
def agreement_vitas(request: Request, placement: Placement) -> HttpResponse:
    """Number and status in VITAS."""
    return asked(
        request,
        placement,
        "vitas",
        VitasForm(request.POST),
        lambda answers: actions.set_vitas(placement=placement, by=request.user, at=clock.now(), **answers),
        _("VITAS is noted."),
    )


@placement_page("agreement")
@require_POST
def agreement_transfer(request: Request, placement: Placement) -> HttpResponse:
    """ "Overført til fagsystem", with the receipt."""
    return asked(
        request,
        placement,
        "transfer",
        TransferForm(request.POST),
        lambda answers: actions.mark_transferred(placement=placement, by=request.user, at=clock.now(), **answers),
        _("Noted as transferred."),
    )
