"""Addresses of this area."""

from django.urls import path

from jobformidler.web.decisions import complaints, letters, listing, sheet, steps

urlpatterns = [
    path("til-afgoerelse/", listing.for_decision, name="for_decision"),
    path("sag/<int:pk>/afgoerelse/ny/", steps.new, name="decision_new"),
    path("sag/<int:pk>/klage/", complaints.new, name="complaint_new"),
    path("sag/<int:pk>/brev/<int:letter_pk>/", letters.letter, name="letter"),
    path("afgoerelse/<int:pk>/", sheet.decision, name="decision"),
    path("afgoerelse/<int:pk>/kladde/", letters.preview, name="decision_preview"),
    path("afgoerelse/<int:pk>/<slug:verb>/", steps.step, name="decision_step"),
    path("klage/<int:pk>/", complaints.complaint, name="complaint"),
    path("klage/<int:pk>/<slug:verb>/", complaints.step, name="complaint_step"),
]
