"""Each route answers each person as `routes.toml` promises, within its number of database queries."""

import pytest

from tests.routes import LOGIN, existing, promised
from tests.visiting import made_once, scene, visit

__all__ = ["made_once", "scene"]

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
