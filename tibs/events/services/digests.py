"""Digests: what nobody waits for, once a day or a week, at a fixed hour of each reader's own clock."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min

from tibs.accounts.models import User
from tibs.events.models import InboxItem, Letter, MailWhen
from tibs.events.models.inbox import InboxQuerySet
from tibs.events.preferences import Choices, choices_of
from tibs.events.readers import Habits, habits_of
from tibs.events.services.composing import DIGEST
from tibs.events.services.letters import write_letter
from tibs.events.unsubscribing import DIGEST as ALL_DIGESTS
from tibs.events.unsubscribing import unsubscribe_path
from tibs.figures import DIGEST_HOUR, DIGEST_LOOKS_BACK

MONDAY = 0
AT_A_TIME = 500


def slot_before(now: datetime, zone: ZoneInfo) -> datetime:
    """The latest moment for a digest on a clock of that zone: this morning's, or yesterday's until it comes.

    It carries that zone. No clock is put forward or back at this hour, so every day has one.
    """
    today = now.astimezone(zone).date()
    morning = _morning(today, zone)
    return morning if morning <= now else _morning(today - timedelta(days=1), zone)


def write_digests(*, now: datetime) -> int:
    """Owe a digest to everybody for whom one is due; how many were written.

    Many may do this at a time, twice or late: one letter is written for each person and day.
    """
    waiting = _unmailed(now).order_by().values_list("user", flat=True).distinct()
    return sum(_write_to(keys, now) for keys in batched(sorted(waiting), AT_A_TIME))


def _write_to(keys: Iterable[int], now: datetime) -> int:
    people = list(User.objects.filter(pk__in=keys, is_active=True))
    habits, choices = habits_of(people), choices_of(person.pk for person in people)
    slots = {person.pk: slot_before(now, habits[person.pk].zone) for person in people}
    letters = {person.pk: _key(person, slots[person.pk]) for person in people}
    written = set(Letter.objects.filter(key__in=letters.values()).values_list("key", flat=True))
    oldest = _oldest_by_kind(people, now)
    return sum(
        _write(person, slots[person.pk], kinds, now)
        for person in people
        if letters[person.pk] not in written
        and (kinds := _due(choices[person.pk], habits[person.pk], slots[person.pk]))
        and any(oldest[person.pk].get(kind, now) < slots[person.pk] for kind in kinds)
    )


def _due(choices: Choices, habits: Habits, slot: datetime) -> list[str]:
    """The kinds that belong into a digest of that moment; a choice made after it counts from the next one on."""
    rhythms = {MailWhen.DAILY} | ({MailWhen.WEEKLY} if slot.weekday() == MONDAY else set())
    return [
        kind
        for kind, choice in choices.items()
        if choice.rhythm(is_daily=habits.is_daily) in rhythms and (not choice.since or choice.since <= slot)
    ]


@transaction.atomic
def _write(person: User, slot: datetime, kinds: list[str], now: datetime) -> bool:
    """One person's digest, asked again under a lock, so that a second run finds it written."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if Letter.objects.filter(key=_key(person, slot)).exists():
        return False
    items = _unmailed(now).filter(user=person, kind__in=kinds, created_at__lt=slot)
    if not items.update(mailed_at=now):
        return False
    write_letter(
        template=DIGEST,
        to=person.email,
        language=person.language,
        context={"user": person.public_id, "mailed_at": now.isoformat()},
        key=_key(person, slot),
        unsubscribe=unsubscribe_path(person, ALL_DIGESTS),
    )
    return True


def _unmailed(now: datetime) -> InboxQuerySet:
    found: InboxQuerySet = InboxItem.objects.unread()
    return found.filter(mailed_at=None, created_at__gte=now - DIGEST_LOOKS_BACK)


def _oldest_by_kind(people: Iterable[User], now: datetime) -> dict[int, dict[str, datetime]]:
    rows = (
        _unmailed(now)
        .filter(user__in=people)
        .order_by()
        .values_list("user", "kind")
        .annotate(Min("created_at"))
    )
    oldest: dict[int, dict[str, datetime]] = defaultdict(dict)
    for user, kind, at in rows:
        oldest[user][kind] = at
    return oldest


def _key(person: User, slot: datetime) -> str:
    return f"{DIGEST}:{person.public_id}:{slot:%Y-%m-%d}"


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, DIGEST_HOUR, tzinfo=zone)
