"""Search over everything the viewer may see."""

from django.urls import path

from jobformidler.web.search import views

urlpatterns = [path("soeg/", views.search, name="search")]
