"""The world in which every route is visited: two organisations and who belongs to them, one thing of each kind.

Everything that a route can take belongs to the first organisation, so that `broker` visits what is their own and
`other_broker` what is foreign.
"""

from collections.abc import Callable
from functools import reduce

from tests import factories
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode

PEOPLE = ("visitor", "staff", "analyst", "administrator")


class Scene:
    """People by the names of PEOPLE (None for the visitor), and things by the names used in `routes.toml`."""

    def __init__(self) -> None:
        self.people: dict[str, User | None] = {
            "visitor": None,
            "staff": factories.person("Signe Holm", role=RoleCode.STAFF),
            "analyst": factories.person("Aino Laine", role=RoleCode.ANALYST),
            "administrator": factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR),
        }

    def value(self, path: str) -> object:
        """The value at a dotted path, such as `company.public_id`."""
        return reduce(getattr, path.split("."), self)

    def add(self, things: str, number: int) -> None:
        """Add `number` more rows of a kind that some list shows."""
        more = self.MORE[things]
        for _ in range(number):
            more(self)

    MORE: dict[str, Callable[["Scene"], None]] = {}
