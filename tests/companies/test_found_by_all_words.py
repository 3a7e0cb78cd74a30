"""The migration by which profiles that were written before are found by all their words."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from companies.models import CooperationProfile
from tests.publishing import complete

pytestmark = pytest.mark.django_db


def migrate():
    migration = import_module("companies.migrations.0022_profiles_are_found_by_all_words")
    with connection.schema_editor(atomic=False) as editor:
        migration.find_by_all_words(apps, editor)


def test_older_profiles_read_as_if_they_were_written_now(polish_company):
    profile = complete(polish_company)
    CooperationProfile.objects.update(search_text="planed oak boards")

    migrate()
    migrate()

    assert CooperationProfile.objects.get().search_text == profile.search_text
    assert "moisture" in profile.search_text
