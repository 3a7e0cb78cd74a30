"""A cookie by which a browser shows that somebody signed in there before: strangers cannot lock that person out."""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from tibs.accounts.models import User
from tibs.figures import KNOWN_DEVICE_LIFE

SALT = "tibs.entrance.known_device"


def account_key(email: str) -> str:
    """An account by a name that tells nobody whose it is."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def remember(response: HttpResponse, user: User) -> None:
    """Let this browser be known to the account from now on."""
    value = signing.dumps({"account": account_key(user.email), "device": secrets.token_hex(8)}, salt=SALT)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        max_age=KNOWN_DEVICE_LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def device_of(request: HttpRequest, email: str) -> str:
    """The name of this browser if it is known to the account, else ''."""
    try:
        held: Any = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KNOWN_DEVICE_LIFE
        )
    except signing.BadSignature:
        return ""
    return str(held["device"]) if held["account"] == account_key(email) else ""
