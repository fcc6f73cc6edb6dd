"""Addresses of this area."""

from django.urls import path

from jobformidler.web.matching import views

urlpatterns: list = [
    path("sag/<int:pk>/find-en-plads/", views.place_match, name="place_match"),
    path("sag/<int:pk>/foreslaa-plads/", views.place_propose, name="place_propose"),
    path("pladser/<int:pk>/kandidater/", views.candidates, name="candidates"),
]
