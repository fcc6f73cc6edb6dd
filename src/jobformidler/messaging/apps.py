from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "jobformidler.messaging"
    label = "messaging"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
