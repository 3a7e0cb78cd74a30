"""What companies have with each other stands in a higher app, and is locked before the first of several changes."""

from collections.abc import Iterable

from companies.models import Company
from tibs.events.dispatch import wiring


def hold_between(companies: Iterable[Company]) -> None:
    """Lock everything that these companies have with others, in one order; the caller holds the companies. The rules
    that follow find it locked, whichever they touch first."""
    wiring().HOLD_BETWEEN({company.pk for company in companies})
