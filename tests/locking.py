"""Watching in which order rows are locked: what a service holds when it locks the next row.

`watched` looks at every statement of the connection. A service begins with the outermost savepoint, as tests run in a
transaction of their own, and ends with its release.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg2.sql import SQL, Identifier

# The order of docs/introductions.md; rows of one table by their keys.
RANKS = {
    "brokers_membership": 0,
    "companies_company": 1,
    "matching_introduction": 2,
    "matching_cooperation": 3,
}
LOCKING = re.compile(r" FOR (?:NO KEY )?UPDATE(?: OF .*)?$")
READ = re.compile(r'^SELECT .*?"id".*? FROM "(?P<table>\w+)"', re.DOTALL)
WRITE = re.compile(r'^UPDATE "(?P<table>\w+)" SET .*? WHERE (?P<where>.*)$', re.DOTALL)
Row = tuple[int, int]


@dataclass
class Watch:
    """`wrong` has a sentence for every row that was locked after one which comes later in the order; `number` counts
    what was locked."""

    wrong: list[str] = field(default_factory=list)
    held: set[Row] = field(default_factory=set)
    number: int = 0
    depth: int = 0

    def see(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = str(sql)
        self._count(words)
        rows = [] if many else _rows(words, params)
        result = execute(sql, params, many, context)
        for row in rows:
            self._lock(row, words)
        return result

    def _count(self, words: str) -> None:
        if words.startswith("SAVEPOINT"):
            self.depth += 1
        elif words.startswith("RELEASE SAVEPOINT"):  # follows every ROLLBACK TO as well
            self.depth -= 1
        if not self.depth:
            self.held.clear()

    def _lock(self, row: Row, words: str) -> None:
        if row in self.held or not self.depth:
            return
        self.number += 1
        later = [one for one in self.held if one > row]
        if later:
            self.wrong.append(f"{_name(row)} after {sorted(map(_name, later))}: {words[-160:]}")
        self.held.add(row)


def _name(row: Row) -> str:
    return f"{list(RANKS)[row[0]]} {row[1]}"


def _rows(words: str, params: Any) -> list[Row]:
    """The rows that a statement locks, in the order in which it locks them; looked up before it runs."""
    if LOCKING.search(words) and (found := READ.match(words)):
        asked, given = LOCKING.sub("", words), params
        # The first column of every locking read is the key.
    elif found := WRITE.match(words):
        rows_of = SQL('SELECT "id" FROM {} WHERE {} ORDER BY "id"')
        asked = rows_of.format(Identifier(found["table"]), SQL(found["where"]))
        given = list(params or ())[-found["where"].count("%s") :] if "%s" in found["where"] else None
    else:
        return []
    rank = RANKS.get(found["table"])
    if rank is None:
        return []
    with connection.connection.cursor() as cursor:
        cursor.execute(asked, given)
        return [(rank, row[0]) for row in cursor.fetchall()]


@contextmanager
def watched() -> Iterator[Watch]:
    """Every lock of this connection until the block ends."""
    watch = Watch()
    with connection.execute_wrapper(watch.see):
        yield watch
