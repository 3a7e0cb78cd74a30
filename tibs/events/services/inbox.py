"""Telling people what happened, in the transaction in which it happened."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tibs.accounts.models import User
from tibs.events.models import InboxItem
from tibs.events.notices import Notice
from tibs.events.preferences import choices_of
from tibs.events.services.composing import ITEM
from tibs.events.services.letters import write_letter
from tibs.events.unsubscribing import unsubscribe_path


@transaction.atomic
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

    `url` is the path of the page within TIBS that shows it, `values` fill the sentence of the notice; days are named
    `day` or `…_date` and given in ISO form. What waits for the person or cannot wait is mailed at once, unless they
    chose otherwise; the rest comes in their digest. Neither is sent once it was read or settled.
    """
    item, is_new = InboxItem.objects.get_or_create(
        user=to,
        key=key,
        defaults={
            "notice": notice.code,
            "kind": notice.kind,
            "values": dict(values or {}),
            "url": url,
            "company_id": company_id,
            "waits": notice.waits,
            "created_at": timezone.now(),
        },
    )
    is_mailed = is_new and notice.is_mailed_at_once and to.is_active
    if is_mailed and choices_of([to.pk])[to.pk][notice.kind].is_at_once:
        _mail(item, to, notice.letter)
    return item


@dataclass(frozen=True)
class Tiding:
    """What one person is to be told; the parts are those of `notify`."""

    notice: Notice
    to: User
    url: str
    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    company_id: str = ""


@transaction.atomic
def notify_all(tidings: Iterable[Tiding]) -> None:
    """Tell several people at once. What comes in digests costs one query for all of it; the rest is told one by one,
    because each of these may be mailed."""
    news = []
    for one in tidings:
        if one.notice.is_mailed_at_once:
            notify(
                one.notice, to=one.to, url=one.url, key=one.key, values=one.values, company_id=one.company_id
            )
        else:
            news.append(_item(one))
    if news:
        InboxItem.objects.bulk_create(news, ignore_conflicts=True)


@transaction.atomic
def pass_on(*, item: InboxItem, to: User, now: datetime) -> InboxItem:
    """Somebody else is to see to an open item: it is settled for its reader and told to `to`, in the same words.

    One that `to` had before and passed on waits again.
    """
    InboxItem.objects.filter(pk=item.pk).update(done_at=now)
    notice = Notice.known[item.notice]
    told = notify(notice, to=to, url=item.url, key=item.key, values=item.values, company_id=item.company_id)
    if told.done_at:
        told.done_at = told.read_at = None
        told.save(update_fields=["done_at", "read_at"])
    return told


@transaction.atomic(savepoint=False)
def pass_on_all(*, items: QuerySet[InboxItem], to: User, now: datetime) -> None:
    """The same for several items, in the order in which they came; often there is none."""
    for item in items.order_by("pk"):
        pass_on(item=item, to=to, now=now)


def settle(*, key: str, now: datetime) -> int:
    """What these items asked for is done, by whomever: they wait no longer. The count of items.

    Letters about them that were not sent yet are not sent.
    """
    return settle_all(keys=[key], now=now)


def settle_all(*, keys: Collection[str], now: datetime) -> int:
    """The same for several keys."""
    return InboxItem.objects.filter(key__in=keys, done_at=None).update(done_at=now)


def settle_about(*, start: str, now: datetime) -> int:
    """The same for every key that begins with `start`: what was told of one thing, however often it waited."""
    return InboxItem.objects.filter(key__startswith=start, done_at=None).update(done_at=now)


def read_items(*, user: User, now: datetime, public_id: str = "") -> int:
    """Note that the person has read one of their items, or all of them; how many were new."""
    items = InboxItem.objects.filter(user=user, read_at=None)
    return (items.filter(public_id=public_id) if public_id else items).update(read_at=now)


def _item(tiding: Tiding) -> InboxItem:
    return InboxItem(
        user=tiding.to,
        key=tiding.key,
        notice=tiding.notice.code,
        kind=tiding.notice.kind,
        values=dict(tiding.values),
        url=tiding.url,
        company_id=tiding.company_id,
        waits=tiding.notice.waits,
    )


def _mail(item: InboxItem, to: User, template: str) -> None:
    item.mailed_at = item.created_at
    item.save(update_fields=["mailed_at"])
    write_letter(
        template=template,
        to=to.email,
        language=to.language,
        context={ITEM: item.public_id},
        company_id=item.company_id,
        key=f"notice:{item.public_id}",
        unsubscribe=unsubscribe_path(to, item.kind),
    )
