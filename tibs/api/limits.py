"""How often somebody may ask."""

import time
from dataclasses import dataclass, replace

from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request

from tibs.core.addresses import network_of
from tibs.figures import API_REQUESTS, API_WINDOW

WINDOW = int(API_WINDOW.total_seconds())
POLICY = f'"reading";q={API_REQUESTS};w={WINDOW}'


@dataclass(frozen=True)
class Allowance:
    """What one asker has used of a window, this request included, and the seconds until the next window."""

    key: str
    used: int
    seconds: int

    @property
    def is_exceeded(self) -> bool:
        return self.used > API_REQUESTS

    @property
    def headers(self) -> dict[str, str]:
        """The fields of the IETF draft `ratelimit-headers`."""
        left = max(API_REQUESTS - self.used, 0)
        return {"RateLimit-Policy": POLICY, "RateLimit": f'"reading";r={left};t={self.seconds}'}


def count(request: Request) -> Allowance | None:
    """Count a request against its person's or network's window; None lets it pass where the counter is away.

    One INCR of Redis is the whole decision, so that no two requests can take the last place together.
    """
    window, passed = divmod(int(time.time()), WINDOW)
    key = f"api.limit:{_asker(request)}:{window}"
    try:
        used = _counted(key)
    except (RedisError, OSError, ValueError):
        return None
    return Allowance(key, used, WINDOW - passed)


def _counted(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # the first of the window; whoever else is the first now finds the key made
        cache.add(key, 0, timeout=2 * WINDOW)
        return cache.incr(key)


def give_back(allowance: Allowance) -> Allowance:
    """An answer without a body costs nothing."""
    try:
        cache.decr(allowance.key)
    except (RedisError, OSError, ValueError):
        return allowance
    return replace(allowance, used=allowance.used - 1)


def _asker(request: Request) -> str:
    return request.user.public_id if request.user.is_authenticated else network_of(request)
