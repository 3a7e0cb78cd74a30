"""Who must prove twice who they are."""

from tibs.accounts.actor import Actor
from tibs.accounts.models import User


def lacks_second_factor(person: User, actor: Actor) -> bool:
    """Everybody with a role works with other people's data, so a stolen password alone must open nothing.

    That holds for analysts too: their reports hold cells that are too small to publish. People of firms have no role;
    they see their own file alone and sign in by a code that is mailed to them.
    """
    return person.second_factor_at is None and bool(actor.roles)
