"""Telling people what happened, in the transaction in which it happened."""

from collections.abc import Mapping
from datetime import datetime

from tibs.accounts.models import User
from tibs.events.models import InboxItem
from tibs.events.notices import Notice


def notify(
    notice: Notice,
    *,
    to: User,
    url: str,
    key: str,
    values: Mapping[str, str | int] | None = None,
    company_id: str = "",
) -> InboxItem:
    """Tell one person once for each `key`; the same key again changes nothing and returns the first item.

    `url` is the address of the page within TIBS that shows it, `values` fill the sentence of the notice.
    """
    item, _ = InboxItem.objects.get_or_create(
        user=to,
        key=key,
        defaults={
            "notice": notice.code,
            "kind": notice.kind,
            "values": dict(values or {}),
            "url": url,
            "company_id": company_id,
            "waits": notice.waits,
        },
    )
    return item


def settle(*, key: str, now: datetime) -> int:
    """What these items asked for is done, by whomever: they wait no longer. The count of items."""
    return InboxItem.objects.filter(key=key, done_at=None).update(done_at=now)
