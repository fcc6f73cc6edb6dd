"""Field history by database trigger: also bulk updates and shell sessions leave their trace."""

import pghistory
from django.db import models

from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.policy import TenantPolicy


def tracked(*, exclude: tuple[str, ...] = (), quiet: tuple[str, ...] = (), inserts: bool = True):
    """Class decorator: every insert, update and delete writes a row with actor, reason and the values.

    `exclude` are columns not copied (generated ones); `quiet` are copied but a change in them alone writes no row.
    Encrypted columns of a versioned row are quiet by themselves: a change of the words raises the version, and a new
    key alone is no change. `inserts=False` for mass data that arrives by delivery: there an update keeps the values it
    replaced, so that what was known before stands although its arrival wrote nothing. Source: GOV-05.
    """

    def decorate(model):
        label, name = model._meta.app_label, model._meta.model_name
        fields = model._meta.local_fields
        versioned = any(field.name == "version" for field in fields)
        sealed = [field.name for field in fields if versioned and isinstance(field, EncryptedTextField)]
        silent = list(dict.fromkeys([*exclude, *quiet, *sealed]))
        condition = pghistory.AnyChange(exclude=silent) if silent else pghistory.AnyChange()
        row = pghistory.New if inserts else pghistory.Old
        trackers = [pghistory.UpdateEvent(condition=condition, row=row), pghistory.DeleteEvent()]
        if inserts:
            trackers.insert(0, pghistory.InsertEvent())
        return pghistory.track(
            *trackers,
            exclude=list(exclude),
            obj_field=pghistory.ObjForeignKey(related_name="history", db_constraint=False, on_delete=models.DO_NOTHING),
            context_field=pghistory.ContextJSONField(),
            context_id_field=pghistory.ContextUUIDField(),
            attrs={"pgh_id": models.BigAutoField(primary_key=True)},
            meta={
                "constraints": [TenantPolicy(name=f"{label}_{name}_history_tenant", append_only=True)],
                "indexes": [models.Index(fields=["pgh_obj"], name=f"{label[:10]}_{name[:14]}_hist")],
            },
        )(model)

    return decorate
