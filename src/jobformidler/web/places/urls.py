"""Addresses of this area."""

from django.urls import path

from jobformidler.web.places import forms_views, views

urlpatterns: list = [
    path("pladser/", views.places, name="places"),
    path("pladser/ny/", forms_views.place_new, name="place_new"),
    path("pladser/<int:pk>/", views.place, name="place"),
    path("pladser/<int:pk>/ret/", forms_views.place_edit, name="place_edit"),
    path("pladser/<int:pk>/bekraeft/", forms_views.place_confirm, name="place_confirm"),
    path("pladser/<int:pk>/luk/", forms_views.place_close, name="place_close"),
    path("pladser/<int:pk>/opgave/", forms_views.task_new, name="task_new"),
    path("pladser/opgave/<int:pk>/", forms_views.task_edit, name="task_edit"),
    path("pladser/opgave/<int:pk>/fjern/", forms_views.task_remove, name="task_remove"),
]
