"""Helping a colleague who lost every device for the second step."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from brokers.policies import can_recover_access
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import NotAllowedError
from tibs.entrance.services.devices import recover_access


@transaction.atomic
def help_back_in(*, user: User, by: Actor) -> User:
    """Remove the devices of `user`, who sets one up anew after the password; the owner is told by mail."""
    if not can_recover_access(by, user):
        raise NotAllowedError(_("You may not remove the devices of this person."))
    recover_access(user=user, by=by)
    return user
