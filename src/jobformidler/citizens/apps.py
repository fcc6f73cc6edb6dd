from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "jobformidler.citizens"
    label = "citizens"

    def ready(self):
        from jobformidler.citizens import search
        from jobformidler.core import schema
        from jobformidler.core.ready import load_rooms

        schema.INSTALLS.append(search.install)
        load_rooms(self.name)
