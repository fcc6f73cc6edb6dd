from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "jobformidler.citizens"
    label = "citizens"
