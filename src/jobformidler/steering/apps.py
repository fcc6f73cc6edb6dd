from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "jobformidler.steering"
    label = "steering"
