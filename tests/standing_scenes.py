"""Scenes that stand while several tests need them.

`@standing` makes a fixture whose rows are written once and not anew for each test. What such fixtures of one test wrote
lies in layers, each a savepoint in one open transaction; a test works above them, its own changes are rolled back, and
it gets copies of the things. When the next test needs other layers, those that it does not need are rolled back first,
so no test finds a row that it did not ask for. Tests that commit have their fixtures built anew, as by
`pytest.fixture`.

A standing fixture takes standing fixtures alone, writes rows alone and no files, returns what `deepcopy` can copy, and
does not depend on a setting that a test changes. The scene may be some minutes old; tests that set the clock (they take
a fixture of that name) have their own.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.translation import override

_positions = count()
_prepared = count(1)
# So many tests leave enough rolled-back rows for PostgreSQL to read past that each next one takes longer.
VACUUM_AFTER = 150


@dataclass(frozen=True)
class Builder:
    """A standing fixture; `position` is its place among all."""

    name: str
    position: int
    build: Callable[..., Any]

    @property
    def needs(self) -> list[str]:
        return list(inspect.signature(self.build).parameters)


@dataclass(frozen=True)
class Layer:
    """What stands after one more builder: everything by name, and the savepoint that takes it away."""

    builder: Builder
    values: dict[str, Any]
    savepoint: transaction.Atomic


_layers: list[Layer] = []


def standing(build: Callable[..., Any]) -> Any:
    """A fixture in place of `pytest.fixture` whose rows stand as long as the following tests need them."""
    builder = Builder(build.__name__, next(_positions), build)

    def fixture(request: pytest.FixtureRequest, **needed: Any) -> Any:
        copies = request.node.__dict__.get("standing_copies", {})
        if builder.name in copies:
            return copies[builder.name]
        return build(**{name: needed[name] for name in builder.needs})

    names = dict.fromkeys(["request", "db", *builder.needs])
    parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
    # Pytest reads the one, `builders_of` the other.
    vars(fixture).update(__signature__=inspect.Signature(parameters), builder=builder)
    fixture.__doc__ = build.__doc__
    return pytest.fixture(name=build.__name__)(fixture)


def builders_of(item: pytest.Item) -> list[Builder]:
    """The standing fixtures of a test, each after what it needs; none if the test commits or sets the clock."""
    if commits(item) or "clock" in item.fixturenames:
        return []
    wanted: dict[str, Builder] = {}
    known = item._fixtureinfo.name2fixturedefs

    def add(name: str) -> bool:
        """Whether it stands; it does not where a module put an ordinary fixture in place of something that it needs."""
        builder = getattr(known[name][-1].func, "builder", None) if name in known else None
        if builder is None or not all(add(need) for need in builder.needs):
            return False
        wanted[name] = builder
        return True

    for name in item.fixturenames:
        add(name)
    in_order: dict[str, Builder] = {}
    for builder in sorted(wanted.values(), key=lambda builder: builder.position):
        _put_after_needs(builder, wanted, in_order)
    return list(in_order.values())


def _put_after_needs(builder: Builder, wanted: dict[str, Builder], in_order: dict[str, Builder]) -> None:
    for need in builder.needs:
        _put_after_needs(wanted[need], wanted, in_order)
    in_order.setdefault(builder.name, builder)


def commits(item: pytest.Item) -> bool:
    """Whether the test is not rolled back but cleaned up after."""
    marker = item.get_closest_marker("django_db")
    marked = marker and (marker.args or marker.kwargs)
    return bool(marked) or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


def beside_each_other(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """The same tests, those of a module that need the same scene one after the other."""
    for _module, tests in groupby(items, key=lambda item: item.nodeid.split("::")[0]):
        yield from sorted(tests, key=lambda item: [builder.position for builder in builders_of(item)])


@contextmanager
def for_a_module(blocker: Any) -> Iterator[None]:
    """What is written in the block stands until it ends, for a fixture of a whole module in which no test commits."""
    with blocker.unblock(), override("en"):
        take_away()
        with transaction.atomic():
            try:
                yield
            finally:
                take_away()
                transaction.set_rollback(True)


def prepare(item: pytest.Item, blocker: Any) -> None:
    """Before a test: take away the layers that it does not need, build those that are missing, copy the things."""
    wanted = builders_of(item)
    with blocker.unblock(), override("en"):
        if next(_prepared) % VACUUM_AFTER == 0:
            _vacuum()
        same = 0
        while _stands() and same < min(len(wanted), len(_layers)) and _layers[same].builder == wanted[same]:
            same += 1
        take_away(down_to=same)
        for builder in wanted[same:]:
            _build(builder)
    if wanted:
        item.__dict__["standing_copies"] = deepcopy(_layers[-1].values)


def _vacuum() -> None:
    """Clear away what was rolled back; nothing can be while a layer stands."""
    take_away()
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


def _stands() -> bool:
    """A connection that was closed took all layers with it."""
    return connection.in_atomic_block and not connection.closed_in_transaction


def take_away(*, down_to: int = 0) -> None:
    """Roll back all layers above the first so many."""
    while len(_layers) > down_to:
        _roll_back(_layers.pop().savepoint)


def _build(builder: Builder) -> None:
    values = deepcopy(_layers[-1].values) if _layers else {}
    savepoint = transaction.atomic()
    savepoint.__enter__()
    try:
        values[builder.name] = builder.build(**{name: values[name] for name in builder.needs})
    except BaseException:
        _roll_back(savepoint)
        raise
    _layers.append(Layer(builder, values, savepoint))


def _roll_back(savepoint: transaction.Atomic) -> None:
    if connection.in_atomic_block:
        transaction.set_rollback(True)
    savepoint.__exit__(None, None, None)
