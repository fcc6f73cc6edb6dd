import django.db.models.deletion
import jobformidler.core.crypto
import jobformidler.core.policy
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def move(apps, schema_editor):
    """Seal each address anew for its new place, municipality by municipality, as the row policies want it."""
    old, new = apps.get_model("citizens", "StaffPrivacy"), apps.get_model("citizens", "StaffHome")
    with schema_editor.connection.cursor() as cursor:
        for pk in apps.get_model("core", "Municipality").objects.values_list("pk", flat=True):
            cursor.execute("select set_config('app.municipality', %s, true)", [str(pk)])
            for row in old.objects.exclude(postal_code="").exclude(address=None):
                values = {"address": row.address, "postal_code": row.postal_code}
                new.objects.create(municipality_id=pk, user_id=row.user_id, **values)
        cursor.execute("select set_config('app.municipality', '', true)")
        cursor.execute("set constraints all immediate")


class Migration(migrations.Migration):
    dependencies = [
        ("citizens", "0010_audit"),
        ("core", "0007_hours_reminder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffHome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", jobformidler.core.crypto.EncryptedTextField(editable=True, verbose_name="address")),
                ("postal_code", models.CharField(max_length=4, verbose_name="postal code")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="staffhome",
            name="municipality",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, to="core.municipality"
            ),
        ),
        migrations.AddField(
            model_name="staffhome",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="staffhome",
            constraint=jobformidler.core.policy.TenantPolicy(
                column="municipality_id", name="citizens_staffhome_tenant"
            ),
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name="staffprivacy",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="staffprivacy",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="staffprivacy",
            name="delete_delete",
        ),
        migrations.RemoveField(
            model_name="staffprivacy",
            name="address",
        ),
        migrations.RemoveField(
            model_name="staffprivacy",
            name="postal_code",
        ),
        migrations.RemoveField(
            model_name="staffprivacyevent",
            name="address",
        ),
        migrations.RemoveField(
            model_name="staffprivacyevent",
            name="postal_code",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffprivacy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "citizens_staffprivacyevent" ("id", "municipality_id", "name_hidden", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."municipality_id", NEW."name_hidden", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                    hash="4c163f36dd8422c93ef5c84f94579e4a3ac71af5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e51f9",
                    table="citizens_staffprivacy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffprivacy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "citizens_staffprivacyevent" ("id", "municipality_id", "name_hidden", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."municipality_id", NEW."name_hidden", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                    hash="7d0124f3a6bae398246ff2e1d43573e73908d858",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_15ae6",
                    table="citizens_staffprivacy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffprivacy",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "citizens_staffprivacyevent" ("id", "municipality_id", "name_hidden", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."municipality_id", OLD."name_hidden", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                    hash="d10ba9ab7d1c16c44ca5964233a031bb8958df9c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8bb91",
                    table="citizens_staffprivacy",
                    when="AFTER",
                ),
            ),
        ),
    ]
