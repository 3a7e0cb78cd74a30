"""Each route answers each person as `routes.toml` promises, within its number of database queries."""

from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.routes import LOGIN, Row, existing, promised
from tests.scene import Scene

MANY = 20
# A promise far above the truth would hide the next ten queries.
SLACK = 3
ROWS = promised()
SKELETON = """
["{name}"]
path = "{path}"
200 = "broker"
login = "visitor"
404 = "everyone"
sql = 14
"""


@dataclass(frozen=True)
class Visit:
    """What one person got."""

    answer: int | str
    queries: list[str]


@pytest.fixture
def scene(db):
    return Scene()


def address(row: Row, scene: Scene) -> str:
    return reverse(row.name, kwargs={name: scene.value(path) for name, path in row.takes.items()})


def visit(row: Row, scene: Scene, person: str) -> Visit:
    """Ask as that person; nothing that the request changes remains."""
    client = Client()
    with transaction.atomic():
        if user := scene.people[person]:
            client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            response = getattr(client, row.method.lower())(address(row, scene), row.data)
        transaction.set_rollback(True)
    is_login = response.status_code == 302 and "?next=" in response["Location"]
    return Visit(LOGIN if is_login else response.status_code, [query["sql"] for query in captured])


def test_every_route_has_a_row_and_every_row_a_route():
    routes = existing()
    missing = [
        SKELETON.format(name=name, path=routes[name].path) for name in sorted(routes.keys() - ROWS.keys())
    ]
    stale = sorted(ROWS.keys() - routes.keys())

    assert not missing, "Add these routes to tests/routes.toml:\n" + "".join(missing)
    assert not stale, f"Remove from tests/routes.toml: {stale}"


@pytest.mark.parametrize("name", ROWS)
def test_the_row_tells_the_truth_about_its_path(name):
    route, row = existing()[name], ROWS[name]

    assert row.path == route.path
    assert row.public is not route.login_required or "/api/" in row.path


@pytest.mark.parametrize("name", ROWS)
def test_everybody_gets_the_promised_answer_within_the_promised_queries(name, scene):
    row = ROWS[name]

    visits = {person: visit(row, scene, person) for person in scene.people}

    answers = {person: seen.answer for person, seen in visits.items()}
    assert answers == row.answers
    person, dearest = max(visits.items(), key=lambda item: len(item[1].queries))
    assert row.sql - len(dearest.queries) <= SLACK, (
        f"costs {len(dearest.queries)} now: write that into routes.toml"
    )
    assert len(dearest.queries) <= row.sql, f"{person} cost {len(dearest.queries)}:\n" + "\n".join(
        dearest.queries
    )


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.rows])
def test_a_list_costs_the_same_for_many_rows(name, scene):
    row = ROWS[name]
    reader = next(person for person, answer in row.answers.items() if answer == 200 and person != "visitor")
    scene.add(row.rows, 1)
    for_few = visit(row, scene, reader).queries

    scene.add(row.rows, MANY)
    for_many = visit(row, scene, reader).queries

    assert len(for_many) == len(for_few), "\n".join(["With many rows:", *for_many])


def test_public_routes_are_few_and_meant():
    """A visitor gets in exactly where the row says that the route is public."""
    breaches = [
        name for name, row in ROWS.items() if row.public == (row.answers["visitor"] in {LOGIN, 401, 403})
    ]

    assert not breaches
