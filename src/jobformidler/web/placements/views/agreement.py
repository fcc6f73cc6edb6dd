"""The agreement on its page: read, open a value, save it, and look at it as others see it."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from jobformidler.core import clock
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.placements import actions
from jobformidler.placements.agreement import FIELDS, stamp
from jobformidler.placements.enums import PlacementStatus
from jobformidler.placements.models import Placement
from jobformidler.web.guards import placement_page
from jobformidler.web.http import Request
from jobformidler.web.placements import words
from jobformidler.web.placements.desk import Desk
from jobformidler.web.placements.forms import DropForm, ReasonForm, RecommendForm, TransferForm, VitasForm
from jobformidler.web.placements.panels import Panel, answer, open_panel, stale_panel
from jobformidler.web.placements.sheet import Sheet, base_key, dom_id, is_key, paragraph_of

#: Parts of the page beside the sheet that a saved value redraws: id → template.
BESIDE = {
    "sheet-line": "placements/parts/line.html",
    "sheet-next": "placements/parts/next.html",
    "sheet-signers": "placements/parts/signers.html",
    "sheet-versions": "placements/parts/versions.html",
}


def no_agreement(request: Request, placement: Placement) -> HttpResponse:
    """An idea or a dialogue has no agreement yet: one tap begins it, and says whether hours were talked about (PLC-06)."""
    desk = Desk(placement, request.user, clock.now())
    context = {
        "desk": desk,
        "placement": placement,
        "citizen": placement.case.citizen,
        "asks": placement.status == PlacementStatus.IDEA,
        "begins": desk.works and placement.status in (PlacementStatus.IDEA, PlacementStatus.DIALOGUE),
        "back_url": reverse("case", args=[placement.case_id]),
    }
    return render(request, "placements/begin.html", context)


def _draw_panel(request: Request, desk: Desk, panel: Panel) -> None:
    """Put the opened panel into the sheet."""
    address = reverse("agreement_field", args=[desk.placement.pk, panel.key])
    html = render_to_string(
        "placements/panel.html",
        {
            "panel": panel,
            "action": address,
            "back": reverse("agreement", args=[desk.placement.pk]),
            "number": paragraph_of(panel.key),
        },
        request=request,
    )
    desk.opened = panel.key
    desk.sheet.opened = panel.key
    desk.sheet.panel = html


def _open(request: Request, desk: Desk, key: str) -> None:
    if desk.newest is None or not desk.editable or not is_key(key):
        return
    others = [item for item in desk.sheet.missing if item.field != key]
    _draw_panel(
        request, desk, open_panel(key, desk.newest, next_missing=bool(others) and key in desk.sheet.missing_keys)
    )


def page(request: Request, desk: Desk, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page of the agreement."""
    placement = desk.placement
    context = {
        "desk": desk,
        "sheet": desk.sheet,
        "placement": placement,
        "citizen": placement.case.citizen,
        "back_url": reverse("case", args=[placement.case_id]),
        "vitas_form": VitasForm(initial={"number": placement.vitas_number, "status": placement.vitas_status}),
        "transfer_form": TransferForm(
            initial={"on": placement.transferred_on or desk.today, "receipt": placement.transfer_receipt}
        ),
        "drop_form": DropForm(prefix="drop"),
        "send_back_form": ReasonForm(prefix="send_back"),
        "recommend_form": RecommendForm(prefix="recommend"),
        "recommended": desk.recommended,
        **more,
    }
    return render(request, "placements/agreement.html", context, status=status)


@placement_page("agreement")
@require_GET
def agreement(request: Request, placement: Placement) -> HttpResponse:
    """The sheet; `?felt=` opens a value, also without JavaScript."""
    desk = Desk(placement, request.user, clock.now())
    if desk.newest is None:
        return no_agreement(request, placement)
    key = request.GET.get("felt", "")
    if key:
        _open(request, desk, key)
    return page(request, desk)


@placement_page("agreement")
@require_http_methods(["GET", "POST"])
def agreement_field(request: Request, placement: Placement, field: str) -> HttpResponse:
    """Open, close or save one value. htmx gets the paragraph and what changed around it."""
    if not is_key(field):
        raise Http404
    desk = Desk(placement, request.user, clock.now())
    if desk.newest is None:
        return no_agreement(request, placement)
    if request.method == "POST":
        return _save(request, desk, field)
    if not request.htmx:
        return HttpResponseRedirect(f"{reverse('agreement', args=[placement.pk])}?felt={field}#{dom_id(field)}")
    if "luk" not in request.GET:
        _open(request, desk, field)
    return HttpResponse(desk.sheet.paragraph(paragraph_of(field)).html)


def _posted(request: Request, desk: Desk, field: str) -> tuple[str, Any]:
    assert desk.newest is not None
    if request.POST.get("keep") == "mine":
        return base_key(field), json.loads(request.POST.get("mine", "null"))
    return answer(field, request.POST, desk.newest.content)


