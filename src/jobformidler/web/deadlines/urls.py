"""Addresses of this area."""

from django.urls import path

from jobformidler.web.deadlines import forms_views, rules, target_group, views, what_if

urlpatterns: list = [
    path("frister/", views.deadlines, name="deadlines"),
    path("frister/henvis/", forms_views.refer_many, name="refer_many"),
    path("frister/hvad-nu-hvis/", what_if.what_if, name="rules_what_if"),
    path("frister/maalgruppe/", target_group.page, name="target_group"),
    path("sag/<int:pk>/undtag/", target_group.exempt, name="case_exempt"),
    path("opsaetning/regelsaet/", rules.overview, name="rules"),
    path("opsaetning/regelsaet/<slug:word>/", rules.family, name="rules_family"),
    path("opsaetning/regelsaet/<slug:word>/slaa-fra/", rules.switch_off, name="rules_off"),
    path("opsaetning/regelsaet/<slug:word>/<slug:name>/", rules.choose, name="rules_set"),
    path("sag/<int:pk>/ret-og-pligt/", views.clock_page, name="case_clock"),
    path("sag/<int:pk>/ret-og-pligt/bed-om-henvisning/", forms_views.ask, name="case_ask_referral"),
    path("sag/<int:pk>/ret-og-pligt/vejledt/", forms_views.guide, name="case_guidance"),
    path("sag/<int:pk>/ret-og-pligt/henvis/", forms_views.refer, name="case_refer"),
]
