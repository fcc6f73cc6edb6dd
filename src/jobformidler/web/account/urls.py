"""Login, the first page, one's own account."""

from django.urls import path

from jobformidler.web.account import admin, connections, devices, factors, login, portrait, reset, sso, views

urlpatterns = [
    path("", views.home, name="home"),
    path("log-ind/", login.login, name="login"),
    path("log-ind/kode/", login.login_code, name="login_code"),
    path("log-ind/to-trin/", login.login_enrol, name="login_enrol"),
    path("log-ind/bekraeft/", login.prove, name="prove"),
    path("log-ind/bekraeft/login-service/", sso.sso_prove, name="sso_prove"),
    path("log-ind/glemt/", reset.reset_ask, name="reset_ask"),
    path("log-ind/ny-adgangskode/", reset.reset_set, name="reset_set"),
    path("log-ind/ny-adgangskode/<str:uid>/<str:token>/", reset.reset_open, name="reset_open"),
    path("log-ind/kommune/<int:code>/", sso.sso_start, name="sso_start"),
    path("log-ind/retur/", sso.sso_back, name="sso_back"),
    path("log-ud/", login.logout, name="logout"),
    path("konto/", views.account, name="account"),
    path("konto/billede/", portrait.my_portrait, name="my_portrait"),
    path("portraet/<int:pk>/", portrait.portrait, name="portrait"),
    path("konto/adgangskode/", views.change_password, name="change_password"),
    path("konto/to-trin/", factors.second_factor, name="second_factor"),
    path("konto/to-trin/koder/", factors.recovery_codes, name="recovery_codes"),
    path("konto/to-trin/fra/", factors.second_factor_off, name="second_factor_off"),
    path("konto/enheder/", devices.devices, name="devices"),
    path("konto/til-stede/", devices.stay, name="stay"),
    path("opsaetning/login/", admin.login_policy, name="login_policy"),
    path("opsaetning/brugere/<int:pk>/to-trin/", admin.user_factor_reset, name="user_factor_reset"),
    path("konto/login-service/", sso.sso_connect, name="sso_connect"),
    path("konto/login-service/fra/", connections.sso_disconnect, name="sso_disconnect"),
    path("opsaetning/brugere/<int:pk>/login-service/", connections.user_disconnect, name="user_disconnect"),
]
