"""Paging by position: a cursor names the last row seen, so pages neither skip nor repeat while rows come and go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request

from tibs.api.problems import InvalidCursor


@dataclass(frozen=True)
class Page[R]:
    """Some rows of a list, and the cursor of the next page; '' on the last."""

    rows: Sequence[R]
    next_cursor: str

    def next_url(self, request: Request) -> str | None:
        """The address of the next page, with all parameters of this one."""
        if not self.next_cursor:
            return None
        parameters = request.GET.copy()
        parameters["cursor"] = self.next_cursor
        return f"{request.build_absolute_uri(request.path)}?{parameters.urlencode()}"


@dataclass(frozen=True)
class Order:
    """A total order of a list: names of non-null columns, `-` before those that descend, the last one unique."""

    name: str
    columns: tuple[str, ...]

    def page[M: Model, R](self, rows: QuerySet[M, R], asked: Mapping[str, Any]) -> Page[R]:
        """The page that PageParameters asked for. InvalidCursor where this order did not make the cursor."""
        limit = asked["limit"]
        if cursor := asked.get("cursor"):
            rows = rows.filter(self._after(self._read(cursor)))
        found = list(rows.order_by(*self.columns)[: limit + 1])
        has_next = len(found) > limit
        return Page(found[:limit], self._cursor(found[limit - 1]) if has_next else "")

    def _after(self, position: list[Any]) -> Q:
        """Beyond the position; the first column stands alone as well, so that an index can begin there."""
        beyond, equal = Q(), Q()
        for column, value in zip(self.columns, position, strict=True):
            name, step = column.removeprefix("-"), "lt" if column.startswith("-") else "gt"
            beyond |= equal & Q(**{f"{name}__{step}": value})
            equal &= Q(**{name: value})
        first, step = self.columns[0].removeprefix("-"), "lte" if self.columns[0].startswith("-") else "gte"
        return Q(**{f"{first}__{step}": position[0]}) & beyond

    def _cursor(self, row: object) -> str:
        """The position of a row, which is an object of its model or a mapping of columns."""
        names = [column.removeprefix("-") for column in self.columns]
        values = [row[name] if isinstance(row, Mapping) else getattr(row, name) for name in names]
        return self._signer.sign_object([v.isoformat() if isinstance(v, datetime) else v for v in values])

    def _read(self, cursor: str) -> list[Any]:
        try:
            position: list[Any] = self._signer.unsign_object(cursor)
        except BadSignature:
            raise InvalidCursor from None
        return position

    @property
    def _signer(self) -> Signer:
        return Signer(sep=".", salt=f"tibs.api.cursor:{self.name}")
