"""Addresses behind signed links."""

from django.urls import path

from jobformidler.web.signing import hours, logmask, views

logmask.install()

urlpatterns = [
    path("a/<str:token>/", views.sign, name="sign"),
    path("a/<str:token>/kode/", views.sign_code, name="sign_code"),
    path("a/<str:token>/nyt-link/", views.sign_renew, name="sign_renew"),
    path("t/<str:token>/", hours.employer_hours, name="employer_hours"),
    path("t/<str:token>/nyt-link/", views.hours_renew, name="hours_renew"),
]
