"""Whether a consideration is shared follows from the citizen's answers alone."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("citizens", "0006_answers")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="consideration",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="consideration",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="consideration",
            name="delete_delete",
        ),
        migrations.RemoveField(
            model_name="consideration",
            name="may_share",
        ),
        migrations.RemoveField(
            model_name="consideration",
            name="may_share_on",
        ),
        migrations.RemoveField(
            model_name="considerationevent",
            name="may_share",
        ),
        migrations.RemoveField(
            model_name="considerationevent",
            name="may_share_on",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consideration",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "citizens_considerationevent" ("author", "by_id", "category", "citizen_id", "code", "id", "importance", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "text", "version", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."author", NEW."by_id", NEW."category", NEW."citizen_id", NEW."code", NEW."id", NEW."importance", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."registered_on", NEW."text", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="f9763a8373276168462616496a64b4cafee1f98b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0f785",
                    table="citizens_consideration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consideration",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "citizens_considerationevent" ("author", "by_id", "category", "citizen_id", "code", "id", "importance", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "text", "version", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."author", NEW."by_id", NEW."category", NEW."citizen_id", NEW."code", NEW."id", NEW."importance", NEW."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."registered_on", NEW."text", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="305b31cabca657209490639032143fac3e502117",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1eac9",
                    table="citizens_consideration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consideration",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "citizens_considerationevent" ("author", "by_id", "category", "citizen_id", "code", "id", "importance", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_on", "text", "version", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."author", OLD."by_id", OLD."category", OLD."citizen_id", OLD."code", OLD."id", OLD."importance", OLD."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."registered_on", OLD."text", OLD."version", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;',
                    hash="f390fd42b39178f569a999a533006fc044a51767",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_664b7",
                    table="citizens_consideration",
                    when="AFTER",
                ),
            ),
        ),
    ]
