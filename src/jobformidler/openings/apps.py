from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    name = "jobformidler.openings"
    label = "openings"
