"""Every consideration that was marked as shared becomes a yes of the citizen to the workplaces looked for together."""

from django.db import migrations

MOVE = """
insert into citizens_consent (
    municipality_id, version, citizen_id, field, consideration_id, receiver, receiver_name, purpose, legal_basis,
    basis_note, answer, how, answered_on, expires_on, withdrawn_how, by_id
)
select c.municipality_id, 1, c.citizen_id, 'considerations', c.id, 'workplace', '', 'Opholdet på arbejdspladsen',
    'public_task', '', 'yes', 'conversation', coalesce(c.may_share_on, c.registered_on),
    coalesce(c.may_share_on, c.registered_on) + m.consent_days, '', c.by_id
from citizens_consideration c join core_municipality m on m.id = c.municipality_id
where c.may_share and c.municipality_id = %s
"""


def move(apps, schema_editor):
    """Tenant by tenant, since the row policy holds for the owner too."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select id from core_municipality order by id")
        for (municipality,) in cursor.fetchall():
            cursor.execute("select set_config('app.municipality', %s, true)", [str(municipality)])
            cursor.execute(MOVE, [municipality])
        cursor.execute("select set_config('app.municipality', '', true)")
        cursor.execute("set constraints all immediate")


class Migration(migrations.Migration):
    dependencies = [("citizens", "0005_sharing")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
