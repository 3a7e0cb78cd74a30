"""The way back to a visitor's answers: how long it is open, and the letter with its link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companies.models import Assessment
from companies.services import registration_limits
from companies.services.assessments.answering import Given, answer_item, answer_items, leave_out_area
from companies.services.assessments.coming_back import (
    find_public_assessment,
    mail_resume_link,
    resume_link,
)
from companies.services.assessments.starting import (
    adopt_assessment,
    describe_firm,
    start_public_assessment,
)
from companies.services.retention import take_what_is_due
from tests import factories
from tests.letters import letters_to
from tibs.accounts.actor import VISITOR
from tibs.core.errors import WrongStateError
from tibs.core.limits import LimitReachedError
from tibs.figures import DRAFT_ASSESSMENT_LIFE

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)
ANSWER = Given("PRC", "V1", 3)


@pytest.fixture
def begun():
    """A visitor's assessment of today, and the token of its link."""
    return start_public_assessment(language="pl", by=VISITOR, now=NOW)


def answer(assessment, moment, given=ANSWER):
    answer_item(assessment=assessment, rater="self", given=given, by=VISITOR, now=moment)


def end_of(assessment):
    return Assessment.objects.get(pk=assessment.pk).expires_at


@pytest.mark.parametrize(
    "act",
    [
        lambda made, now: answer(made, now),
        lambda made, now: answer_items(assessment=made, rater="self", given=[ANSWER], by=VISITOR, now=now),
        lambda made, now: leave_out_area(assessment=made, rater="self", area="SRV", by=VISITOR, now=now),
        lambda made, now: describe_firm(assessment=made, stage="active", by=VISITOR, now=now),
    ],
    ids=["answer", "page", "area", "description"],
)
def test_whatever_is_answered_the_time_begins_anew(begun, act):
    made, token = begun
    almost = NOW + DRAFT_ASSESSMENT_LIFE - DAY

    act(made, almost)

    assert end_of(made) == almost + DRAFT_ASSESSMENT_LIFE
    assert find_public_assessment(token, now=NOW + DRAFT_ASSESSMENT_LIFE + DAY) == made


def test_the_answers_go_when_nothing_was_answered_for_so_long(begun):
    made, _token = begun
    answer(made, NOW + 30 * DAY)
    last = NOW + 30 * DAY + DRAFT_ASSESSMENT_LIFE

    take_what_is_due(NOW + DRAFT_ASSESSMENT_LIFE)
    take_what_is_due(last - DAY)
    stayed = Assessment.objects.filter(pk=made.pk).exists()
    take_what_is_due(last)

    assert stayed
    assert not Assessment.objects.filter(pk=made.pk).exists()


def test_without_an_answer_the_time_is_not_renewed(begun):
    made, token = begun

    find_public_assessment(token, now=NOW + 30 * DAY)

    assert end_of(made) == NOW + DRAFT_ASSESSMENT_LIFE


def test_what_has_ended_does_not_come_back_by_an_answer(begun):
    made, _token = begun

    answer(made, NOW + DRAFT_ASSESSMENT_LIFE)

    assert end_of(made) == NOW + DRAFT_ASSESSMENT_LIFE


def test_the_time_is_renewed_at_most_once_a_day_and_costs_nothing_in_between(begun):
    made, _token = begun
    answer(made, NOW + DAY)
    renewed = end_of(made)

    with CaptureQueriesContext(connection) as asked:
        answer(made, NOW + DAY + timedelta(hours=23), Given("PRC", "V2", 3))

    assert end_of(made) == renewed == NOW + DAY + DRAFT_ASSESSMENT_LIFE
    assert not [one for one in asked if 'UPDATE "companies_assessment"' in one["sql"]]


def test_the_letter_says_the_link_and_how_long_it_works(begun):
    _made, token = begun

    mail_resume_link(token=token, to="eva@example.org", language="en", network="192.0.2.0", now=NOW)

    ((_subject, words),) = letters_to("eva@example.org")
    assert resume_link(token) in words
    assert "works for 90 days" in words
    assert "no other letter follows" in words


def test_known_and_unknown_addresses_get_the_same_letter(begun, aleksandra):
    _made, token = begun

    for address in (aleksandra.email, "eva@example.org"):
        mail_resume_link(token=token, to=address, language="en", network="192.0.2.0", now=NOW)

    assert letters_to(aleksandra.email) == letters_to("eva@example.org")


def test_letters_to_one_address_are_counted(begun, monkeypatch):
    monkeypatch.setattr(registration_limits, "REGISTRATION_LETTERS", 1)
    _made, token = begun
    sent = {"token": token, "language": "en", "network": "192.0.2.0", "now": NOW}
    mail_resume_link(to="eva@example.org", **sent)

    with pytest.raises(LimitReachedError):
        mail_resume_link(to="eva@example.org", **sent)
    mail_resume_link(to="ewa@example.org", **sent)


def test_no_letter_is_written_for_a_link_that_ended(begun, polish_company):
    made, token = begun
    adopt_assessment(assessment=made, company=polish_company, by=factories.BENCH)

    with pytest.raises(WrongStateError):
        mail_resume_link(token=token, to="eva@example.org", language="en", network="192.0.2.0")
    assert letters_to("eva@example.org") == []
