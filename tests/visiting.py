"""Visiting routes as everybody, in one scene that is made once for a module and stays as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.routes import LOGIN, Row
from tests.scene import Scene


@dataclass(frozen=True)
class Visit:
    """What one person got."""

    answer: int | str
    queries: list[str]


@pytest.fixture(scope="module")
def made_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), override("en"), transaction.atomic():
        yield Scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(made_once: Scene, db: None) -> Scene:
    """The world of all visits; what a test adds to it is gone afterwards."""
    return made_once


def address(row: Row, scene: Scene) -> str:
    return reverse(row.name, kwargs={name: scene.value(path) for name, path in row.takes.items()})


def visit(row: Row, scene: Scene, person: str, method: str = "") -> Visit:
    """Ask as that person, by the method of the row or another one; nothing that the request changes remains."""
    client = Client(raise_request_exception=False)
    ask = getattr(client, (method or row.method).lower())
    with transaction.atomic():
        if user := scene.people[person]:
            client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            response = ask(address(row, scene), row.data)
        transaction.set_rollback(True)
    is_login = response.status_code == 302 and "?next=" in response["Location"]
    return Visit(LOGIN if is_login else response.status_code, [query["sql"] for query in captured])


def forget_limits() -> None:
    """Visits are not attempts of one busy stranger."""
    cache.clear()
