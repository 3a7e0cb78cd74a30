"""The second reader leaves: somebody else reads, with the whole time of a second reader from that moment."""

from datetime import UTC, datetime, timedelta

import pytest

from brokers.services.leaving import LeftBehindError, release
from brokers.services.members import appoint_broker
from companies.models import ProfileReview
from companies.services.review_clock import advance_reviews
from companies.services.reviews import send_to_review
from regions.working_days import times_of
from tests import factories
from tests.publishing import complete
from tests.standing_scenes import standing
from tibs.accounts.models import User
from tibs.events.models import InboxItem
from tibs.figures import SECOND_READER_DAYS

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 9, 9, tzinfo=UTC)
THURSDAY = MONDAY + timedelta(days=3, hours=15)


@standing
def asked(polish_company, johanna):
    review = send_to_review(profile=complete(polish_company), by=factories.BENCH, now=MONDAY)
    advance_reviews(now=THURSDAY - timedelta(days=1))
    return review


@standing
def olli(asked):
    return factories.broker("Olli Mäki", organisation=factories.host("FI")).membership.user


@pytest.fixture
def leaves(monkeypatch, johanna):
    """Johanna leaves on Thursday."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: THURSDAY)

    def leave(successor: User | None) -> ProfileReview:
        release(
            user=johanna,
            organisation=factories.host("FI"),
            successor=successor,
            by=factories.BENCH,
            now=THURSDAY,
        )
        return ProfileReview.objects.get()

    return leave


def waiting(user):
    return list(InboxItem.objects.filter(user=user, done_at=None).values_list("notice", flat=True))


def test_the_ranking_asks_somebody_else_and_says_why(asked, olli, leaves):
    review = leaves(olli)

    assert review.reader == olli
    assert review.chosen_because


def test_the_next_reader_has_the_whole_time_and_no_old_reminder(asked, olli, leaves):
    review = leaves(olli)

    assert review.due_at == times_of(factories.country("FI"), THURSDAY, SECOND_READER_DAYS).due_at
    assert (review.asked_at, review.reminded_at, review.escalated_at) == (THURSDAY, None, None)
    assert waiting(olli) == ["companies.review.asked"]


def test_nothing_waits_for_who_left_and_the_history_names_them(asked, olli, leaves, johanna):
    review = leaves(olli)

    assert waiting(johanna) == []
    assert review.earlier_readers == [johanna.public_id]


def test_where_the_ranking_finds_nobody_the_successor_reads_and_is_told(asked, leaves):
    """A coordinator, who is no broker, takes over."""
    chief = factories.member(factories.person("Celina Wilk"), factories.host("FI")).user

    review = leaves(chief)

    assert review.reader == chief
    assert review.due_at == times_of(factories.country("FI"), THURSDAY, SECOND_READER_DAYS).due_at
    assert waiting(chief) == ["companies.review.asked"]


def test_without_anybody_the_reader_cannot_leave(asked, leaves):
    with pytest.raises(LeftBehindError):
        leaves(None)


def test_a_reader_who_works_for_another_organisation_too_goes_on(asked, olli, leaves, johanna):
    other = factories.host("EE")
    appoint_broker(
        membership=factories.member(johanna, other),
        languages=["en"],
        regions=[other.region],
        domains=[],
        by=factories.BENCH,
    )

    review = leaves(olli)

    assert (review.reader, review.asked_at) == (johanna, MONDAY)
