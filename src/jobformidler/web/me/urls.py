"""Addresses of the citizen's own pages."""

from django.urls import path

from jobformidler.web.me import cv, plan, referral, rights, viewers, views, welcome, work, write

urlpatterns = [
    path("min-side/", views.me, name="me"),
    path("min-side/hvem-har-set-min-sag/", views.my_access, name="my_access"),
    path("min-side/hvem-maa-se-min-sag/", viewers.my_viewers, name="my_viewers"),
    path("min-plan/", plan.my_plan, name="my_plan"),
    path("min-plan/oenske/", plan.my_wish, name="my_wish_new"),
    path("min-plan/oenske/<int:pk>/", plan.my_wish, name="my_wish"),
    path("min-plan/oenske/<int:pk>/vaek/", plan.my_wish_away, name="my_wish_away"),
    path("min-plan/maal/<int:pk>/", plan.my_goal_comment, name="my_goal_comment"),
    path("min-plan/virksomhed/", plan.my_company, name="my_company"),
    path("mit-arbejde/", work.my_work, name="my_work"),
    path("mit-cv/", cv.my_cv, name="my_cv"),
    path("mit-cv/kan/", cv.my_competence, name="my_competence"),
    path("mit-cv/kan/<int:pk>/vaek/", cv.my_competence_away, name="my_competence_away"),
    path("mine-aftaler/", work.my_agreements, name="my_agreements"),
    path("mine-aftaler/<int:pk>/", work.my_agreement, name="my_agreement"),
    path("mine-aftaler/<int:pk>/bemaerkning/", work.my_agreement_comment, name="my_agreement_comment"),
    path("skriv-til-os/", write.write_to_us, name="write_to_us"),
    path("mine-rettigheder/", rights.my_rights, name="my_rights"),
    path("mine-rettigheder/anden-aktoer/", referral.my_referral, name="my_referral"),
    path("mine-rettigheder/anden-aktoer/bed/", referral.my_referral_ask, name="my_referral_ask"),
    path("mine-rettigheder/anden-aktoer/fortryd/", referral.my_referral_unask, name="my_referral_unask"),
    path("mine-rettigheder/hoering/<int:pk>/", rights.my_hearing, name="my_hearing"),
    path("mine-rettigheder/klage/", rights.my_complaint_effort, name="my_complaint_effort"),
    path("mine-rettigheder/klage/<int:pk>/", rights.my_complaint, name="my_complaint"),
    path("mine-rettigheder/brev/<int:pk>/", rights.my_letter, name="my_letter"),
    path("mine-rettigheder/rettelse/", rights.my_correction, name="my_correction"),
    path("mine-rettigheder/kopi/", rights.my_copy, name="my_copy"),
    path("mine-rettigheder/kopi/<int:pk>/", rights.my_copy_fetch, name="my_copy_fetch"),
    path("v/<str:token>/", welcome.welcome, name="welcome"),
    path("v/<str:token>/ny/", welcome.again, name="welcome_again"),
]
