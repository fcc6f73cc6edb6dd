"""All addresses, by area."""

from django.urls import include, path

AREAS = (
    "account",
    "hardening",
    "me",
    "audit",
    "search",
    "today",
    "cases",
    "deadlines",
    "target",
    "placements",
    "decisions",
    "signing",
    "sharing",
    "employers",
    "places",
    "matching",
    "setup",
    "ingest",
    "board",
    "plans",
    "glossary",
    "gallery",
)

urlpatterns = [path("", include(f"jobformidler.web.{area}.urls")) for area in AREAS]

handler400 = "jobformidler.web.hardening.views.bad_request"
