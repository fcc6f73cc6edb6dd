from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jobformidler.web"
    label = "web"
