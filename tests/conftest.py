"""What every test relies on: a strict bench.

Settings of the run stand in pyproject.toml: warnings are errors, the order is random, an undefined template
variable fails, and nothing reaches the network.
"""

import pytest
from django.core.cache import cache

LOOPBACK = ["127.0.0.1", "::1"]


def pytest_collection_modifyitems(items):
    """A browser talks to the server of its test, and to nothing else."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


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
