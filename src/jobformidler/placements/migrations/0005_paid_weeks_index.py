from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0004_staff")]

    operations = [
        migrations.AddIndex(
            model_name="weekhours",
            index=models.Index(
                condition=models.Q(("paid__gt", 0), ("withdrawn_at", None)),
                fields=["municipality", "week", "placement"],
                include=("paid",),
                name="placements_week_paid",
            ),
        ),
    ]
