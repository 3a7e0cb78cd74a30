"""Changes to people's accounts."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode


def choose_language(*, user: User, language: str) -> User:
    """Remember the language that the person wants to read."""
    user.language = language
    user.save(update_fields=["language", "updated_at"])
    return user


def account_for(*, email: str, name: str, language: str) -> User:
    """The account of a company's contact, who signs in by codes sent to that address; made if there is none.

    One that was closed when its owner left a host organisation opens again, without the password of then.
    """
    address = email.strip().lower()
    values = {"name": name, "language": language, "password": make_password(None)}
    user, is_new = User.objects.get_or_create(email=address, defaults=values)
    if not is_new and not user.is_active and not user.platform_role:
        user.is_active, user.password = True, make_password(None)
        user.save(update_fields=["is_active", "password", "updated_at"])
    return user


@transaction.atomic
def create_administrator(*, email: str, name: str, password: str) -> User:
    """The first administrator of an installation; later ones are invited by an administrator."""
    return User.objects.create_user(email, password, name=name, platform_role=RoleCode.ADMINISTRATOR)
