"""Counting attempts exactly: no two of them share the last place, however many come at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from redis import Redis
from redis.exceptions import RedisError

from tibs.core.errors import DomainError

PREFIX = "tibs:limit:"
# One script is one step for the server: either every count has room and all go up, or none does.
TAKE = """
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[2 * i - 1]) then
    return redis.call('PTTL', key)
  end
end
for i, key in ipairs(KEYS) do
  if redis.call('INCR', key) == 1 then redis.call('PEXPIRE', key, 1000 * ARGV[2 * i]) end
end
return 0
"""
GIVE_BACK = """
for _, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') > 0 then redis.call('DECR', key) end
end
return 0
"""


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts under one name within `seconds` of the first of them."""

    name: str
    most: int
    seconds: int


class LimitReachedError(DomainError):
    """Too many attempts; `seconds` says when there is room again."""

    code = "too_many_attempts"

    def __init__(self, seconds: int) -> None:
        super().__init__(_("Too many attempts. Please wait a few minutes, then try again."))
        self.seconds = seconds


class CounterAwayError(DomainError):
    """Nothing can be counted at the moment, so nothing that must be counted is let through."""

    code = "counter_away"

    def __init__(self) -> None:
        super().__init__(_("This is not possible at the moment. Please try again in a few minutes."))


def take(limits: Sequence[Limit]) -> None:
    """Count one attempt against all `limits`, or against none of them and refuse."""
    arguments = [number for limit in limits for number in (limit.most, limit.seconds)]
    if wait := _run(TAKE, limits, arguments):
        raise LimitReachedError(max(1, round(wait / 1000)))


def give_back(limits: Sequence[Limit]) -> None:
    """Uncount an attempt that turned out to be honest."""
    _run(GIVE_BACK, limits, [])


def _run(script: str, limits: Sequence[Limit], arguments: list[int]) -> int:
    try:
        return int(
            _server().eval(script, len(limits), *(PREFIX + limit.name for limit in limits), *arguments)
        )
    except (RedisError, OSError) as error:
        raise CounterAwayError from error


@cache
def _server() -> Redis:
    """The server of the cache: its client keeps the connections, for all threads."""
    where: dict[str, Any] = settings.CACHES["default"]
    return Redis.from_url(where["LOCATION"], **where["OPTIONS"])
