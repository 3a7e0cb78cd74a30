"""The end of a call for proposals: after its last day for expressions of interest the profile is closed for them."""

from datetime import datetime, time
from functools import partial
from typing import Any

from django.db.models import Model, Q, QuerySet

from companies import events, notices
from companies.calls import last_day
from companies.choices import Basis, InterestEnd, InterestStatus, ProfileStatus, ProfileType
from companies.models import CooperationProfile, ExpressionOfInterest
from companies.services.expression_letters import key_of, tell_of_interest
from companies.services.expressions import DESK, broker_of, end_interest
from companies.services.interest_checks import settle_question
from companies.services.profile_moves import locked
from companies.services.profile_people import tell_broker, tell_company
from tibs.accounts.actor import system
from tibs.core.sweeps import take_each
from tibs.events.recording import record

CLOCK = system("companies.call_clock")
BATCH = 500


def close_calls(*, now: datetime) -> int:
    """Close the profiles whose call takes no interest any more, and end the interest in them that nobody has taken up;
    the number of both. Done twice it changes nothing, and many may do it at a time."""
    closed = take_each(_first(_to_close(now)), partial(_close, now), sweep="companies.calls")
    ended = take_each(_first(_to_end(now)), partial(_end, now), sweep="companies.interest_of_calls")
    return len(closed) + len(ended)


def _to_close(now: datetime) -> QuerySet[CooperationProfile]:
    published = CooperationProfile.objects.filter(basis=Basis.APPROVED, status=ProfileStatus.PUBLISHED)
    return published.filter(_is_over(now), open_for_interest=True, company__erased_at=None)


def _to_end(now: datetime) -> QuerySet[ExpressionOfInterest]:
    waiting = ExpressionOfInterest.objects.filter(status=InterestStatus.ROUTED, company__erased_at=None)
    return waiting.filter(_is_over(now, "profile__"), profile__company__erased_at=None)


def _is_over(now: datetime, path: str = "") -> Q:
    """East of Greenwich the day is over by then; whoever comes before the sweep is refused by the clock there."""
    return Q(
        **{
            f"{path}type": ProfileType.RESEARCH_REQUEST,
            f"{path}call__interest_until__lt": now.date(),
        }
    )


def _first[Row: Model](rows: QuerySet[Row]) -> list[Any]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _close(now: datetime, key: int) -> bool:
    """Broker and company are told, and are not asked any more whether there is interest."""
    profile = locked(CooperationProfile.objects.get(pk=key))
    last = last_day(profile)
    if last is None or not _to_close(now).filter(pk=key).exists():
        return False
    settle_question(profile, now)
    profile.open_for_interest = False
    profile.save(update_fields=["open_for_interest", "updated_at"])
    record(events.INTEREST_ENDED, about=profile, by=CLOCK, company_id=profile.company.public_id)
    told, day = f"call_over:{profile.public_id}:{last:%Y%m%d}", datetime.combine(last, time(12), now.tzinfo)
    tell_broker(notices.CALL_OVER, profile, key=told, day=day)
    tell_company(notices.OWN_CALL_OVER, profile, key=f"own_{told}", day=day)
    return True


def _end(now: datetime, key: int) -> bool:
    """The visitor gets a letter, and the visitor's broker need not answer any more."""
    rows = ExpressionOfInterest.objects.select_for_update(of=["self"]).select_related(
        "company__owner", "company__host", "company__proposed_owner", "profile"
    )
    expression = rows.get(pk=key)
    company = expression.company
    if company is None or not _to_end(now).filter(pk=key).exists():
        return False
    end_interest(expression, InterestEnd.CALL_CLOSED, DESK, now)
    if broker := broker_of(company):
        key_of_end = key_of(expression, "call_over")
        tell_of_interest(notices.EXPRESSION_CALL_OVER, expression, company, broker, key=key_of_end)
    return True
