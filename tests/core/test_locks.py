"""Locks that every process respects."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from tibs.core.locks import one_at_a_time

pytestmark = pytest.mark.django_db(transaction=True)


def test_second_one_waits_until_the_first_is_done():
    order = []
    inside, begun = Event(), Event()

    def first():
        with one_at_a_time("test"):
            inside.set()
            begun.wait(5)
            order.append("first")
        connection.close()

    def second():
        inside.wait(5)
        begun.set()
        with one_at_a_time("test"):
            order.append("second")
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result(timeout=10)

    assert order == ["first", "second"]
