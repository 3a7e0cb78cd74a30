"""How many profiles each value of each filter leaves, under all the other filters: one statement for all of them."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import F
from psycopg2 import sql

from companies.catalogue.search import FILTERS, SEVERAL, Search, all_published, with_words

COLUMNS = ("type", "country_code", "area", "domain", "cooperation_types", "partner_kinds")
NAMES = ("type", "country", "area", "domain", "cooperation", "partner")
COUNT_ONE = "SELECT {code}, {column}, count(*) FROM found WHERE {others} GROUP BY 2"
# Few lists of values are different, so they are counted before they are taken apart.
COUNT_SEVERAL = (
    "SELECT {code}, one, sum(times)::int FROM"
    " (SELECT {column}, count(*) AS times FROM found WHERE {others} GROUP BY 1) AS lists, unnest({column}) AS one"
    " GROUP BY 2"
)
COUNT_ALL = "SELECT '', '', count(*) FROM found WHERE {others}"


@dataclass(frozen=True)
class Counts:
    """How many profiles fit, and how many would with each value of each filter, its other values set aside."""

    total: int = 0
    by_filter: dict[str, dict[str, int]] = field(default_factory=dict)


def counts_of(search: Search) -> Counts:
    """Counts among the published profiles that have the words of `search`; one query."""
    with_country = (
        with_words(all_published(), search.words).order_by().annotate(country_code=F("company__country"))
    )
    inner, values = with_country.values_list(*COLUMNS).query.sql_with_params()
    parts = [
        *(_part(name, search) for name in FILTERS),
        sql.SQL(COUNT_ALL).format(others=_others("", search)),
    ]
    head = sql.SQL("WITH found ({}) AS MATERIALIZED (").format(sql.SQL(", ").join(map(sql.Identifier, NAMES)))
    statement = sql.Composed([head, sql.SQL(inner), sql.SQL(") "), sql.SQL(" UNION ALL ").join(parts)])
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(connection.connection), values)
        return _counts(cursor.fetchall())


def _part(name: str, search: Search) -> sql.Composed:
    count = sql.SQL(COUNT_SEVERAL if name in SEVERAL else COUNT_ONE)
    return count.format(code=sql.Literal(name), column=sql.Identifier(name), others=_others(name, search))


def _others(name: str, search: Search) -> sql.Composable:
    """What the filters other than `name` ask for."""
    asked = {other: list(getattr(search, other)) for other in FILTERS if other != name}
    return sql.SQL(" AND ").join(
        [sql.SQL("true"), *(_condition(other, values) for other, values in asked.items() if values)]
    )


def _condition(name: str, values: list[str]) -> sql.Composed:
    pattern = "{column} && {values}::varchar[]" if name in SEVERAL else "{column} = ANY({values}::varchar[])"
    # The literal becomes part of a statement that has parameters, in which a percent sign is written twice.
    return sql.SQL(pattern).format(
        column=sql.Identifier(name), values=sql.Literal([value.replace("%", "%%") for value in values])
    )


def _counts(rows: list[tuple[str, Any, int]]) -> Counts:
    by_filter: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    total = 0
    for name, value, count in rows:
        if not name:
            total = count
        elif value:
            by_filter[name][value] = count
    return Counts(total, by_filter)
