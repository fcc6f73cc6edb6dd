"""Addresses of this area."""

from django.urls import path

from jobformidler.web.deadlines import forms_views, many, periods, rules, target_group, views, what_if

urlpatterns: list = [
    path("frister/", views.deadlines, name="deadlines"),
    path("frister/henvis/", forms_views.refer_many, name="refer_many"),
    path("frister/breve/", many.letters, name="letters_many"),
    path("frister/breve/<int:pk>/", many.letter_run, name="letter_run"),
    path("frister/breve/<int:pk>/udskrift/", many.letter_print, name="letter_print"),
    path("frister/samtaler/", many.meetings, name="meetings_many"),
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
    path("sag/<int:pk>/ret-og-pligt/brev/", many.letter_draft, name="case_guidance_draft"),
    path("sag/<int:pk>/ret-og-pligt/henvis/", forms_views.refer, name="case_refer"),
    path("sag/<int:pk>/ret-og-pligt/perioder/", periods.periods_page, name="case_periods"),
    path("sag/<int:pk>/ret-og-pligt/periode/ny/", periods.add, name="period_new"),
    path("sag/<int:pk>/ret-og-pligt/periode/<int:row_pk>/ret/", periods.correct, name="period_correct"),
    path("sag/<int:pk>/ret-og-pligt/periode/<int:row_pk>/fjern/", periods.remove, name="period_remove"),
    path("sag/<int:pk>/ret-og-pligt/godkendelse/ny/", periods.approve, name="approval_new"),
    path("sag/<int:pk>/ret-og-pligt/godkendelse/<int:row_pk>/ret/", periods.correct_approval, name="approval_correct"),
    path("sag/<int:pk>/ret-og-pligt/godkendelse/<int:row_pk>/ophoer/", periods.end_approval, name="approval_end"),
    path("sag/<int:pk>/ret-og-pligt/godkendelse/<int:row_pk>/fjern/", periods.remove_approval, name="approval_remove"),
]
