"""Addresses of the citizen's own pages."""

from django.urls import path

from jobformidler.web.me import views, welcome

urlpatterns = [
    path("min-side/", views.me, name="me"),
    path("v/<str:token>/", welcome.welcome, name="welcome"),
    path("v/<str:token>/ny/", welcome.again, name="welcome_again"),
]
