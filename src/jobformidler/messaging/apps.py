from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "jobformidler.messaging"
    label = "messaging"
