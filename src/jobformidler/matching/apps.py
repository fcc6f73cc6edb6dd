from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "jobformidler.matching"
    label = "matching"
