"""People who sign in, with passwords that are hashed fast."""

import pytest
from django.utils import timezone

from tests import factories
from tests.entrance import devices
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode

PASSWORD = "salted-herring-and-rye"


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ana(db):
    """Project staff. Her second step is said to be set up, but asks nothing: for tests of the first step."""
    return User.objects.create_user(
        "ana@example.org",
        PASSWORD,
        name="Ana Nowak",
        platform_role=RoleCode.STAFF,
        second_factor_at=timezone.now(),
    )


@pytest.fixture
def bruno(db):
    """Project staff with an authenticator app, whose secret is `devices.SECRET`."""
    bruno = User.objects.create_user(
        "bruno@example.org", PASSWORD, name="Bruno Kask", platform_role=RoleCode.STAFF
    )
    devices.give_app(bruno)
    return bruno


@pytest.fixture
def newcomer(db):
    """Project staff who never set up a second step."""
    return User.objects.create_user("cleo@example.org", PASSWORD, name="Cleo", platform_role=RoleCode.STAFF)


@pytest.fixture
def eva(db):
    """The person of a firm: no password, no role."""
    eva = User.objects.create_user("eva@example.org", name="Eva Kask")
    factories.contact(factories.company(host=factories.host("EE")), user=eva)
    return eva
