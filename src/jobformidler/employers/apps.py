from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "jobformidler.employers"
    label = "employers"
