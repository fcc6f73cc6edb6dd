from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "jobformidler.employers"
    label = "employers"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
