"""Addresses of this area."""

from django.urls import path

from jobformidler.web.today import calendar, views

urlpatterns: list = [
    path("i-dag/", views.today, name="today"),
    path("i-dag/opgaver/", views.tasks, name="tasks"),
    path("i-dag/loentimer/", views.my_hours, name="today_hours"),
    path("kalender/", calendar.calendar, name="calendar"),
]
