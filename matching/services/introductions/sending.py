"""What the two brokers do: send, acknowledge, put to the company, withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models import CooperationProfile
from companies.services.messages import let_somebody_read
from matching.handshake import Act
from matching.models import Introduction
from matching.services.introductions.grounds import agreed, what_is_missing
from matching.services.introductions.moving import allowed, move, with_its_companies
from matching.services.introductions.writing import refuse_public_facts
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError


@transaction.atomic
def send(*, introduction: Introduction, by: Actor, now: datetime | None = None) -> Introduction:
    """Send it to the other broker, with the texts to which the own company agreed.

    The own profile must be published still, the other one open for interest too and approved by its company: public
    facts alone are for search.
    """
    introduction = with_its_companies(introduction)
    allowed(introduction, Act.SEND, by)
    refuse_public_facts(introduction)
    if not agreed(introduction, introduction.sender_company):
        raise WrongStateError(_("The company has not agreed to these exact texts."), code="consent_missing")
    _refuse_missing(introduction)
    own = introduction.sender_profile_id
    if own and not CooperationProfile.objects.published().filter(pk=own).exists():
        raise WrongStateError(_("The year of your own profile has ended. Please renew it first."))
    if not CooperationProfile.objects.matchable().filter(pk=introduction.receiver_profile_id).exists():
        raise WrongStateError(_("The other profile is not open for interest any more."))
    return move(introduction, Act.SEND, by, now=now or timezone.now())


@transaction.atomic
def acknowledge(*, introduction: Introduction, by: Actor, now: datetime | None = None) -> Introduction:
    """The other broker has it and will speak with the company."""
    return move(with_its_companies(introduction), Act.ACKNOWLEDGE, by, now=now or timezone.now())


@transaction.atomic
def put_to_company(*, introduction: Introduction, by: Actor, now: datetime | None = None) -> Introduction:
    """Show the other company the anonymous sheet and the texts, and let it decide."""
    introduction = with_its_companies(introduction)
    allowed(introduction, Act.PUT, by)
    _refuse_missing(introduction)
    let_somebody_read(introduction.receiver_company, by)
    return move(introduction, Act.PUT, by, now=now or timezone.now())


@transaction.atomic
def withdraw(
    *, introduction: Introduction, reason: str, by: Actor, note: str = "", now: datetime | None = None
) -> Introduction:
    """The sending broker ends it, with a reason, before the two firms are introduced."""
    introduction = with_its_companies(introduction)
    return move(introduction, Act.WITHDRAW, by, now=now or timezone.now(), reason=reason, note=note)


def _refuse_missing(introduction: Introduction) -> None:
    if missing := what_is_missing(introduction):
        raise WrongStateError(missing, code="cannot_go_on")
