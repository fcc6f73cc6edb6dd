"""Addresses of this area."""

from django.urls import path

from jobformidler.web.deadlines import forms_views, rules, views

urlpatterns: list = [
    path("frister/", views.deadlines, name="deadlines"),
    path("frister/henvis/", forms_views.refer_many, name="refer_many"),
    path("frister/hvad-nu-hvis/", rules.what_if, name="rules_what_if"),
    path("opsaetning/regelsaet/", rules.choose, name="rules"),
    path("sag/<int:pk>/ret-og-pligt/", views.clock_page, name="case_clock"),
    path("sag/<int:pk>/ret-og-pligt/bed-om-henvisning/", forms_views.ask, name="case_ask_referral"),
    path("sag/<int:pk>/ret-og-pligt/vejledt/", forms_views.guide, name="case_guidance"),
    path("sag/<int:pk>/ret-og-pligt/henvis/", forms_views.refer, name="case_refer"),
]
