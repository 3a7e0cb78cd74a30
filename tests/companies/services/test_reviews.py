"""The second reader: asked, answered, passed on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from companies.choices import ProfileStatus
from companies.models import CooperationProfile, ProfileText
from companies.profile_stages import Guard
from companies.services.profile_moves import ProfileStepRefusedError
from companies.services.profile_words import hash_of
from companies.services.publishing import take_back_profile, withdraw_profile
from companies.services.readers import NobodyReadsError
from companies.services.reviews import (
    PARTS,
    ask_another_reader,
    decide_review,
    end_reading,
    send_to_review,
    verdict_of,
)
from tests import factories
from tests.publishing import complete
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord, InboxItem

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 11, 22, 9, tzinfo=UTC)


@standing
def profile(polish_company):
    return complete(polish_company)


@standing
def olli(johanna):
    """Another broker in Finland."""
    return factories.broker("Olli Mäki", organisation=factories.host("FI")).membership.user


@standing
def asked(profile, johanna, aleksandra):
    """Johanna is asked to read the profile of Aleksandra's firm."""
    return send_to_review(profile=profile, by=factories.actor(aleksandra))


def points(*scores):
    return dict(zip(PARTS, scores or (4, 4, 4, 4), strict=True))


def decide(review, by, *scores, decision="ready", comment="", **values):
    given = {"shown_hash": hash_of(CooperationProfile.objects.get(pk=review.profile_id))} | values
    return decide_review(
        review=review,
        scores=points(*scores),
        decision=decision,
        comment=comment,
        by=factories.actor(by),
        **given,
    )


def status():
    return CooperationProfile.objects.get().status


def waiting(user):
    return list(InboxItem.objects.filter(user=user, done_at=None).values_list("notice", flat=True))


def test_a_broker_of_another_country_is_asked_and_told_why(asked, johanna):
    assert asked.reader == johanna
    assert [fact["code"] for fact in asked.chosen_because] == ["reads_original", "readings"]
    assert waiting(johanna) == ["companies.review.asked"]
    assert status() == ProfileStatus.IN_REVIEW


def test_the_reader_is_never_told_the_company(asked, johanna):
    item = InboxItem.objects.get(user=johanna)

    assert "Stolarnia" not in str(item.values)
    assert item.company_id == ""


def test_the_clock_runs_in_working_days_of_the_country_of_the_reader(profile, johanna):
    """6 December 2026 is Independence Day in Finland, a Sunday; the 24th to 26th are holidays there."""
    wednesday = datetime(2026, 12, 23, 9, tzinfo=UTC)

    review = send_to_review(profile=profile, by=factories.BENCH, now=wednesday)

    days = [f"{moment:%d.%m}" for moment in (review.remind_at, review.due_at, review.return_at)]
    assert days == ["28.12", "30.12", "05.01"]


def test_a_profile_with_a_leak_is_not_sent(profile, johanna):
    ProfileText.objects.update(summary="Stolarnia Dąb planes oak boards.")

    with pytest.raises(ProfileStepRefusedError) as refused:
        send_to_review(profile=profile, by=factories.BENCH)

    assert refused.value.guard == Guard.COMPLETE
    assert status() == ProfileStatus.DRAFT


def test_without_a_broker_abroad_nothing_is_sent(profile):
    with pytest.raises(NobodyReadsError):
        send_to_review(profile=profile, by=factories.BENCH)

    assert status() == ProfileStatus.DRAFT


def test_somebody_who_works_at_home_as_well_reads_nothing(profile, johanna):
    factories.member(johanna, factories.host("PL"))

    with pytest.raises(NobodyReadsError):
        send_to_review(profile=profile, by=factories.BENCH)


def test_who_has_nothing_else_to_read_is_asked(asked, olli, polish_company):
    second = send_to_review(profile=complete(polish_company), by=factories.BENCH)

    assert second.reader == olli


def test_who_is_away_in_the_days_of_the_answer_is_not_asked(profile, johanna, olli):
    broker = johanna.memberships.get().broker
    today = timezone.localdate()
    broker.absent_from, broker.absent_until = today + timedelta(days=1), today + timedelta(days=9)
    broker.save()
    olli_reads_later = send_to_review(profile=profile, by=factories.BENCH)

    assert olli_reads_later.reader == olli


def test_strangers_send_nothing(profile, johanna):
    with pytest.raises(NotAllowedError):
        send_to_review(profile=profile, by=factories.actor(johanna))


def test_ready_asks_the_company_which_gets_an_account_for_it(asked, johanna, aleksandra, polish_company):
    decide(asked, johanna)

    contact = polish_company.contacts.get()
    assert status() == ProfileStatus.COMPANY_APPROVAL
    assert waiting(contact.user) == ["companies.approval.asked"]
    assert waiting(johanna) == []
    assert "companies.review.ready" in waiting(aleksandra)


def test_changes_go_back_to_the_broker(asked, johanna, aleksandra):
    decide(asked, johanna, 1, 2, 2, 1, decision="changes", comment="Which partner?")

    assert status() == ProfileStatus.CHANGES_REQUESTED
    assert waiting(aleksandra) == ["companies.review.changes"]


def test_what_was_mended_is_read_anew(asked, johanna, aleksandra):
    decide(asked, johanna, decision="changes", comment="Which partner?")

    again = send_to_review(profile=asked.profile, by=factories.BENCH)

    assert again.pk != asked.pk
    assert waiting(aleksandra) == []


