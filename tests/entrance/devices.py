"""Real devices for people of tests."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories import BENCH
from tibs.accounts.models import User
from tibs.entrance.services import devices

SECRET = "TIBSTESTTIBSTESTTIBSTESTTIBSTEST"


def give_app(user: User) -> None:
    """Register an authenticator app, with recovery codes."""
    devices.give_app(user=user, secret=SECRET, by=BENCH)


def code(*, later: int = 0, secret: str = SECRET) -> str:
    """What the app shows now, or `later` periods of 30 seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))
