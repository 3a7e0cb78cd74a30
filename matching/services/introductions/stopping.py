"""What happens elsewhere and ends an introduction, or gives it to somebody else: rules of the page of wiring."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation, Membership
from brokers.ownership import Owned
from companies.models import Company, CooperationProfile
from matching.choices import OPEN_INTRODUCTIONS, IntroductionStatus
from matching.handshake import Act, Side
from matching.models import Introduction
from matching.services.introductions.grounds import has_gone
from matching.services.introductions.meeting import HANDSHAKE
from matching.services.introductions.moving import as_it_stands, broker_of, move
from matching.services.introductions.pausing import give_to
from tibs.accounts.actor import Actor
from tibs.accounts.models import User

# Somebody answers for these: the open ones, and those whose contact data the two brokers still read.
CARED_FOR = (*OPEN_INTRODUCTIONS, IntroductionStatus.INTRODUCED)


def stop_what_lost_its_ground(company: Company, by: Actor) -> None:
    """Rule: a firm withdrew a consent, moved to another stage or was erased. Its introductions end in the same
    transaction, unless they rest on something else."""
    for introduction in _open_of(company):
        if has_gone(introduction):
            side = Side.SENDER if introduction.sender_company_id == company.pk else Side.RECEIVER
            move(introduction, Act.STOP, HANDSHAKE, now=timezone.now(), side=side)


def stop_with_profile(profile: CooperationProfile, by: Actor) -> None:
    """Rule: a profile was withdrawn."""
    stop_what_lost_its_ground(profile.company, by)


def forget_notes(company: Company, by: Actor) -> None:
    """Rule: after an erasure nothing is left of what brokers noted about the firm's introductions."""
    Introduction.objects.filter(_of(company)).update(decline_note="")


def follow_company(company: Company, by: Actor) -> None:
    """Rule: who takes over a company takes over its open introductions."""
    for introduction in _open_of(company):
        side = Side.SENDER if introduction.sender_company_id == company.pk else Side.RECEIVER
        if company.owner and broker_of(introduction, side) != company.owner:
            give_to(introduction, side, company.owner, by, timezone.now())


def _open_of(company: Company) -> list[Introduction]:
    rows = Introduction.objects.open().filter(_of(company)).order_by("pk")
    locked = list(rows.select_for_update(of=["self"]))
    return [as_it_stands(row) for row in locked]


def _of(company: Company) -> Q:
    return Q(low_company=company) | Q(high_company=company)


def _answered_for(user: User, organisation: HostOrganisation) -> QuerySet[Introduction]:
    return Introduction.objects.filter(status__in=CARED_FOR).filter(
        Q(sender_broker=user, sender_company__host=organisation)
        | Q(receiver_broker=user, receiver_company__host=organisation)
    )


def _hand_over(ended: Membership, by: Actor) -> None:
    if ended.successor is None:
        return
    rows = _answered_for(ended.user, ended.organisation).order_by("pk")
    for row in rows.select_for_update(of=["self"]):
        introduction = as_it_stands(row)
        for side in Side:
            if broker_of(introduction, side) == ended.user:
                give_to(introduction, side, ended.successor, by, timezone.now())


OWNED = [Owned(_("Introductions"), _answered_for, _hand_over)]
