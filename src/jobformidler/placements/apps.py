from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "jobformidler.placements"
    label = "placements"
