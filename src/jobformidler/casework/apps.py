from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "jobformidler.casework"
    label = "casework"
