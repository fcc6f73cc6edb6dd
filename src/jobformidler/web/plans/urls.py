"""Addresses of this area."""

from django.urls import path

from jobformidler.web.plans import views

urlpatterns: list = [
    path("beskaeftigelsesplan/", views.plans, name="employment_plans"),
    path("beskaeftigelsesplan/ny/", views.plan_new, name="employment_plan_new"),
    path("beskaeftigelsesplan/<int:pk>/", views.plan, name="employment_plan"),
    path("beskaeftigelsesplan/<int:pk>/ret/", views.plan_edit, name="employment_plan_edit"),
    path("beskaeftigelsesplan/<int:pk>/trin/", views.step_new, name="employment_plan_step"),
]
