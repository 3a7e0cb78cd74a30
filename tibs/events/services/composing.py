"""What letters about notices say: found out when they are sent, so that nothing is told that is settled by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import override

from tibs.accounts.actor import actor_of
from tibs.accounts.models import User
from tibs.core.links import absolute
from tibs.events.models import InboxItem, Letter, MailWhen, NoticeKind
from tibs.events.preferences import choices_of
from tibs.events.telling import grouped, in_words, told

DIGEST = "digest"
ITEM = "item"
MOST_TOLD = 50


@dataclass(frozen=True)
class Composed:
    """A letter as it goes out now: to whom, in which language, and what fills its template."""

    to: str
    language: str
    context: dict[str, Any]


def composed(letter: Letter) -> Composed | None:
    """What the letter says now; None when there is nothing to say any more.

    A notice that was read or settled meanwhile is left out, and so is one of a kind that its reader wants no letters
    of. It goes to the address that the reader has now.
    """
    if letter.template != DIGEST and ITEM not in letter.context:
        return Composed(letter.to_address, letter.language, letter.context)
    items = _still_wanted(_items_of(letter))
    if not items:
        return None
    reader = items[0].user
    with override(reader.language):
        context = _digest(items, reader) if letter.template == DIGEST else _notice(items, reader)
    pages = {"inbox": absolute(reverse("inbox")), "settings": absolute(reverse("account_notifications"))}
    return Composed(reader.email, reader.language, {"name": reader.name, **pages, **context})


def _items_of(letter: Letter) -> Iterable[InboxItem]:
    items = InboxItem.objects.unread().filter(user__is_active=True).select_related("user")
    if ITEM in letter.context:
        return items.filter(public_id=letter.context[ITEM])
    written_at = parse_datetime(letter.context["mailed_at"])
    return items.filter(user__public_id=letter.context["user"], mailed_at=written_at).order_by(
        "-created_at", "-id"
    )


def _still_wanted(items: Iterable[InboxItem]) -> list[InboxItem]:
    items = list(items)
    choices = choices_of({item.user_id for item in items})
    return [item for item in items if choices[item.user_id][NoticeKind(item.kind)].mail != MailWhen.NEVER]


def _notice(items: list[InboxItem], reader: User) -> dict[str, Any]:
    (notice,) = told(items, actor_of(reader))
    return {**in_words(items[0].values), "notice": notice, "link": notice.link}


def _digest(items: list[InboxItem], reader: User) -> dict[str, Any]:
    """What waits first, then by company; a long list is cut, and says so."""
    waiting = [item for item in items if item.waits]
    others = [item for item in items if not item.waits]
    shown = told([*waiting, *others][:MOST_TOLD], actor_of(reader))
    return {
        "number": len(items),
        "more": max(0, len(items) - MOST_TOLD),
        "waiting": [notice for notice in shown if notice.waits],
        "groups": grouped(notice for notice in shown if not notice.waits),
    }
