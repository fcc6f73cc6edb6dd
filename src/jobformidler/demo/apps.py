from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "jobformidler.demo"
    label = "demo"
