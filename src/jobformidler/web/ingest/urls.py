"""Addresses of the reading of register files."""

from django.urls import path

from jobformidler.web.ingest import views

urlpatterns = [
    path("indlaesning/", views.files, name="ingest"),
    path("indlaesning/<int:pk>/", views.delivery, name="delivery"),
    path("indlaesning/<int:pk>/kolonner/", views.columns, name="delivery_columns"),
    path("indlaesning/<int:pk>/start/", views.start, name="delivery_start"),
    path("indlaesning/<int:pk>/laeg-vaek/", views.discard, name="delivery_discard"),
    path("indlaesning/<int:pk>/fremgang/", views.progress, name="delivery_progress"),
    path("indlaesning/<int:pk>/karantaene.csv", views.quarantine, name="delivery_quarantine"),
]
