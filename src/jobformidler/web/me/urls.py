"""Addresses of the citizen's own pages."""

from django.urls import path

from jobformidler.web.me import referral, rights, viewers, views, welcome

urlpatterns = [
    path("min-side/", views.me, name="me"),
    path("min-side/hvem-har-set-min-sag/", views.my_access, name="my_access"),
    path("min-side/hvem-maa-se-min-sag/", viewers.my_viewers, name="my_viewers"),
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
