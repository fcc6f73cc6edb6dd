"""Reports of the content security policy."""

from django.urls import path

from jobformidler.web.hardening import views

urlpatterns = [
    path("csp/", views.csp_report, name="csp_report"),
    path("opsaetning/afvist-indhold/", views.csp_reports, name="csp_reports"),
]
