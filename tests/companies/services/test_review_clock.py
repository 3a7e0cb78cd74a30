"""Reminded at half, escalated at full, replaced at double time."""

from datetime import UTC, datetime, timedelta

import pytest

from companies.models import Company, ProfileReview
from companies.services import review_clock
from companies.services.erasure import erase_company
from companies.services.review_clock import advance_reviews
from companies.services.reviews import send_to_review
from tests import factories
from tests.publishing import complete
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db
# A Monday; nothing is a holiday in Finland in the two weeks after it.
MONDAY = datetime(2026, 11, 9, 9, tzinfo=UTC)
HALF, FULL, DOUBLE = (MONDAY + timedelta(days=days) for days in (2, 4, 9))


@standing
def chief():
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))


@standing
def asked(polish_company, johanna, chief):
    return send_to_review(profile=complete(polish_company), by=factories.BENCH, now=MONDAY)


def told(user):
    return list(InboxItem.objects.filter(user=user).order_by("pk").values_list("notice", flat=True))


def test_nothing_is_due_before_half_of_the_time(asked, johanna):
    assert advance_reviews(now=MONDAY + timedelta(hours=30)) == 0
    assert told(johanna) == ["companies.review.asked"]


def test_the_reader_is_reminded_at_half_time_once(asked, johanna, chief):
    assert [advance_reviews(now=HALF), advance_reviews(now=HALF)] == [1, 0]
    assert told(johanna) == ["companies.review.asked", "companies.review.reminded"]
    assert told(chief) == []


def test_the_coordinators_hear_at_full_time_once(asked, chief):
    assert [advance_reviews(now=FULL), advance_reviews(now=FULL)] == [1, 0]
    assert told(chief) == ["companies.review.late"]


def test_somebody_else_is_asked_at_double_time_and_gets_the_whole_time(asked, johanna):
    olli = factories.broker("Olli Mäki", organisation=factories.host("FI")).membership.user
    advance_reviews(now=FULL)

    assert [advance_reviews(now=DOUBLE), advance_reviews(now=DOUBLE)] == [1, 0]

    review = ProfileReview.objects.get()
    assert (review.reader, review.earlier_readers) == (olli, [johanna.public_id])
    assert review.due_at - DOUBLE > timedelta(days=2)
    assert review.escalated_at is None
    told_last = InboxItem.objects.get(user=johanna, done_at=None)
    assert (told_last.notice, told_last.waits) == ("companies.review.with_another", False)


def test_the_second_reader_who_is_late_is_told_of_too(asked, chief):
    factories.broker("Olli Mäki", organisation=factories.host("FI"))
    for now in (FULL, DOUBLE, DOUBLE + timedelta(days=7)):
        advance_reviews(now=now)

    assert told(chief) == ["companies.review.late"] * 2


def test_where_nobody_else_is_left_the_reader_keeps_it_and_the_broker_of_the_profile_hears_once(
    asked, johanna, aleksandra
):
    for days in range(5):
        advance_reviews(now=DOUBLE + timedelta(days=days))

    assert ProfileReview.objects.get().reader == johanna
    assert told(aleksandra).count("companies.review.stuck") == 1


def test_it_is_tried_again_when_somebody_else_is_there(asked, aleksandra):
    advance_reviews(now=DOUBLE)
    olli = factories.broker("Olli Mäki", organisation=factories.host("FI")).membership.user

    advance_reviews(now=DOUBLE + timedelta(days=4))

    assert ProfileReview.objects.get().reader == olli
    assert not InboxItem.objects.filter(notice="companies.review.stuck", done_at=None).exists()


def test_an_erased_firm_stops_no_clock_and_its_reader_waits_no_longer(asked, polish_company, johanna, chief):
    other = factories.company("Inna Firma", host=polish_company.host, owner=polish_company.owner)
    waits = send_to_review(profile=complete(other), by=factories.BENCH, now=MONDAY)

    erase_company(company=polish_company, by=factories.BENCH, reason="asked", now=MONDAY)

    assert list(ProfileReview.objects.open()) == [waits]
    assert InboxItem.objects.filter(user=johanna, done_at=None).count() == 1
    assert advance_reviews(now=FULL) == 1
    assert told(chief) == ["companies.review.late"]


def test_a_review_that_fails_does_not_keep_the_others(asked, polish_company, chief, monkeypatch):
    """As a row would that an erasure of former days left open."""
    other = factories.company("Inna Firma", host=polish_company.host, owner=polish_company.owner)
    send_to_review(profile=complete(other), by=factories.BENCH, now=MONDAY)
    working = review_clock.locked

    def poisoned(profile):
        if profile.pk == asked.profile_id:
            raise WrongStateError("erased")
        return working(profile)

    monkeypatch.setattr(review_clock, "locked", poisoned)

    assert advance_reviews(now=FULL) == 1
    assert told(chief) == ["companies.review.late"]


def test_a_review_of_a_firm_erased_in_former_days_is_left_alone(asked, polish_company):
    Company.objects.update(erased_at=MONDAY)

    assert advance_reviews(now=FULL) == 0
    assert ProfileReview.objects.get().escalated_at is None


def test_a_decided_review_has_no_clock(asked):
    ProfileReview.objects.update(
        decided_at=MONDAY, decision="ready", advantages=4, clarity=4, cooperation=4, wording=4
    )

    assert advance_reviews(now=DOUBLE) == 0


def test_the_night_of_the_clock_change_costs_nobody_a_day(polish_company, johanna):
    """Finland puts its clocks back on 25 October 2026."""
    friday = datetime(2026, 10, 23, 9, tzinfo=UTC)

    review = send_to_review(profile=complete(polish_company), by=factories.BENCH, now=friday)

    assert review.due_at == datetime(2026, 10, 28, 21, 59, 59, tzinfo=UTC)
