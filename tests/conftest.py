"""What every test relies on: a strict bench, and a cast of people.

Settings of the run stand in pyproject.toml: warnings are errors, the order is random, an undefined template
variable fails, and nothing reaches the network.
"""

import pytest
from django.core.cache import cache

from tests import factories
from tibs.accounts.roles import RoleCode

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


@pytest.fixture
def aleksandra(db):
    """A broker in Poland, at PFRR; her firm is `polish_company`."""
    return factories.broker(
        "Aleksandra Nowak", organisation=factories.host("PL"), languages=("pl", "en")
    ).membership.user


@pytest.fixture
def johanna(db):
    """A broker in Finland, at Kinno; her firm is `finnish_company`."""
    return factories.broker(
        "Johanna Virtanen", organisation=factories.host("FI"), languages=("fi", "en")
    ).membership.user


@pytest.fixture
def signe(db):
    """Project staff: reads the whole network, changes nothing."""
    return factories.person("Signe Holm", role=RoleCode.STAFF)


@pytest.fixture
def polish_company(aleksandra):
    """The firm that Aleksandra serves."""
    return factories.company("Stolarnia Dąb", host=factories.host("PL"), owner=aleksandra)


@pytest.fixture
def finnish_company(johanna):
    """The firm that Johanna serves."""
    return factories.company("Kymen Saha Oy", host=factories.host("FI"), owner=johanna)
