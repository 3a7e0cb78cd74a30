"""What an SQL statement writes, read from its text."""

import re
from functools import lru_cache

_LITERALS_AND_COMMENTS = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$", re.S)
_WRITES = re.compile(
    # not the clauses FOR UPDATE, FOR NO KEY UPDATE, DO UPDATE and THEN UPDATE
    r"\b(?:insert into|(?<!\bfor )(?<!\bkey )(?<!\bdo )(?<!\bthen )update|delete from|merge into"
    r"|truncate(?: table)?) (?:only )?([\w.\"]+)"
)
_HARMLESS = frozenset(
    {"select", "with", "values", "table", "show", "explain", "declare", "fetch", "close", "set", "reset"}
    | {"savepoint", "release", "rollback"}
)
_NAMED_BY_TABLE = frozenset({"insert", "update", "delete", "merge", "truncate"})


@lru_cache(maxsize=2000)
def written_by(sql: str) -> frozenset[str]:
    """Names of the tables that `sql` inserts into, updates, deletes from or empties, also within WITH.

    A statement of another kind that is not known to be harmless counts as its first word (`drop`, `copy`, `do`).
    """
    plain = " ".join(_LITERALS_AND_COMMENTS.sub(" ", sql).lower().split())
    tables = {name.replace('"', "").rpartition(".")[2] for name in _WRITES.findall(plain)}
    words = {statement.lstrip(" (").partition(" ")[0] for statement in plain.split(";")} - {""}
    return frozenset(tables | (words - _HARMLESS - _NAMED_BY_TABLE))
