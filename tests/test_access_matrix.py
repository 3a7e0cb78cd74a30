"""Who gets where, derived from the code itself: every route and operation, every role, reading and writing.

`test_routes.py` compares what everybody gets with `routes.toml`. Here the rows are held against the URL
configuration, the description of the API and the policies: each of them, taken away, must be noticed.
"""

import re

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import spectacular_settings

from tests.mutants import NOT_WATCHED, WATCHED_BY, policies, replace, visibilities
from tests.routes import LOGIN, existing, promised
from tests.visiting import forget_limits, made_once, scene, visit
from tibs.core.middleware import WRITTEN_WHILE_READING
from tibs.core.statements import written_by

__all__ = ["made_once", "scene"]

ROWS = promised()
REFUSED = {LOGIN, 401, 403, 404, 405}
ONE_OF_OURS = re.compile(r"<(?:\w+:)?(\w+)>")
GUARDED = [name for name, row in ROWS.items() if not row.public]


def refused_people(row):
    return [person for person, answer in row.answers.items() if answer in REFUSED]


def is_noticed(row, scene):
    """Whether somebody whom the row refuses gets another answer now."""
    forget_limits()
    return any(visit(row, scene, person).answer != row.answers[person] for person in refused_people(row))


def operations():
    generator: type[SchemaGenerator] = spectacular_settings.DEFAULT_GENERATOR_CLASS
    paths = generator().get_schema(request=None, public=True)["paths"]
    return {(path, method.upper()) for path, methods in paths.items() for method in methods}


def test_every_operation_of_the_api_has_a_row():
    rows = {(ONE_OF_OURS.sub(r"{\1}", row.path), row.method) for row in ROWS.values()}

    assert operations() - rows == set()


def test_every_route_of_the_api_is_described():
    described = {path for path, _method in operations()}
    routes = {ONE_OF_OURS.sub(r"{\1}", route.path) for route in existing().values()}

    assert {path for path in routes if path.startswith("/api/v1/")} - described == {"/api/v1/schema"}


@pytest.mark.parametrize("name", GUARDED)
def test_who_may_not_read_may_not_write_either(name, scene):
    row = ROWS[name]
    for person in refused_people(row):
        forget_limits()

        seen = visit(row, scene, person, "POST")

        written = {table for query in seen.queries for table in written_by(query)} - WRITTEN_WHILE_READING
        assert seen.answer in REFUSED, f"{person} gets {seen.answer}"
        assert not written, f"{person} is refused, yet {written} was written"


@pytest.mark.parametrize("check", [check for check in WATCHED_BY if not check.endswith(".visible_to")])
def test_policy_that_always_says_yes_is_noticed(check, scene, monkeypatch):
    replace(monkeypatch, policies()[check], lambda *args, **kwargs: True)

    assert is_noticed(ROWS[WATCHED_BY[check]], scene)


@pytest.mark.parametrize("check", [check for check in WATCHED_BY if check.endswith(".visible_to")])
def test_rows_that_everybody_sees_are_noticed(check, scene, monkeypatch):
    rows_of = visibilities()[check.removesuffix(".visible_to")]

    monkeypatch.setattr(rows_of, "visible_to", lambda rows, actor: rows)

    assert is_noticed(ROWS[WATCHED_BY[check]], scene)


def test_every_check_is_watched_or_says_why_not():
    checks = {*policies(), *(f"{label}.visible_to" for label in visibilities())}

    assert checks == WATCHED_BY.keys() | NOT_WATCHED.keys()
    assert not WATCHED_BY.keys() & NOT_WATCHED.keys()
