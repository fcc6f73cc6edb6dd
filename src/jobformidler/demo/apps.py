from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "jobformidler.demo"
    label = "demo"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
