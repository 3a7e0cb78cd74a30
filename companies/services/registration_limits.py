"""How often somebody may write, send and be written to, counted exactly for each network and for all together.

Without the counter sections are still saved, since nobody shall lose what they wrote; what is sent then is held for
a person; letters that somebody asks for are not written.
"""

import contextlib

from tibs.core.limits import CounterAwayError, Limit, LimitReachedError, take
from tibs.core.secrets import digest_of
from tibs.figures import (
    REGISTRATION_LETTERS,
    REGISTRATION_SAVES_ALL,
    REGISTRATION_SAVES_NETWORK,
    REGISTRATION_SENDS_ALL,
    REGISTRATION_SENDS_NETWORK,
)

HOUR = 3600


def count_saving(network: str) -> None:
    """Count a section that is saved; LimitReachedError. Open where nothing can be counted."""
    limits = [
        Limit(f"register:save:{network}", REGISTRATION_SAVES_NETWORK, HOUR),
        Limit("register:save", REGISTRATION_SAVES_ALL, HOUR),
    ]
    with contextlib.suppress(CounterAwayError):
        take(limits)


def count_sending(network: str) -> bool:
    """Count a registration that is sent; LimitReachedError. False where nothing can be counted."""
    limits = [
        Limit(f"register:send:{network}", REGISTRATION_SENDS_NETWORK, HOUR),
        Limit("register:send", REGISTRATION_SENDS_ALL, HOUR),
    ]
    try:
        take(limits)
    except CounterAwayError:
        return False
    return True


def count_letter(address: str, network: str) -> None:
    """Count a letter to an address that nobody has proven yet; LimitReachedError, CounterAwayError."""
    take(
        [
            Limit(f"register:letter:{digest_of(address)}", REGISTRATION_LETTERS, 24 * HOUR),
            Limit(f"register:letters:{network}", REGISTRATION_SENDS_NETWORK, HOUR),
        ]
    )


def may_write_to(address: str, network: str) -> bool:
    """Whether one more letter may go to an address; it is counted if so."""
    try:
        count_letter(address, network)
    except (LimitReachedError, CounterAwayError):
        return False
    return True
