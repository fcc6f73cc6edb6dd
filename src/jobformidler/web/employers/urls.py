"""Addresses of this area."""

from django.urls import path

from jobformidler.web.employers import contacts, forms_views, register, workplace

urlpatterns: list = [
    path("virksomheder/", register.employers, name="employers"),
    path("virksomheder/ny/", forms_views.workplace_new, name="workplace_new"),
    path("virksomheder/kontakter/", contacts.contacts, name="employer_contacts"),
    path("virksomheder/<int:pk>/ret/", forms_views.workplace_edit, name="workplace_edit"),
    path("virksomheder/<int:pk>/", workplace.workplace, name="workplace"),
    path("virksomheder/<int:pk>/kontakt/", forms_views.workplace_contact, name="workplace_contact"),
    path("virksomheder/<int:pk>/kontaktperson/", forms_views.person_new, name="person_new"),
    path("virksomheder/kontaktperson/<int:pk>/", forms_views.person_edit, name="person_edit"),
    path("virksomheder/kontakt/<int:pk>/traek-tilbage/", forms_views.contact_withdraw, name="contact_withdraw"),
]
