"""The clock of second readers: reminded at half of their time, escalated at its end, replaced at double time."""

from datetime import datetime

from django.db.models import QuerySet

from companies import events, notices
from companies.models import ProfileReview
from companies.services.escalations import who_decides
from companies.services.profile_moves import locked
from companies.services.profile_people import round_key, tell_broker, tell_people, tell_reader
from companies.services.readers import NobodyReadsError
from companies.services.reviews import give_to_another
from regions.working_days import deadline
from tibs.accounts.actor import system
from tibs.core.sweeps import Steps, take_due
from tibs.events.recording import record

CLOCK = system("companies.review_clock")


def advance_reviews(*, now: datetime) -> int:
    """Do what is due for the reviews that wait; the number of steps. Done twice it changes nothing, and many may do
    it at a time."""
    return take_due(STEPS, hold=_hold, now=now, sweep="companies.reviews")


def _to_return(now: datetime) -> QuerySet[ProfileReview]:
    return ProfileReview.objects.open().filter(return_at__lte=now)


def _to_escalate(now: datetime) -> QuerySet[ProfileReview]:
    return ProfileReview.objects.open().filter(due_at__lte=now, escalated_at=None)


def _to_remind(now: datetime) -> QuerySet[ProfileReview]:
    return ProfileReview.objects.open().filter(remind_at__lte=now, due_at__gt=now, reminded_at=None)


def _hold(key: int) -> ProfileReview | None:
    review = ProfileReview.objects.select_related("profile__company").filter(pk=key).first()
    if review is None or review.profile.company.erased_at:
        return None
    profile = locked(review.profile)
    found = (
        ProfileReview.objects.select_for_update(of=["self"]).select_related("reader").filter(pk=key).first()
    )
    if found:
        found.profile = profile
    return found


def _return(review: ProfileReview, now: datetime) -> bool:
    """Somebody else is asked. Where nobody is left, the reader keeps the text, the profile's broker is told once, and
    each working day it is tried again: somebody may have come or come back."""
    try:
        give_to_another(review, CLOCK, now)
    except NobodyReadsError:
        review.return_at = deadline(review.profile.company.country, now, 1)
        review.save(update_fields=["return_at", "updated_at"])
        tell_broker(notices.REVIEW_STUCK, review.profile, key=round_key("review_stuck", review))
        return False
    return True


def _escalate(review: ProfileReview, now: datetime) -> bool:
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
    return True


def _remind(review: ProfileReview, now: datetime) -> bool:
    review.reminded_at = now
    review.save(update_fields=["reminded_at", "updated_at"])
    tell_reader(notices.REVIEW_REMINDED, review, what="review_reminded")
    return True


STEPS: Steps[ProfileReview] = ((_to_return, _return), (_to_escalate, _escalate), (_to_remind, _remind))
