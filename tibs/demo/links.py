"""One-time login links for the demonstration: each works once, for an hour."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from tibs.accounts.models import User


class LoginTokens(PasswordResetTokenGenerator):
    """A token dies when its person signs in, because the time of the last login is part of it."""

    key_salt = "tibs.demo.links"


tokens = LoginTokens()


def login_path(user: User) -> str:
    """The path of a page whose button signs `user` in."""
    return reverse(
        "demo_login", args=[urlsafe_base64_encode(user.public_id.encode()), tokens.make_token(user)]
    )


def user_of(encoded_id: str, token: str) -> User | None:
    """Whom the link belongs to, while it still works."""
    try:
        public_id = force_str(urlsafe_base64_decode(encoded_id))
    except (ValueError, UnicodeDecodeError):
        return None
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    return user if user and tokens.check_token(user, token) else None
