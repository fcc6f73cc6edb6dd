from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "jobformidler.casework"
    label = "casework"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
