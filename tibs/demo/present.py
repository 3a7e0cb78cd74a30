"""The morning on which the demonstration begins: clocks are looked at, letters written, and some notices read."""

from datetime import datetime, timedelta

from companies.services.escalations import escalate_unanswered
from companies.services.expiry import tell_of_ends
from companies.services.review_clock import advance_reviews
from companies.services.saved_searches import tell_searches
from matching.services.follow_ups import ask_what_is_due
from matching.services.introductions.ringing import follow_clocks
from tibs.accounts.models import User
from tibs.demo.cast import Cast
from tibs.events.models import InboxItem
from tibs.events.services.digests import write_digests
from tibs.events.services.inbox import read_items

# A clock that is late is first reminded, then told to the coordinators.
RINGS = 2
READ_AFTER = timedelta(days=3)


def wake_up(cast: Cast, now: datetime) -> None:
    """Do what the sweeps of a running platform would have done by now, and read what is some days old."""
    for _ring in range(RINGS):
        advance_reviews(now=now)
        follow_clocks(now=now)
    escalate_unanswered(now=now)
    tell_of_ends(now=now)
    ask_what_is_due(now=now)
    tell_searches(now=now)
    write_digests(now=now)
    old = InboxItem.objects.filter(read_at=None, created_at__lt=now - READ_AFTER).order_by("pk")
    for item in old.filter(user__in=_brokers(cast)).select_related("user"):
        read_items(user=item.user, now=now, public_id=item.public_id)


def _brokers(cast: Cast) -> list[int]:
    """Keys of the people who serve companies of the story."""
    owners = User.objects.filter(companies__source=cast.source).order_by("pk").distinct()
    return list(owners.values_list("pk", flat=True))
