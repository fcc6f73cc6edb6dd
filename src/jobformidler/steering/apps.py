from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "jobformidler.steering"
    label = "steering"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
