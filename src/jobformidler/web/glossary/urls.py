"""The field's words."""

from django.urls import path

from jobformidler.web.glossary import views

urlpatterns = [path("ordbog/", views.glossary, name="glossary")]
