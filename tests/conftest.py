"""What every test relies on: a strict bench."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Hashed names need a collected folder, which tests do not make."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT = settings.STATICFILES_DIRS[0]


@pytest.fixture(autouse=True)
def empty_cache():
    """No test finds what another one left."""
    cache.clear()
