"""What companies are found by, for those that were there before; running it again changes nothing."""

from django.db import IntegrityError, migrations, transaction

from companies.identity import name_key, normalised_domain, normalised_register_number

BATCH = 1000


def derive(apps, schema_editor):
    Company = apps.get_model("companies", "Company")
    batch = []
    for company in Company.objects.order_by("pk").iterator(chunk_size=BATCH):
        company.name_key = name_key(company.name)
        company.web_domain = normalised_domain(company.website) or company.web_domain
        batch.append(company)
        if len(batch) == BATCH:
            Company.objects.bulk_update(batch, ["name_key", "web_domain"])
            batch = []
    Company.objects.bulk_update(batch, ["name_key", "web_domain"])


def write_numbers_one_way(apps, schema_editor):
    Company = apps.get_model("companies", "Company")
    numbered = Company.objects.exclude(register_number="").order_by("pk")
    for pk, country, number in numbered.values_list("pk", "country_id", "register_number"):
        wanted = normalised_register_number(country, number)
        if wanted != number:
            try:
                with transaction.atomic():
                    Company.objects.filter(pk=pk).update(register_number=wanted)
            except IntegrityError:
                continue  # another company has it: they stay apart until somebody merges them


class Migration(migrations.Migration):
    dependencies = [("companies", "0004_merges_are_asked_for")]

    operations = [
        migrations.RunPython(derive, migrations.RunPython.noop),
        migrations.RunPython(write_numbers_one_way, migrations.RunPython.noop),
    ]
