"""Whatever these tests do, rows are locked in one order."""

import pytest

from tests.locking import watched


@pytest.fixture(autouse=True)
def one_order_of_locks(request):
    """Tests with threads have connections of their own, and look at what really happens instead."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("db")
    with watched() as watch:
        yield
    assert watch.wrong == []
