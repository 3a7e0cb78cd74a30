from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0005_what_cooperations_need"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="cooperation",
            index=models.Index(fields=["-created_at", "-id"], name="matching_cooperation_newest"),
        ),
    ]
