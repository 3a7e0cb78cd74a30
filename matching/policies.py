"""Who may read matches and search for partners."""

from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission


def can_read_matches(actor: Actor) -> bool:
    """Brokers and coordinators, for the companies that they may see."""
    return actor.may(Permission.READ_MATCHES)


def can_search_partners(actor: Actor) -> bool:
    """Brokers and coordinators; the search shows profiles of all countries, anonymous ones without names."""
    return actor.may(Permission.SEARCH_PARTNERS)
