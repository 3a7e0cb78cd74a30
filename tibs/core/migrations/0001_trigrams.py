from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Searching inside words by index, which every `search_text` column needs."""

    dependencies = []
    operations = [TrigramExtension()]
