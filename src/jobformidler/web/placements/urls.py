"""Addresses of placements: agreement, hours, follow-up, ending."""

from django.urls import path

from jobformidler.web.placements.views import agreement, decisions, ending, follow_up, hours, listing, new, stopped

urlpatterns = [
    path("sag/<int:pk>/forloeb/nyt/", new.placement_new, name="placement_new"),
    path("aftaler/", listing.agreements, name="agreements"),
    path("aftaler/afsluttet-foer-tid/", stopped.stopped, name="stopped"),
    path("aftale/<int:pk>/", agreement.agreement, name="agreement"),
    path("aftale/<int:pk>/felt/<str:field>/", agreement.agreement_field, name="agreement_field"),
    path("aftale/<int:pk>/virksomheden-ser/", agreement.agreement_preview, name="agreement_preview"),
    path("aftale/<int:pk>/version/<int:number>/", agreement.agreement_version, name="agreement_version"),
    path("aftale/<int:pk>/send/", decisions.agreement_send, name="agreement_send"),
    path("aftale/<int:pk>/nyt-link/<str:party>/", decisions.agreement_remind, name="agreement_remind"),
    path("aftale/<int:pk>/underskrevet/<str:party>/", decisions.agreement_sign_here, name="agreement_sign_here"),
    path("aftale/<int:pk>/godkend/", decisions.agreement_approve, name="agreement_approve"),
    path("aftale/<int:pk>/indstil/", decisions.agreement_recommend, name="agreement_recommend"),
    path("aftale/<int:pk>/send-tilbage/", decisions.agreement_send_back, name="agreement_send_back"),
    path("aftale/<int:pk>/start/", decisions.agreement_start, name="agreement_start"),
    path("aftale/<int:pk>/opgiv/", decisions.agreement_drop, name="agreement_drop"),
    path("aftale/<int:pk>/vitas/", decisions.agreement_vitas, name="agreement_vitas"),
    path("aftale/<int:pk>/overfoert/", decisions.agreement_transfer, name="agreement_transfer"),
    path("forloeb/<int:pk>/timer/", hours.hours, name="hours"),
    path("forloeb/<int:pk>/timer/<str:week>/", hours.hours_week, name="hours_week"),
    path("forloeb/<int:pk>/opfoelgning/", follow_up.follow_up, name="follow_up"),
    path("forloeb/<int:pk>/afslut/", ending.placement_end, name="placement_end"),
]
