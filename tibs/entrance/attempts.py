"""How often somebody may try to sign in, counted before any password is hashed."""

from collections.abc import Sequence

from django.http import HttpRequest

from tibs import figures
from tibs.core.addresses import network_of
from tibs.core.limits import Limit
from tibs.entrance.known_device import account_key, device_of

WINDOW = int(figures.LOGIN_WINDOW.total_seconds())
CODE_WINDOW = int(figures.LOGIN_CODE_LIFE.total_seconds())


def password_limits(request: HttpRequest, email: str) -> Sequence[Limit]:
    """What one try of a password counts against.

    A browser that the account knows has a count of its own, so that a stranger who tries passwords shuts nobody out.
    """
    account = account_key(email)
    if device := device_of(request, email):
        return [Limit(f"login:device:{account}:{device}", figures.LOGIN_ATTEMPTS_DEVICE, WINDOW)]
    return [
        Limit(f"login:account:{account}", figures.LOGIN_ATTEMPTS_ACCOUNT, WINDOW),
        Limit(f"login:network:{network_of(request)}", figures.LOGIN_ATTEMPTS_NETWORK, WINDOW),
    ]


def letter_limits(request: HttpRequest, email: str, kind: str) -> Sequence[Limit]:
    """What asking for a letter with a code or a link counts against, whether or not the address has an account."""
    account = account_key(email)
    if device := device_of(request, email):
        return [Limit(f"{kind}:device:{account}:{device}", figures.LOGIN_CODES_SENT, CODE_WINDOW)]
    return [
        Limit(f"{kind}:account:{account}", figures.LOGIN_CODES_SENT, CODE_WINDOW),
        Limit(f"{kind}:network:{network_of(request)}", figures.LOGIN_ATTEMPTS_NETWORK, CODE_WINDOW),
    ]


def code_limits(process: str) -> Sequence[Limit]:
    """What one try of a mailed code counts against; `process` names the letter that it came in."""
    return [Limit(f"code:{process}", figures.LOGIN_CODE_TRIES, CODE_WINDOW)]
