"""Nobody asks more often than agreed, and everybody is told where they stand."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisAway

from tests.api.contract import assert_problem
from tibs.api import limits
from tibs.figures import API_REQUESTS

COUNTRIES = "/api/v1/countries/"


def request(address="192.0.2.1"):
    return SimpleNamespace(user=AnonymousUser(), META={"REMOTE_ADDR": address}, headers={})


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """Twenty seconds into a window."""
    clock = SimpleNamespace(now=60_000_020.0)
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: clock.now))
    return clock


def test_two_hundred_at_once_get_exactly_what_is_allowed():
    with ThreadPoolExecutor(max_workers=50) as pool:
        counted = list(pool.map(lambda _: limits.count(request()), range(200)))

    assert sum(not allowance.is_exceeded for allowance in counted) == API_REQUESTS
    assert sorted(allowance.used for allowance in counted) == list(range(1, 201))


@pytest.mark.django_db
def test_each_answer_says_what_is_left(client):
    answers = [client.get(COUNTRIES) for _ in range(3)]

    assert [answer.headers["RateLimit"] for answer in answers] == [
        f'"reading";r={API_REQUESTS - used};t=40' for used in (1, 2, 3)
    ]
    assert answers[0].headers["RateLimit-Policy"] == f'"reading";q={API_REQUESTS};w=60'


@pytest.mark.django_db
def test_the_request_after_the_last_waits_for_the_next_window(client, standing_clock):
    for _ in range(API_REQUESTS):
        limits.count(request("127.0.0.1"))

    refused = client.get(COUNTRIES)
    standing_clock.now += 40
    answered = client.get(COUNTRIES)

    assert_problem(refused, 429, "too_many_requests")
    assert (refused.headers["Retry-After"], refused.headers["RateLimit"]) == ("40", '"reading";r=0;t=40')
    assert answered.status_code == 200


@pytest.mark.django_db
def test_an_answer_that_need_not_be_sent_does_not_count(client):
    first = client.get(COUNTRIES)

    second = client.get(COUNTRIES, headers={"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 304
    assert second.headers["RateLimit"] == first.headers["RateLimit"]


@pytest.mark.django_db
def test_reading_goes_on_while_the_counter_is_away(client, monkeypatch):
    def away(*_args, **_kwargs):
        raise RedisAway

    monkeypatch.setattr(cache, "incr", away)

    answer = client.get(COUNTRIES)

    assert answer.status_code == 200
    assert "RateLimit" not in answer.headers


def test_a_customer_with_many_ipv6_addresses_counts_once():
    counted = [limits.count(request(f"2001:db8:1:2::{number:x}")) for number in range(10)]

    assert [allowance.used for allowance in counted] == list(range(1, 11))


def test_a_signed_in_person_is_counted_wherever_they_are():
    person = SimpleNamespace(is_authenticated=True, public_id="usr_1")
    asked = [SimpleNamespace(user=person, META={"REMOTE_ADDR": f"192.0.2.{n}"}, headers={}) for n in (1, 2)]

    counted = [limits.count(one) for one in asked]

    assert [allowance.used for allowance in counted] == [1, 2]
