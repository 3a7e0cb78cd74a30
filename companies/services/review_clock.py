"""The clock of second readers: reminded at half of their time, escalated at its end, replaced at double time."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from companies import events, notices
from companies.models import ProfileReview
from companies.services.escalations import who_decides
from companies.services.profile_moves import locked
from companies.services.profile_people import round_key, tell_people, tell_reader
from companies.services.readers import NobodyReadsError
from companies.services.reviews import give_to_another
from tibs.accounts.actor import system
from tibs.events.recording import record

CLOCK = system("companies.review_clock")
BATCH = 200


def advance_reviews(*, now: datetime) -> int:
    """Do what is due for the reviews that wait; the number of steps. Done twice it changes nothing, and many may do
    it at a time."""
    return sum(
        _each(due(now).order_by("pk").values_list("pk", flat=True)[:BATCH], due, step, now)
        for due, step in STEPS
    )


def _to_return(now: datetime) -> QuerySet[ProfileReview]:
    return ProfileReview.objects.open().filter(return_at__lte=now)


def _to_escalate(now: datetime) -> QuerySet[ProfileReview]:
    return ProfileReview.objects.open().filter(due_at__lte=now, escalated_at=None)


def _to_remind(now: datetime) -> QuerySet[ProfileReview]:
    return ProfileReview.objects.open().filter(remind_at__lte=now, due_at__gt=now, reminded_at=None)


def _each(
    keys: QuerySet[ProfileReview, int],
    due: Callable[[datetime], QuerySet[ProfileReview]],
    step: Callable[[ProfileReview, datetime], None],
    now: datetime,
) -> int:
    return sum(_one(key, due, step, now) for key in list(keys))


@transaction.atomic
def _one(
    key: int,
    due: Callable[[datetime], QuerySet[ProfileReview]],
    step: Callable[[ProfileReview, datetime], None],
    now: datetime,
) -> bool:
    """Lock the row as the services do, and look again whether the step is due."""
    review = ProfileReview.objects.select_related("profile").filter(pk=key).first()
    if review is None:
        return False
    profile = locked(review.profile)
    rows = due(now).select_for_update(of=["self"]).select_related("reader")
    found = rows.filter(pk=key).first()
    if found is None:
        return False
    found.profile = profile
    step(found, now)
    return True


def _return(review: ProfileReview, now: datetime) -> None:
    """Somebody else is asked; where there is nobody, the reader keeps the text and the coordinators know."""
    try:
        give_to_another(review, CLOCK, now)
    except NobodyReadsError:
        review.return_at = None
        review.save(update_fields=["return_at", "updated_at"])


def _escalate(review: ProfileReview, now: datetime) -> None:
    review.escalated_at = now
    review.save(update_fields=["escalated_at", "updated_at"])
    people = list(who_decides(review.profile.company))
    tell_people(notices.REVIEW_LATE, review.profile, people, key=round_key("review_late", review))
    record(
        events.REVIEW_ESCALATED,
        about=review.profile,
        by=CLOCK,
        company_id=review.profile.company.public_id,
        facts={"review": review.public_id, "told": [person.public_id for person in people]},
    )


def _remind(review: ProfileReview, now: datetime) -> None:
    review.reminded_at = now
    review.save(update_fields=["reminded_at", "updated_at"])
    tell_reader(notices.REVIEW_REMINDED, review, what="review_reminded")


# The last of them first, so that a clock that stood still does not remind somebody who is replaced anyway.
STEPS = ((_to_return, _return), (_to_escalate, _escalate), (_to_remind, _remind))
