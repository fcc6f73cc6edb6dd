"""What the owner adds after migrations: composite foreign keys, a history nobody can pause, the fence against outsiders."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from jobformidler.core import bounds
from jobformidler.core.models import TenantModel

#: What packages above add as the owner: functions and grants of their own tables, able to run again and again.
INSTALLS: list[Callable[[Any], None]] = []


def tenant_models() -> list[type[models.Model]]:
    """Every managed model with a municipality column, history tables included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and any(f.column == "municipality_id" for f in model._meta.local_fields)
    ]


def composite_keys() -> list[tuple[str, str, str]]:
    """(child table, column, parent table) for each foreign key from one tenant table to another."""
    tenant = {model for model in apps.get_models() if issubclass(model, TenantModel) and model._meta.managed}
    return sorted(
        (model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in tenant
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model in tenant
    )


def after_migrate(sender, app_config=None, **kwargs) -> None:
    """Runs once a migrate, as the owner only (test flushes fire the same signal as the web role)."""
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if sender.label != last.label:  # every table is there only when the last of our apps is done
        return
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        if cursor.fetchone()[0] != settings.DATABASE_OWNER["USER"]:
            return
        # Foreign keys ignore row policies; the pair (id, municipality) cannot point into another tenant.
        for child, column, parent in composite_keys():
            unique = f"{parent}_id_tenant"[:60]
            key = f"{child}_{column}_tenant"[:60]
            cursor.execute("select conname from pg_constraint where conname = any(%s)", [[unique, key]])
            known = {name for (name,) in cursor.fetchall()}
            if unique not in known:
                cursor.execute(f'alter table "{parent}" add constraint "{unique}" unique (id, municipality_id)')
            if key not in known:
                cursor.execute(
                    f'alter table "{child}" add constraint "{key}" foreign key ("{column}", municipality_id)'
                    f' references "{parent}" (id, municipality_id) deferrable initially immediate'
                )
        # Any session could otherwise pause its triggers through a setting, and history would have a hole.
        cursor.execute(
            "create or replace function public._pgtrigger_should_ignore(trigger_name name) returns boolean"
            " language sql immutable as 'select false'"
        )
        bounds.apply(cursor)
        for install in INSTALLS:
            install(cursor)
