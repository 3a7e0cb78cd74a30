"""The end of interest that was taken up, and to which the visitor's own firm then said no."""

from collections.abc import Iterable
from datetime import datetime

from companies.choices import InterestEnd, InterestStatus
from companies.models import ExpressionOfInterest
from companies.services.expressions import DESK, end_interest


def close_refused(*, expressions: Iterable[int], now: datetime) -> None:
    """Close these without a letter: nobody need tell the firm of its own decision. That of an erased firm stays as it
    is."""
    rows = ExpressionOfInterest.objects.select_for_update(of=["self"]).select_related("company", "profile")
    taken_up = rows.filter(pk__in=expressions, status=InterestStatus.TAKEN_UP, company__erased_at=None)
    for expression in taken_up.order_by("pk"):
        end_interest(expression, InterestEnd.TAKEN_BACK, DESK, now, tell=False)
