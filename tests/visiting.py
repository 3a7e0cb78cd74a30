"""Visiting routes as everybody, in one scene that is made once for a module and stays as it was."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companies.views.assessments.visitors import KEPT
from tests.routes import LOGIN, Row
from tests.scene import Scene
from tests.standing_scenes import for_a_module
from tibs.accounts.models import User
from tibs.entrance.services.sessions import BEGAN, SEEN

A_LONG_RUN = 3 * 3600


@dataclass(frozen=True)
class Visit:
    """What one person got."""

    answer: int | str
    queries: list[str]


@pytest.fixture(scope="module")
def made_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with for_a_module(django_db_blocker):
        scene = Scene()
        scene.sessions = {person: signed_in(user) for person, user in scene.people.items() if user}
        scene.sessions["visitor"] = answering(scene)
        yield scene


def signed_in(user: User) -> str:
    """The key of a session that all visits of a person use: signing in costs as much as a refused visit.

    Each visit is rolled back, so none leaves a trace there; nor does one find that it is time to note that the
    person is still there, or that they signed in too long ago for what asks for a recent proof.
    """
    client = Client()
    client.force_login(user)
    session = client.session
    session[BEGAN] = session[SEEN] = time.time() + A_LONG_RUN
    session.save()
    return session.session_key


def answering(scene: Scene) -> str:
    """The key of the session of a visitor who answers a self-assessment; it is signed in as nobody."""
    session = Client().session
    session[KEPT] = {"id": scene.visitors.public_id, "token": scene.visitors_token}
    session.save()
    key: str = session.session_key
    return key


@pytest.fixture
def scene(made_once: Scene, db: None) -> Scene:
    """The world of all visits; what a test adds to it is gone afterwards."""
    return made_once


def address(row: Row, scene: Scene) -> str:
    return reverse(row.name, kwargs={name: scene.value(path) for name, path in row.takes.items()})


def visit(row: Row, scene: Scene, person: str, method: str = "") -> Visit:
    """Ask as that person, by the method of the row or another one; nothing that the request changes remains."""
    client = Client(raise_request_exception=False)
    if key := scene.sessions.get(person):
        client.cookies[settings.SESSION_COOKIE_NAME] = key
    ask = getattr(client, (method or row.method).lower())
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            response = ask(address(row, scene), row.data)
        transaction.set_rollback(True)
    is_login = response.status_code == 302 and "?next=" in response["Location"]
    return Visit(LOGIN if is_login else response.status_code, [query["sql"] for query in captured])


def forget_limits() -> None:
    """Visits are not attempts of one busy stranger."""
    cache.clear()
