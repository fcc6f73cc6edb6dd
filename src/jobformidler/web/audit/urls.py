"""Addresses of the access log and of emergency access."""

from django.urls import path

from jobformidler.web.audit import alerts, emergency, log

urlpatterns = [
    path("adgangslog/", log.access_log, name="access_log"),
    path("adgangslog/fil/", log.access_log_csv, name="access_log_csv"),
    path("adgangslog/forsegling/", log.access_seal, name="access_seal"),
    path("adgangslog/opslag/", alerts.access_alerts, name="access_alerts"),
    path("adgangslog/opslag/<int:pk>/", alerts.access_alert, name="access_alert"),
    path("adgangslog/graenser/", alerts.audit_policy, name="audit_policy"),
    path("adgangslog/medarbejder/<int:pk>/", alerts.staff_privacy, name="staff_privacy"),
    path("noedadgang/", emergency.emergency_new, name="emergency_new"),
    path("noedadgang/mine/", emergency.emergency_mine, name="emergency_mine"),
    path("noedadgang/liste/", emergency.emergency_list, name="emergency_list"),
    path("noedadgang/<int:pk>/", emergency.emergency, name="emergency"),
    path("noedadgang/<int:pk>/slut/", emergency.emergency_end, name="emergency_end"),
]
