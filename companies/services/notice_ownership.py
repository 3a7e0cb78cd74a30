"""Notices about a company that wait for its broker follow the company to the next one."""

from django.utils import timezone

from companies import notices
from companies.models import Company
from tibs.accounts.actor import Actor
from tibs.events.models import InboxItem
from tibs.events.services.inbox import pass_on_all

OF_BROKER = (
    notices.EXPRESSION_ARRIVED,
    notices.EXPRESSION_WAITS_AGAIN,
    notices.EXPRESSION_REMINDED,
    notices.REVIEW_STUCK,
    notices.REVIEW_CHANGES,
    notices.CHANGES_REMINDED,
    notices.APPROVAL_NOBODY,
    notices.PROFILE_APPROVED,
    notices.PROFILE_APPROVED_BUT,
    notices.PROFILE_CAN_BE_PUBLISHED,
    notices.PUBLISH_REMINDED,
    notices.PROFILE_OBJECTED,
    notices.PROFILE_ENDS_SOON,
    notices.PROFILE_ENDS_FOR_GOOD,
    notices.INTEREST_NOBODY,
    notices.CONSENT_TAKEN_BACK,
    notices.CONSENT_ENDED,
)


def follow_company(company: Company, by: Actor) -> None:
    """Rule: who takes a company, or takes it over, is told what waits for its broker; nobody else waits for it."""
    if company.owner is None:
        return
    codes = [notice.code for notice in OF_BROKER]
    waiting = InboxItem.objects.filter(company_id=company.public_id, notice__in=codes, done_at=None)
    pass_on_all(items=waiting.exclude(user=company.owner), to=company.owner, now=timezone.now())
