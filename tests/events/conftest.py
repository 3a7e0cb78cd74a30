"""Events, rules and nudges that only these tests have."""

import pytest

from tests.queue import taken_from
from tibs.accounts.actor import system
from tibs.accounts.models import User
from tibs.events import dispatch

BY = system("tests")


@pytest.fixture(autouse=True)
def wiring_of_tests(settings):
    settings.EVENT_WIRING = "tests.events.wiring"
    dispatch.wiring.cache_clear()
    for queue in ("events", "matching"):
        taken_from(queue)
    yield
    dispatch.wiring.cache_clear()


@pytest.fixture
def person(db):
    return User.objects.create_user("ana@example.org", name="Ana")
