"""Pages by keys: all rows once, there and back, and no link can break them."""

import base64
import json

import pytest

from regions.models import S3Domain
from tibs.core.paging import BadCursorError, links_of, page_of

pytestmark = pytest.mark.django_db
BY = ("name", "code")
DOWN = ("-name", "code")


@pytest.fixture
def domains():
    """Seven domains; three of them share a name, so that the second key counts."""
    names = ["Air", "Same", "Same", "Same", "Sea", "Soil", "Sun"]
    for position, name in enumerate(names):
        S3Domain.objects.create(code=chr(65 + position) * 3, name=name, position=position + 1)
    return S3Domain.objects.all()


def walk(rows, by, way="next"):
    """The codes on each page, from the first to the last."""
    pages, cursor = [], ""
    while True:
        page = page_of(rows, by=by, size=2, cursor=cursor)
        pages.append([row.code for row in page.rows])
        cursor = getattr(page, way)
        if not cursor:
            return pages, page


@pytest.mark.parametrize("by", [BY, DOWN])
def test_every_row_comes_once_in_order(domains, by):
    pages, _last = walk(domains, by)

    assert [code for page in pages for code in page] == list(
        domains.order_by(*by).values_list("code", flat=True)
    )
    assert [len(page) for page in pages] == [2, 2, 2, 1]


@pytest.mark.parametrize("by", [BY, DOWN])
def test_the_way_back_ends_at_the_beginning(domains, by):
    _pages, page = walk(domains, by)
    while page.previous:
        page = page_of(domains, by=by, size=2, cursor=page.previous)

    assert [row.code for row in page.rows] == list(domains.order_by(*by).values_list("code", flat=True))[:2]


def test_a_new_row_before_the_page_shifts_nothing(domains):
    first = page_of(domains, by=BY, size=2)
    S3Domain.objects.create(code="NEW", name="Aaa", position=90)

    second = page_of(domains, by=BY, size=2, cursor=first.next)

    assert [row.code for row in second.rows] == ["CCC", "DDD"]


def cursor_of(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "ä",
        "a" * 100_001,
        cursor_of("a"),
        cursor_of("a", "Same"),
        cursor_of("a", "Same", "BBB", "more"),
        cursor_of("sideways", "Same", "BBB"),
        cursor_of("a", None, None),
        cursor_of("a", ["Same"], {"x": 1}),
        cursor_of("a", "nul\0", "BBB"),
        cursor_of("a", "\ud800", "BBB"),
        base64.urlsafe_b64encode(b'["a", NaN, Infinity]').decode(),
        base64.urlsafe_b64encode(b"[" * 50_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_a_broken_link_is_a_refusal_and_no_fault(domains, cursor):
    with pytest.raises(BadCursorError):
        page_of(domains, by=BY, size=2, cursor=cursor)


@pytest.mark.parametrize("key", [10**30, -1, 1.5, "1e400"])
def test_strange_numbers_are_refused_or_find_a_page(domains, key):
    try:
        page = page_of(domains, by=("position", "code"), size=2, cursor=cursor_of("a", key, "AAA"))
    except BadCursorError:
        return

    assert len(page.rows) <= 2


def test_links_keep_the_rest_of_the_address(domains, rf):
    page = page_of(domains, by=BY, size=2)

    links = links_of(page, rf.get("/x?q=oak&q=ash&cursor=old"))

    assert links.previous == ""
    assert links.next.startswith("?q=oak&q=ash&cursor=")
    assert "old" not in links.next