def _save(request: Request, desk: Desk, field: str) -> HttpResponse:
    newest = desk.newest
    assert newest is not None
    if not desk.works:
        raise PermissionDenied
    if request.POST.get("keep") == "theirs":
        return _answered(request, desk, desk, field, "")
    lacked = field in desk.sheet.missing_keys or base_key(field) in {base_key(key) for key in desk.sheet.missing_keys}
    try:
        base, value = _posted(request, desk, field)
        version = actions.change_agreement(
            version=newest, field=base, value=value, by=request.user, at=desk.now, seen=request.POST.get("seen")
        )
    except StaleError as error:
        return _stale(request, desk.placement, field, error)
    except ActionError as error:
        return _refused(request, desk, field, error)
    desk.placement.refresh_from_db()
    fresh = Desk(desk.placement, request.user, desk.now)
    if "more" in request.POST:
        following = field
    else:
        following = fresh.sheet.first_missing if lacked else _asks_why(base, value)
    if version.pk != newest.pk:
        messages.success(request, _("Version %(n)s has begun. Send it when it is right.") % {"n": version.number})
        return _whole(request, fresh, following)
    return _answered(request, desk, fresh, field, following)


def _asks_why(base: str, value: Any) -> str:
    """Taking the words about paid hours out asks for the reason at once (PLC-04)."""
    return "clause_removed_reason" if base == "clause" and value is False else ""


def _whole(request: Request, desk: Desk, key: str) -> HttpResponse:
    target = reverse("agreement", args=[desk.placement.pk])
    target += f"?felt={key}#{dom_id(key)}" if key else ""
    return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)


def _answered(request: Request, before: Desk, after: Desk, field: str, following: str) -> HttpResponse:
    """What a saved value sends back: the paragraph, those that changed with it, and what stands beside the sheet."""
    if not request.htmx:
        return (
            _whole(request, after, following)
            if following
            else HttpResponseRedirect(f"{reverse('agreement', args=[after.placement.pk])}#{dom_id(field)}")
        )
    old = {paragraph.number: paragraph.html for paragraph in before.sheet.paragraphs}
    if following:
        _open(request, after, following)
    here = paragraph_of(field)
    changed = [p for p in after.sheet.paragraphs if p.number != here and p.html != old[p.number]]
    context = {
        "main": after.sheet.paragraph(here),
        "changed": changed,
        "beside": BESIDE,
        "desk": after,
        "sheet": after.sheet,
        "placement": after.placement,
    }
    return render(request, "placements/saved.html", context)


def _shown(request: Request, desk: Desk, panel: Panel) -> HttpResponse:
    _draw_panel(request, desk, panel)
    if request.htmx:
        return HttpResponse(desk.sheet.paragraph(paragraph_of(panel.key)).html)
    return page(request, desk)


def _stale(request: Request, placement: Placement, field: str, error: StaleError) -> HttpResponse:
    placement.refresh_from_db()
    desk = Desk(placement, request.user, clock.now())
    assert desk.newest is not None
    who = desk.newest.made_by.name if desk.newest.made_by else _("the system")
    panel = stale_panel(
        open_panel(field, desk.newest, next_missing=False),
        error,
        desk.newest.content,
        who,
        words.moment_words(desk.newest.made_at, desk.today),
    )
    base = base_key(field)
    panel.stale_value = json.dumps(error.mine[base])
    panel.seen = stamp(desk.newest.content.get(base))
    return _shown(request, desk, panel)


def _refused(request: Request, desk: Desk, field: str, error: ActionError) -> HttpResponse:
    assert desk.newest is not None
    panel = open_panel(field, desk.newest, next_missing=False)
    panel.errors = error.messages
    panel.keep_typed(request.POST)
    return _shown(request, desk, panel)


def _reading(desk: Desk, number: int | None) -> tuple[Sheet, int]:
    """A version as its readers see it: words, no links, no margin."""
    version = next((v for v in desk.versions if number in (None, v.number)), None)
    if version is None:
        raise Http404
    return Sheet(version.content), version.number


def _read_page(request: Request, placement: Placement, *, number: int | None, over: str) -> HttpResponse:
    desk = Desk(placement, request.user, clock.now())
    sheet, shown = _reading(desk, number)
    version = next(v for v in desk.versions if v.number == shown)
    changed = [str(FIELDS[key].label) for key in version.changed if key in FIELDS]
    context = {
        "sheet": sheet,
        "desk": desk,
        "placement": placement,
        "number": shown,
        "over": over,
        "changed": changed,
        "made_at": words.moment_words(version.made_at, desk.today),
        "back_url": reverse("agreement", args=[placement.pk]),
    }
    return render(request, "placements/agreement_read.html", context)


@placement_page("agreement")
@require_GET
def agreement_preview(request: Request, placement: Placement) -> HttpResponse:
    """ "Se, hvad virksomheden ser": the newest version as the workplace reads it."""
    return _read_page(request, placement, number=None, over=_("This is what the workplace sees"))


@placement_page("agreement")
@require_GET
def agreement_version(request: Request, placement: Placement, number: int) -> HttpResponse:
    """An earlier version as it stands."""
    return _read_page(request, placement, number=number, over=_("Version %(n)s") % {"n": number})
