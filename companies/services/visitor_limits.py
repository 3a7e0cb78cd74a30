"""How often visitors of the catalogue may send something, counted exactly for each network and for all together."""

from companies.services.registration_limits import HOUR
from tibs.core.limits import Limit, take
from tibs.figures import INTERESTS_ALL, INTERESTS_NETWORK, SEARCHES_ALL, SEARCHES_NETWORK


def count_interest(network: str) -> None:
    """Count an expression of interest that is sent; LimitReachedError, CounterAwayError."""
    _count("interest", network, INTERESTS_NETWORK, INTERESTS_ALL)


def count_search(network: str) -> None:
    """Count a search that a visitor wants to keep; LimitReachedError, CounterAwayError."""
    _count("search", network, SEARCHES_NETWORK, SEARCHES_ALL)


def _count(what: str, network: str, most_of_network: int, most_of_all: int) -> None:
    take(
        [
            Limit(f"catalogue:{what}:{network}", most_of_network, HOUR),
            Limit(f"catalogue:{what}", most_of_all, HOUR),
        ]
    )
