from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jobformidler.accounts"
    label = "accounts"
