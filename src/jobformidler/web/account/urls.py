"""Login, the first page, one's own account."""

from django.urls import path

from jobformidler.web.account import views

urlpatterns = [
    path("", views.home, name="home"),
    path("log-ind/", views.login, name="login"),
    path("log-ud/", views.logout, name="logout"),
    path("konto/", views.account, name="account"),
    path("konto/adgangskode/", views.change_password, name="change_password"),
]
