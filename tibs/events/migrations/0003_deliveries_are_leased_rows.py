import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("events", "0002_records_cannot_be_changed")]

    operations = [
        migrations.RemoveIndex(model_name="outbox", name="events_outbox_owed"),
        migrations.RenameField(model_name="outbox", old_name="delivered_at", new_name="done_at"),
        migrations.AlterField(
            model_name="outbox",
            name="done_at",
            field=models.DateTimeField(null=True, verbose_name="done at"),
        ),
        migrations.AlterField(
            model_name="outbox",
            name="lease_until",
            field=models.DateTimeField(null=True, verbose_name="claimed until"),
        ),
        migrations.AddField(
            model_name="outbox",
            name="nudged_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="last asked for at"),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["id"], name="events_outbox_owed"
            ),
        ),
    ]
