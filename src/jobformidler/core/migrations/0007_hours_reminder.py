from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_sharing"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="hours_reminder",
            field=models.BooleanField(
                default=True, verbose_name="ask workplaces about the hours of the week on Fridays"
            ),
        ),
    ]
