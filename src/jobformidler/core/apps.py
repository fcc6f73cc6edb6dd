from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate


class CoreConfig(AppConfig):
    name = "jobformidler.core"
    label = "core"

    def ready(self):
        from jobformidler.core.files.rows import gone
        from jobformidler.core.retention import own  # noqa: F401 - imported for its registrations
        from jobformidler.core.schema import after_migrate

        post_migrate.connect(after_migrate, dispatch_uid="core.after_migrate")
        post_delete.connect(gone, dispatch_uid="core.files.gone")
