from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "jobformidler.registers"
    label = "registers"
