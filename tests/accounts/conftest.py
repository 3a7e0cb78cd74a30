"""People who sign in, with passwords that are hashed fast."""

import pytest

from tibs.accounts.models import User

PASSWORD = "salted-herring-and-rye"


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ana(db):
    return User.objects.create_user("ana@example.org", PASSWORD, name="Ana Nowak", language="pl")
