"""What every test relies on: a strict bench, and a cast of people.

Settings of the run stand in pyproject.toml: warnings are errors, the order is random, an undefined template
variable fails, and nothing reaches the network.
"""

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import client as test_client
from django.test import override_settings
from django.utils.translation import override
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from tests import factories, standing_scenes
from tests.order import long_ones_first
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode

LOOPBACK = ["127.0.0.1", "::1"]
# A busy machine is no fault of a property.
property_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("patient")
AUDIT_TRAIL = "ALTER TABLE events_auditrecord {} TRIGGER events_record_no_truncate;"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """A browser talks to the server of its test, and to nothing else; tests in one scene follow each other, long
    ones begin."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
    items[:] = long_ones_first([*standing_scenes.beside_each_other(items)])


def pytest_collection_finish():
    """What was imported and collected stays to the end; looking through it for garbage costs a twelfth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Hashed names need a collected folder, which tests do not make."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=django_settings.STORAGES | {"staticfiles": plain},
        STATIC_ROOT=django_settings.STATICFILES_DIRS[0],
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def own_folder_of_files(tmp_path_factory) -> Iterator[None]:
    """Uploads of tests lie where nobody else's do."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="session", autouse=True)
def database_is_emptied_quickly() -> Iterator[None]:
    """Tests that commit are cleaned up after. Their few rows are deleted ten times sooner than Django truncates all
    tables; the lock waits for whoever still writes, and no trigger of the audit trail objects in this role."""
    with pytest.MonkeyPatch.context() as patch:
        truncated = DatabaseOperations.sql_flush

        def sql_flush(self, style, tables, **options):
            if not tables or options.get("reset_sequences"):
                statements = truncated(self, style, tables, **options)
                return [AUDIT_TRAIL.format("DISABLE"), *statements, AUDIT_TRAIL.format("ENABLE")]
            names = [self.quote_name(table) for table in tables]
            return [
                f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE",
                "SET LOCAL session_replication_role = replica",
                *(f"DELETE FROM {name}" for name in names),  # noqa: S608  # names of our own tables
            ]

        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages_only() -> Iterator[None]:
    """A response tells the context of its page; copying it again for each of some hundred components and fields costs a
    twentieth of the time of a request."""

    def remember(store, signal, sender, template, context, **kwargs):
        if context.template is template:
            return everything(store, signal, sender, template, context, **kwargs)
        store.setdefault("templates", []).append(template)
        return None

    with pytest.MonkeyPatch.context() as patch:
        everything = test_client.store_rendered_templates
        patch.setattr(test_client, "store_rendered_templates", remember)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The database can be dropped in the end, whatever a killed worker of some test left connected to it."""
    yield
    with django_db_blocker.unblock():
        standing_scenes.take_away()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def scene_below(request, django_db_setup, django_db_blocker):
    """What the test shares with others stands."""
    standing_scenes.prepare(request.node, django_db_blocker)


@pytest.fixture
def _django_db_helper(scene_below, _django_db_helper):
    """The savepoint of the test itself, through which pytest-django gives `db`, is opened above that."""


@pytest.fixture(autouse=True)
def empty_cache():
    """No test finds what another one left."""
    cache.clear()


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind, and rows of translated labels would be written in it."""
    with override("en"):
        yield


@standing
def aleksandra():
    """A broker in Poland, at PFRR; her firm is `polish_company`."""
    return factories.broker(
        "Aleksandra Nowak", organisation=factories.host("PL"), languages=("pl", "en")
    ).membership.user


@standing
def aleksandra_in_english(aleksandra):
    """Aleksandra, who reads English today, for tests of what pages say."""
    aleksandra.language = "en"
    aleksandra.save()
    return aleksandra


@standing
def johanna():
    """A broker in Finland, at Kinno; her firm is `finnish_company`."""
    return factories.broker(
        "Johanna Virtanen", organisation=factories.host("FI"), languages=("fi", "en")
    ).membership.user


@standing
def signe():
    """Project staff: reads the whole network, changes nothing."""
    return factories.person("Signe Holm", role=RoleCode.STAFF)


@standing
def polish_company(aleksandra):
    """The firm that Aleksandra serves."""
    return factories.company("Stolarnia Dąb", host=factories.host("PL"), owner=aleksandra)


@standing
def finnish_company(johanna):
    """The firm that Johanna serves."""
    return factories.company("Kymen Saha Oy", host=factories.host("FI"), owner=johanna)
