"""Addresses of this area."""

from django.urls import path

from jobformidler.web.target import case_page, forms_views, lists, texts

urlpatterns: list = [
    path("frister/ledighed/", lists.unemployed, name="unemployed"),
    path("frister/egen-indsats/", lists.own_effort, name="own_effort"),
    path("frister/revurdering/", lists.reviews, name="reviews"),
    path("sag/<int:pk>/maalgruppe/", case_page.case_target, name="case_target"),
    path("sag/<int:pk>/maalgruppe/gruppe/", forms_views.group, name="case_group"),
    path("sag/<int:pk>/maalgruppe/matchgruppe/", forms_views.match, name="case_match"),
    path("sag/<int:pk>/maalgruppe/egen-indsats/", forms_views.effort, name="case_effort"),
    path("sag/<int:pk>/maalgruppe/revurdering/", forms_views.review, name="case_review"),
    path("sag/<int:pk>/maalgruppe/pension/", forms_views.pension, name="case_pension"),
    path("sag/<int:pk>/maalgruppe/uddannelse/", forms_views.education, name="case_education"),
    path(
        "sag/<int:pk>/maalgruppe/uddannelse/<int:row_pk>/traek-tilbage/",
        forms_views.education_withdraw,
        name="case_education_withdraw",
    ),
    path("opsaetning/grupper/", texts.groups, name="group_texts"),
    path("opsaetning/grupper/<slug:group>/", texts.group, name="group_text"),
]
