"""Paging through long lists by keys: every page costs the same, and new rows never shift what was read."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tibs.core.errors import BadInputError

AFTER, BEFORE = "a", "b"
LOST = _("This link into the list does not work any more.")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BadCursorError(BadInputError):
    """A link into a list that was cut, changed or made for another list."""

    code = "bad_cursor"


@dataclass(frozen=True)
class Page[Row: Model]:
    """Some rows of a list, and the cursors of its neighbours; '' where the list begins or ends."""

    rows: list[Row]
    previous: str
    next: str


def page_of[Row: Model](
    rows: QuerySet[Row], *, by: tuple[str, str], size: int, cursor: str = ""
) -> Page[Row]:
    """The page at `cursor` of `rows` ordered `by` two own fields or annotations; "-" means descending.

    The first is never null, the second is unique.
    """
    way, keys = _read(cursor, rows, by) if cursor else (AFTER, ())
    forward = way == AFTER
    if keys:
        rows = rows.filter(_beyond(by, keys, forward=forward))
    ordered = rows.order_by(*(by if forward else map(_turned, by)))
    found = list(ordered[: size + 1])
    has_more = len(found) > size
    found = found[:size] if forward else found[:size][::-1]
    has_previous, has_next = (bool(keys), has_more) if forward else (has_more, True)
    return Page(
        rows=found,
        previous=_write(BEFORE, found[0], by) if found and has_previous else "",
        next=_write(AFTER, found[-1], by) if found and has_next else "",
    )


def _beyond(by: tuple[str, str], keys: tuple[Any, ...], *, forward: bool) -> Q:
    """Rows after (or before) the keys; the bound on the first field lets an index find the place."""
    (first, first_sign), (second, second_sign) = (
        (name.removeprefix("-"), _sign(name, forward)) for name in by
    )
    beyond = Q(**{f"{first}__{first_sign}": keys[0]}) | Q(**{f"{second}__{second_sign}": keys[1]})
    return Q(**{f"{first}__{first_sign}e": keys[0]}) & beyond


def _sign(name: str, forward: bool) -> str:
    return "lt" if name.startswith("-") == forward else "gt"


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _write(way: str, row: Model, by: tuple[str, str]) -> str:
    keys = [getattr(row, name.removeprefix("-")) for name in by]
    return base64.urlsafe_b64encode(json.dumps([way, *keys], default=str).encode()).decode().rstrip("=")


def _read(cursor: str, rows: QuerySet[Any], by: tuple[str, str]) -> tuple[str, tuple[Any, ...]]:
    """The way and the keys that a cursor holds; whoever made it, they are of the types of the fields."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True)
        way, first, second = json.loads(text, parse_constant=_refuse)
        keys = tuple(_key(rows, name, key) for name, key in zip(by, (first, second), strict=True))
    except (ValueError, TypeError, RecursionError, binascii.Error, ValidationError) as error:
        raise BadCursorError(LOST) from error
    if way not in {AFTER, BEFORE}:
        raise BadCursorError(LOST)
    return way, keys


def _key(rows: QuerySet[Any], name: str, given: object) -> object:
    """A key as its field has it. None and text that PostgreSQL cannot hold are no keys."""
    name = name.removeprefix("-")
    annotated = rows.query.annotations.get(name)
    field = cast("Field[Any, Any]", annotated.output_field if annotated else rows.model._meta.get_field(name))
    if not isinstance(given, str | int | float) or UNSTORABLE.search(str(given)):
        raise TypeError(given)
    return field.to_python(given)


def _refuse(constant: str) -> float:
    raise ValueError(constant)


@dataclass(frozen=True)
class Links:
    """Addresses of the neighbours of a page, with everything else of the address kept; '' at the ends."""

    previous: str
    next: str


def links_of(page: Page[Any], request: HttpRequest) -> Links:
    """Where `page` of the list that was asked for leads."""
    return Links(_address(request, page.previous), _address(request, page.next))


def _address(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"
