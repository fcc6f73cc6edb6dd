from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "jobformidler.placements"
    label = "placements"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
