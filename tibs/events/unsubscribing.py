"""The addresses that end letters with one click (RFC 8058), without signing in."""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from tibs.accounts.models import User
from tibs.core.secrets import digest_of
from tibs.events.models import NoticeKind

SALT = "tibs.events.unsubscribing"
DIGEST = "digest"
KINDS = frozenset({*NoticeKind.values, DIGEST})


@dataclass(frozen=True)
class Wish:
    """Who wants no more letters of which kind; the kind is one of NoticeKind, or DIGEST."""

    user: User
    kind: str


def unsubscribe_path(user: User, kind: str) -> str:
    """The path for a letter of that kind. It works as long as the account has the address that the letter went to."""
    token = signing.dumps([user.public_id, kind, _mark(user)], salt=SALT)
    return reverse("unsubscribe", args=[token])


def wish_of(token: str) -> Wish | None:
    """What a token stands for; None where it was changed, or the account or its address is not the same any more."""
    try:
        public_id, kind, mark = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    return Wish(user, kind) if user and kind in KINDS and mark == _mark(user) else None


def _mark(user: User) -> str:
    return digest_of(user.email)[:16]
