from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "jobformidler.citizens"
    label = "citizens"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
