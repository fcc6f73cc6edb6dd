"""The page of parts: no data of the municipality is read."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jobformidler.web.gallery import sample
from jobformidler.web.gallery.forms import PartsForm
from jobformidler.web.guards import public


@public("shows sample words, none of the municipality's")
def gallery(request: HttpRequest) -> HttpResponse:
    """All parts on one sheet, for people who build screens; a stranger gets 404 outside debug mode."""
    if not settings.DEBUG and not request.user.is_authenticated:
        raise Http404
    form = PartsForm(data=sample.WRONG_ANSWERS)
    form.is_valid()
    context = {
        "colours": sample.COLOURS,
        "groups": sample.GROUPS,
        "opened": sample.OPENED,
        "form": form,
        "ladder": sample.ladder_figure(),
        "stairs": sample.stairs_figure(),
        "funnel": sample.funnel_figure(),
        "trends": sample.trend_figures(),
        "bars": sample.bar_rows(),
        "case": sample.CASE,
        "tabs": sample.TABS,
        "matches": sample.MATCHES,
        "chips": sample.CHIPS,
        "filters": sample.FILTERS,
        "timeline": sample.TIMELINE,
        "signers": sample.SIGNERS,
        "facts": sample.FACTS,
        "stale": sample.STALE,
        "pages": Paginator(range(60), 20).page(2),
    }
    return render(request, "gallery/gallery.html", context)
