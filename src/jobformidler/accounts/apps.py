from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jobformidler.accounts"
    label = "accounts"

    def ready(self):
        from jobformidler.accounts import sessions  # noqa: F401  notes every login
        from jobformidler.core.ready import load_rooms

        load_rooms(self.name)
