"""What letters say to somebody, sent or not."""

from tibs.events.models import Letter
from tibs.events.services.composing import composed
from tibs.events.services.letters import rendered


def letters_to(address: str) -> list[tuple[str, str]]:
    """Subject and words of every letter that is owed to an address and still wanted, in the order in which they were
    written."""
    owed = Letter.objects.filter(to_address=address, done_at=None).order_by("pk")
    return [rendered(letter) for letter in owed if composed(letter)]
