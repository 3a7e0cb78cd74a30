"""The second step of the demonstration: everybody has the same authenticator app, and a page shows its code."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

# Known to everybody, like the people whom it belongs to; the demonstration is not installed in production.
APP_SECRET = "TIBSDEMOTIBSDEMOTIBSDEMOTIBSDEMO"  # noqa: S105  # see above


def present_code() -> str:
    """What the app would show now."""
    return str(format_hotp_value(hotp_value(APP_SECRET, int(time.time()) // app_settings.TOTP_PERIOD)))
