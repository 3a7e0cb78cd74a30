"""Where a side can mend what keeps two firms that agreed from being introduced."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from companies.choices import Purpose
from companies.policies import can_change_company, can_decide_for_company
from matching.handshake import Cause, Side
from matching.models import Introduction
from tibs.accounts.actor import Actor


@dataclass(frozen=True)
class Mending:
    """A link to the page on which it is done."""

    url: str
    label: str


def mending_of(introduction: Introduction, actor: Actor, side: Side, cause: Cause | None) -> Mending | None:
    """The page for somebody who stands on that side, which lacks `cause`; None where they can do nothing about it.

    A consent is given by the firm, or written down by its broker; a profile is published by its broker.
    """
    company = introduction.company_on(side)
    profile = introduction.sender_profile if side is Side.SENDER else introduction.receiver_profile
    if cause is Cause.CONSENT and can_decide_for_company(actor, company):
        page = "own_consents" if company.pk in actor.companies else "company_consents"
        url = reverse(page, args=[company.public_id], fragment=Purpose.PUBLISH_ANONYMOUS)
        return Mending(url, gettext("Look at the consents"))
    if cause is Cause.PROFILE and profile and can_change_company(actor, company):
        url = reverse("profile_publication", args=[profile.public_id])
        return Mending(url, gettext("Look at the publication of the profile"))
    return None
