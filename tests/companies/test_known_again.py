"""The migration that tells how older companies are found again."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from companies.models import Company
from tests import factories

pytestmark = pytest.mark.django_db


def migrate():
    migration = import_module("companies.migrations.0005_known_again")
    with connection.schema_editor(atomic=False) as editor:
        migration.derive(apps, editor)
        migration.write_numbers_one_way(apps, editor)


def test_older_companies_get_keys_and_running_it_twice_changes_nothing():
    company = factories.company("Kymen Saha Oy", host=factories.host("FI"))
    Company.objects.filter(pk=company.pk).update(
        name_key="", website="https://www.kymensaha.fi", register_number="FI 12345671"
    )

    migrate()
    migrate()

    company.refresh_from_db()
    assert company.name_key == "kymen saha"
    assert company.web_domain == "kymensaha.fi"
    assert company.register_number == "1234567-1"


def test_two_ways_of_writing_one_number_stay_until_somebody_merges_them():
    finland = factories.host("FI")
    factories.company("Saha", host=finland, register_number="1234567-1")
    other = factories.company("Saha again", host=finland)
    Company.objects.filter(pk=other.pk).update(register_number="12345671")

    migrate()

    other.refresh_from_db()
    assert other.register_number == "12345671"
