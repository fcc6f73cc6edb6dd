"""`migrate` as the role that owns the schema, whichever role the process runs as."""

from django.core.management.commands.migrate import Command as Migrate

from jobformidler.core.db import as_owner


class Command(Migrate):
    """Django's migrate, connected as the owner."""

    def handle(self, *args, **options):
        """Swap the role for the duration."""
        with as_owner():
            super().handle(*args, **options)
