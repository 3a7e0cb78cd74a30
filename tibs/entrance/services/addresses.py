"""Another e-mail address to sign in with: confirmed at the new one, announced at the old one."""

import json
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tibs.accounts.actor import Actor, actor_of
from tibs.accounts.models import User
from tibs.core.errors import BadInputError
from tibs.core.links import absolute
from tibs.core.sealed import seal, unseal
from tibs.entrance import events, letters
from tibs.entrance.services.sessions import end_sessions
from tibs.events.recording import record
from tibs.events.services.letters import write_letter
from tibs.figures import ADDRESS_LINK_LIFE

PURPOSE = "tibs.entrance.address"


class DeadLinkError(BadInputError):
    """The link is too old, was used, or was never ours."""

    code = "dead_link"

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more. Links work once, for one hour."))


@dataclass(frozen=True)
class Wish:
    """Who wants to sign in with which address."""

    user: User
    email: str


def ask_for_address(*, user: User, email: str) -> None:
    """Mail a link to the new address. An address that has an account gets another letter, and nobody else learns it."""
    email = email.strip().lower()
    is_taken = User.objects.filter(email=email).exists()
    # Sealed, not only signed: an address in a link would stay in logs and histories.
    token = seal(json.dumps([PURPOSE, user.public_id, user.email, email]))
    write_letter(
        template="account_address_taken" if is_taken else "account_address",
        to=email,
        language=user.language,
        context={"name": user.name, "link": absolute(reverse("account_new_address", args=[token]))},
    )


def wish_of(token: str) -> Wish:
    """What a mailed link wants, while it still works."""
    try:
        purpose, public_id, old, new = json.loads(unseal(token, max_age=ADDRESS_LINK_LIFE))
    except ValueError:
        raise DeadLinkError from None
    user = User.objects.filter(public_id=public_id, email=old, is_active=True).first()
    if purpose != PURPOSE or user is None or User.objects.filter(email=new).exists():
        raise DeadLinkError
    return Wish(user=user, email=new)


def change_address(*, token: str, keep_session: str | None = None) -> User:
    """Let the person sign in with the new address; every other session ends."""
    try:
        with transaction.atomic():
            return _change(wish_of(token), keep_session)
    except IntegrityError:  # somebody else took the address a moment ago
        raise DeadLinkError from None


def _change(wish: Wish, keep_session: str | None) -> User:
    user = User.objects.select_for_update().get(pk=wish.user.pk)
    if user.email != wish.user.email:
        raise DeadLinkError
    old, user.email = user.email, wish.email
    by: Actor = actor_of(user)
    user.save(update_fields=["email", "updated_at"])
    EmailAddress.objects.filter(user=user).delete()
    record(events.ADDRESS_CHANGED, about=user, by=by, fields=["email"], personal={"email": [old, user.email]})
    letters.announce("address", user, to=old)
    end_sessions(user=user, by=by, keep=keep_session)
    return user
