"""Locks that every process respects."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from tibs.core.locks import nobody_else, one_at_a_time

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


def test_nobody_else_says_at_once_that_a_lock_is_held():
    answers = []
    inside, asked = Event(), Event()

    def holder():
        with transaction.atomic():
            answers.append(nobody_else("test"))
            inside.set()
            asked.wait(5)
        connection.close()

    def other():
        inside.wait(5)
        with transaction.atomic():
            answers.append(nobody_else("test"))
        asked.set()
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(holder), pool.submit(other)]:
            done.result(timeout=10)

    assert answers == [True, False]
