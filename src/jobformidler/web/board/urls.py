"""Addresses of this area."""

from django.urls import path

from jobformidler.web.board import export, lists, views

urlpatterns: list = [
    path("tavlen/", views.board, name="board"),
    path("tavlen/sagsstammer/", views.caseloads, name="caseloads"),
    path("tavlen/virksomheder/", views.places, name="board_places"),
    path("tavlen/forklaring/<slug:section>/", views.explain, name="board_explain"),
    path("tavlen/sager/<slug:what>/", lists.cases, name="board_cases"),
    path("tavlen/tabel/<slug:name>.csv", export.table_csv, name="board_csv"),
    path("tavlen/<int:step>/", lists.step_cases, name="board_step"),
    path("tavlen/<int:step>/venter/", lists.waiting_cases, name="board_waiting"),
]
