from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    name = "jobformidler.openings"
    label = "openings"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
