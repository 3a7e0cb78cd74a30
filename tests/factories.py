"""Makes things for tests in one line each; names and traits say what matters, everything else is plausible.

Objects are written directly: a test of a service calls the service, every other test only needs the state.
"""

from itertools import count

from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode

_numbers = count(1)


def person(name: str = "Ana Nowak", *, role: RoleCode | str = "", language: str = "en") -> User:
    """Somebody with an account; `role` is a role on the whole platform."""
    address = f"{name.split()[0].lower()}{next(_numbers)}@example.org"
    return User.objects.create(email=address, name=name, platform_role=role, language=language)
