"""Reads `routes.toml` and the URL configuration into the same form."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.scene import PEOPLE

LOGIN = "login"
# Who gets the answer of somebody else where a row does not name them.
LIKE = {"colleague": "broker", "neighbour": "other_broker"}
KEYS = {"path", "public", "method", "data", "sql", "takes", "rows"}


@dataclass(frozen=True)
class Row:
    """What `routes.toml` promises of one route. `answers` holds a status, or LOGIN, for each person."""

    name: str
    path: str
    sql: int
    answers: dict[str, int | str]
    public: bool = False
    method: str = "GET"
    data: dict[str, Any] = field(default_factory=dict)
    takes: dict[str, str] = field(default_factory=dict)
    rows: str = ""


def promised() -> dict[str, Row]:
    text = (Path(__file__).parent / "routes.toml").read_text()
    return {name: _row(name, table) for name, table in tomllib.loads(text).items()}


def _row(name: str, table: dict[str, Any]) -> Row:
    answers: dict[str, int | str] = {}
    rest: int | str = 0
    for key, people in table.items():
        if key in KEYS:
            continue
        answer = key if key == LOGIN else int(key)
        for person in people.split():
            if person == "everyone":
                rest = answer
            elif person not in PEOPLE:
                raise ValueError(
                    f"routes.toml, {name}: nobody is called {person}; PEOPLE of tests/scene.py are"
                )
            elif answers.setdefault(person, answer) != answer:
                raise ValueError(f"routes.toml, {name}: {person} gets two answers")
    answers = {person: answers.get(person, answers.get(LIKE.get(person, ""), rest)) for person in PEOPLE}
    return Row(name=name, answers=answers, **{key: table[key] for key in KEYS & table.keys()})


@dataclass(frozen=True)
class Route:
    """A route as Django knows it."""

    name: str
    path: str
    login_required: bool


def existing() -> dict[str, Route]:
    """Every route by its name, with that of its namespace; routes without a name stand under their path."""
    routes: dict[str, Route] = {}
    for route in _walk(get_resolver()):
        if routes.setdefault(route.name, route) != route:
            raise ValueError(f"{route.path} and {routes[route.name].path} are both called {route.name}")
    return routes


def _walk(resolver: URLResolver, path: str = "/", namespace: str = "") -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, here, inner)
        elif isinstance(entry, URLPattern):
            login_required = getattr(entry.callback, "login_required", True)
            yield Route(f"{namespace}{entry.name}" if entry.name else here, here, login_required)
