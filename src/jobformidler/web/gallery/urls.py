"""The page of parts."""

from django.urls import path

from jobformidler.web.gallery import views

urlpatterns = [path("byggeklodser/", views.gallery, name="gallery")]