@pytest.mark.parametrize("scores", [(2, 2, 2, 3), (5, 5, 5, 0), (0, 0, 0, 0)])
def test_few_points_or_a_single_zero_are_not_ready(asked, johanna, scores):
    with pytest.raises(BadInputError) as refused:
        decide(asked, johanna, *scores)

    assert list(refused.value.fields) == ["decision"]
    assert status() == ProfileStatus.IN_REVIEW


def test_ten_points_without_a_zero_are_ready(asked, johanna):
    assert decide(asked, johanna, 3, 3, 3, 1).total == 10


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ((5, 4, 4, 4), "excellent"),
        ((4, 4, 4, 4), "good"),
        ((4, 4, 4, 3), "good"),
        ((4, 4, 3, 3), "sufficient"),
        ((3, 3, 3, 1), "sufficient"),
        ((3, 3, 2, 1), "insufficient"),
        ((5, 5, 5, 0), "insufficient"),
    ],
)
def test_points_have_a_word(scores, verdict):
    assert verdict_of(points(*scores)) == verdict


@pytest.mark.parametrize(
    ("values", "scores"),
    [
        ({"decision": "changes"}, ()),
        ({"decision": "perhaps"}, ()),
        ({"comment": "x" * 2001}, ()),
        ({}, (6, 4, 4, 4)),
        ({}, (-1, 4, 4, 4)),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(asked, johanna, values, scores):
    with pytest.raises(BadInputError):
        decide(asked, johanna, *scores, **values)


def test_other_words_than_those_on_the_page_are_not_decided_on(asked, johanna):
    with pytest.raises(WrongStateError) as refused:
        decide(asked, johanna, shown_hash="of yesterday")

    assert refused.value.code == "text_changed"


def test_only_who_was_asked_answers(asked, olli, aleksandra):
    for stranger in (olli, aleksandra):
        with pytest.raises(NotAllowedError):
            decide(asked, stranger)


def test_whoever_stands_in_for_a_reader_who_is_away_answers(asked, johanna, olli):
    broker, today = johanna.memberships.get().broker, timezone.localdate()
    broker.deputy = olli.memberships.get().broker
    broker.absent_from, broker.absent_until = today, today
    broker.save()

    assert decide(asked, olli).reader == olli


def test_nobody_answers_twice(asked, johanna):
    decide(asked, johanna)

    with pytest.raises(WrongStateError):
        decide(asked, johanna)


def test_the_reader_passes_it_on_and_says_why(asked, johanna, olli):
    passed = ask_another_reader(review=asked, by=factories.actor(johanna), reason="I know the owner.")

    record = AuditRecord.objects.get(event="companies.review.passed_on")
    assert passed.reader == olli
    assert (waiting(johanna), waiting(olli)) == ([], ["companies.review.asked"])
    assert record.detail.values == {"reason": "I know the owner."}


def test_nobody_gets_back_what_they_passed_on(asked, johanna, olli):
    ask_another_reader(review=asked, by=factories.actor(johanna), reason="No time.")

    with pytest.raises(NobodyReadsError):
        ask_another_reader(review=asked, by=factories.actor(olli), reason="No time either.")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_passing_on_needs_a_reason(asked, johanna, olli, reason):
    with pytest.raises(BadInputError):
        ask_another_reader(review=asked, by=factories.actor(johanna), reason=reason)


def test_a_coordinator_of_the_asking_side_chooses_somebody_else(asked, olli):
    chief = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))

    given = ask_another_reader(
        review=asked, by=factories.actor(chief), reason="It is urgent.", reader=olli.public_id
    )

    assert given.reader == olli
    assert given.chosen_because[0] == {"code": "chosen_by_hand"}


def test_a_coordinator_cannot_choose_somebody_at_home(asked, aleksandra):
    chief = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))

    with pytest.raises(BadInputError):
        ask_another_reader(
            review=asked, by=factories.actor(chief), reason="Here.", reader=aleksandra.public_id
        )


def test_other_coordinators_and_brokers_of_the_asking_side_ask_nobody_else(asked, olli, aleksandra):
    far = factories.person("Olga Saar", role=RoleCode.COORDINATOR, organisation=factories.host("EE"))

    for stranger in (far, aleksandra):
        with pytest.raises(NotAllowedError):
            ask_another_reader(review=asked, by=factories.actor(stranger), reason="Please.")


@pytest.mark.parametrize("end", [take_back_profile, withdraw_profile])
def test_a_profile_that_goes_waits_for_no_reader(asked, johanna, end):
    end(profile=asked.profile, by=factories.BENCH)

    assert waiting(johanna) == ["companies.review.taken_back"]
    with pytest.raises(WrongStateError):
        decide(asked, johanna)


def test_a_reader_whose_text_goes_to_somebody_else_is_told(asked, johanna, olli):
    chief = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))

    ask_another_reader(review=asked, by=factories.actor(chief), reason="It is urgent.")

    told = InboxItem.objects.get(user=johanna, done_at=None)
    assert (told.notice, told.waits) == ("companies.review.with_another", False)
    assert "Stolarnia" not in str(told.values)


def test_erasure_tells_no_reader_the_title(asked, johanna):
    end_reading(asked.profile, SUNDAY, tell=False)

    assert waiting(johanna) == []
