"""Whatever is sent, an answer is one that the description names: never a fault of ours."""

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.api.contract import assert_fits
from tibs.api import limits
from tibs.api.description import document
from tibs.api.problems import CONTENT_TYPE

OPERATIONS = [(path, methods["get"]) for path, methods in document()["paths"].items() if "get" in methods]
NAMES = sorted(
    {p["name"] for _, operation in OPERATIONS for p in operation["parameters"] if p["in"] == "query"}
)
LIKELY = [
    "BO", "RDR", "PL", "FI", "OPS", "MANUF", "en", "true", "false", "1", "100", "0", "-1", "1e3", "NaN", "2.0",
    "9" * 30, "9" * 5000, "2026-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "2026-02-30", "%", "_", "\\", "'", "'; --", "\x00", "\ud800", "\uffff", "\r\n", "é" * 300, "TIBS-", "W10", "W10.x",
    "[]", "{}", "null", "..", "‮", "😀" * 70,
]  # fmt: skip
values = st.sampled_from(LIKELY) | st.text(max_size=40)
names = st.sampled_from([*NAMES, "format", "", "type[]", "limit\x00"]) | st.text(max_size=8)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.sampled_from(
            ["*/*", "text/html", "application/json", "x", "application/json;q=nan", ""]
        ),
        "Accept-Language": st.sampled_from(["pl", "xx", "*", "de;q=0.5, lv", "a" * 600]),
        "If-None-Match": st.sampled_from(["*", '"x"', 'W/"x"', "x", '"']),
        "If-Match": st.sampled_from(['"x"', "*"]),
        "Range": st.just("bytes=0-1"),
        "X-Forwarded-For": st.just("x, ::1"),
    },
)


@pytest.fixture
def signed_in(client, aleksandra, polish_company, finnish_company, monkeypatch):
    """A broker with a matched profile, whom nobody counts."""
    monkeypatch.setattr(limits, "count", lambda _request: None)
    profile = factories.profile(polish_company, domain=factories.domain("MANUF"))
    factories.match(profile, factories.profile(finnish_company))
    client.force_login(aleksandra)
    client.known = {"reference": profile.reference, "public_id": profile.public_id}
    return client


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=[path for path, _ in OPERATIONS])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(query=st.lists(st.tuples(names, values), max_size=4), sent=headers, place=st.none() | values)
def test_every_answer_is_a_documented_one(signed_in, path, operation, query, sent, place):
    in_path = [p["name"] for p in operation["parameters"] if p["in"] == "path"]
    for name in in_path:
        part = signed_in.known[name] if place is None else quoted(place)
        path = path.replace(f"{{{name}}}", part)
    asked = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in query)

    answer = signed_in.get(f"{path}?{asked}", headers=sent)

    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == CONTENT_TYPE
        assert_fits(answer.json(), "Problem")
    elif answer.status_code == 200:
        assert_fits(answer.json(), shape_of(operation))
    is_redirect = answer.status_code == 301 and place is not None
    assert str(answer.status_code) in operation["responses"] or is_redirect, answer.content


def quoted(text):
    """Percent-encoded; lone surrogates too, as bytes that are no UTF-8."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def shape_of(operation):
    reference = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    return re.sub(".*/", "", reference)
