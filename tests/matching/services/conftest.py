"""Whatever these tests do, rows are locked in one order."""

import pytest

from tests.locking import watched
from tests.standing_scenes import commits

OUT_OF_ORDER = {
    "test_company_handed_over_while_it_waits_for_its_lock_is_not_begun_with_its_former_broker": (
        "The test changes the company in the middle of the service, in place of somebody who committed before."
    ),
}


@pytest.fixture(autouse=True)
def one_order_of_locks(request):
    """Tests with threads have connections of their own, and look at what really happens instead."""
    is_marked = request.node.get_closest_marker("django_db") is not None
    if commits(request.node) or not (is_marked or "db" in request.fixturenames):
        yield
        return
    request.getfixturevalue("db")
    with watched() as watch:
        yield
    assert watch.wrong == [] or request.node.originalname in OUT_OF_ORDER
