"""Two views for the leak test: one tells what it sees, one breaks after it has written."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from tests.factories import make_citizen

from jobformidler.citizens.models import Citizen
from jobformidler.config.urls import urlpatterns as ours
from jobformidler.web.guards import public, roles


@public("seen by the leak test, also without login")
def seen(request: HttpRequest) -> JsonResponse:
    """The tenants of all citizens a query finds."""
    return JsonResponse({"tenants": sorted(Citizen.objects.values_list("municipality__code", flat=True))})


@roles()
def crash(request: HttpRequest) -> JsonResponse:
    """Write, then break."""
    make_citizen(request.viewer.municipality, number=int(request.GET["number"]))
    raise RuntimeError("broken on purpose")


urlpatterns = [*ours, path("leak/seen/", seen), path("leak/crash/", crash)]
