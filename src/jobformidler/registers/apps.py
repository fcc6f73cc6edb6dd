from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "jobformidler.registers"
    label = "registers"

    def ready(self):
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
