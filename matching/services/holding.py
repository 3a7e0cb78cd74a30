"""The order in which rows of two firms are locked, so that nobody waits for somebody who waits for them.

Seats of brokers come first (`brokers.services.leaving.hold_seats`), then companies by their keys, then introductions,
then talks; see docs/introductions.md. All but the seats are `no_key`: who writes a row that points to a locked one does
not wait.
"""

from collections.abc import Iterable

from django.db.models import Q

from brokers.models import Membership
from companies.models import Company, ProfileReview
from matching.handshake import ENDED
from matching.models import Cooperation, Introduction
from tibs.accounts.actor import Actor


def hold_firms(introduction: Introduction) -> None:
    """Lock both companies of an introduction until the end of the transaction, before what they have between them."""
    _hold(Q(pk__in=(introduction.sender_company_id, introduction.receiver_company_id)))


def hold_between(companies: Iterable[int]) -> None:
    """Lock every introduction of companies that the caller holds, then the talks that follow: before several companies
    change one by one, and before an erasure, which goes through the tables in another order."""
    either = Q(low_company__in=companies) | Q(high_company__in=companies)
    pairs = Introduction.objects.select_for_update(of=["self"], no_key=True).filter(either)
    keys = list(pairs.order_by("pk").values_list("pk", flat=True))
    talks = Cooperation.objects.select_for_update(of=["self"], no_key=True).filter(introduction__in=keys)
    list(talks.order_by("pk").values_list("pk", flat=True))


def hold_what_is_left(ended: Membership, by: Actor) -> None:
    """Rule: somebody leaves. Every company in which something changes hands is locked before the first thing does."""
    user = ended.user
    theirs = Q(sender_broker=user) | Q(receiver_broker=user) | Q(cooperation__owner=user)
    pairs = Introduction.objects.filter(theirs).exclude(status__in=ENDED)
    keys = {key for pair in pairs.values_list("sender_company", "receiver_company") for key in pair}
    keys |= set(ProfileReview.objects.open().filter(reader=user).values_list("profile__company", flat=True))
    served = Q(owner=user) | Q(proposed_owner=user)
    _hold(Q(pk__in=keys) | (served & Q(host=ended.organisation)))


def _hold(which: Q) -> None:
    rows = Company.objects.locked().filter(which)
    list(rows.order_by("pk").values_list("pk", flat=True))
