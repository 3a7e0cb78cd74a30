"""Attempts are counted exactly."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as AwayError

from tibs.core import limits
from tibs.core.limits import CounterAwayError, Limit, LimitReachedError, give_back, take

FIVE = Limit("test:account", most=5, seconds=60)
MANY = Limit("test:network", most=100, seconds=60)


def tries(*limits_of_one, times):
    """How many of so many attempts one after the other pass."""
    return sum(passes(*limits_of_one) for _ in range(times))


def passes(*limits_of_one):
    try:
        take(limits_of_one)
    except LimitReachedError:
        return False
    return True


def test_attempts_pass_until_the_limit_is_reached():
    assert tries(FIVE, times=8) == 5


def test_200_attempts_at_once_share_no_place():
    with ThreadPoolExecutor(50) as pool:
        passed = sum(pool.map(lambda _: passes(FIVE), range(200)))

    assert passed == 5


def test_attempt_that_one_limit_refuses_counts_against_none():
    tries(FIVE, MANY, times=50)

    assert tries(MANY, times=200) == 95


def test_refusal_says_how_long_to_wait():
    tries(FIVE, times=5)

    with pytest.raises(LimitReachedError) as refusal:
        take([FIVE])

    assert 55 <= refusal.value.seconds <= 60


def test_honest_attempt_is_given_back():
    tries(FIVE, times=5)

    give_back([FIVE])

    assert tries(FIVE, times=3) == 1


def test_giving_back_never_opens_more_places_than_there_are():
    for _ in range(10):
        give_back([FIVE])

    assert tries(FIVE, times=8) == 5


def test_nothing_passes_while_the_counter_is_away(monkeypatch):
    def refuse(*args, **kwargs):
        raise AwayError

    monkeypatch.setattr(Redis, "execute_command", refuse)

    with pytest.raises(CounterAwayError):
        take([FIVE])


def test_a_limit_ends_with_its_time():
    short = Limit("test:short", most=1, seconds=60)
    take([short])
    limits._server().pexpire(f"{limits.PREFIX}test:short", 1)
    while limits._server().exists(f"{limits.PREFIX}test:short"):
        pass

    assert passes(short)
