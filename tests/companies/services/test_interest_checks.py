"""Still interested? Asked each month; two silences close a profile, any yes opens it."""

from datetime import UTC, datetime, timedelta

import pytest

from companies.choices import Purpose, Stage
from companies.models import Contact, CooperationProfile
from companies.services import interest_checks
from companies.services.consents import withdraw_consent
from companies.services.interest_checks import (
    answer_by_link,
    answer_interest,
    ask_for_interest,
    link_of,
    profile_of,
)
from companies.services.publishing import withdraw_profile
from companies.services.stages import move_stage
from tests import factories
from tests.publishing import complete, publish_at_once
from tests.standing_scenes import standing
from tibs.core.errors import NotAllowedError, WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MONTH = 30 * DAY


@standing
def profile(polish_company, ewa):
    factories.consent(polish_company)
    return publish_at_once(complete(polish_company), by=factories.BENCH, now=START)


def now_is():
    return CooperationProfile.objects.get()


def answer(profile, by, *, is_interested, now):
    return answer_interest(profile=profile, is_interested=is_interested, by=factories.actor(by), now=now)


def asked(user, **more):
    return InboxItem.objects.filter(user=user, notice="companies.interest.asked", **more).count()


def token(profile):
    return link_of(profile).split("/")[-2]


def test_nobody_is_asked_in_the_first_month(profile, ewa):
    assert ask_for_interest(now=START + MONTH - DAY) == 0
    assert asked(ewa) == 0


def test_after_a_month_everybody_of_the_company_is_asked_once(profile, ewa):
    counts = [ask_for_interest(now=START + MONTH) for _ in range(2)]

    assert counts == [1, 0]
    assert asked(ewa, waits=True, done_at=None) == 1
    assert now_is().open_for_interest


def test_a_contact_without_an_account_gets_one_to_be_asked(profile):
    Contact.objects.update(user=None)

    ask_for_interest(now=START + MONTH)

    assert asked(Contact.objects.get().user) == 1


def test_two_silences_close_it_and_nobody_is_asked_any_more(profile, ewa, aleksandra):
    counts = [ask_for_interest(now=START + number * MONTH) for number in range(1, 6)]

    assert counts == [1, 1, 1, 0, 0]
    assert not now_is().open_for_interest
    assert not CooperationProfile.objects.matchable().exists()
    assert InboxItem.objects.filter(user=aleksandra, notice="companies.interest.ended").count() == 1
    assert asked(ewa, done_at=None) == 0


def test_the_company_hears_that_two_silences_closed_it_and_opens_it_by_the_link(client, profile, ewa):
    for number in range(1, 4):
        ask_for_interest(now=START + number * MONTH)
    was_open = now_is().open_for_interest

    link = InboxItem.objects.get(user=ewa, notice="companies.interest.own_ended").url
    client.post(link, {"interest": "yes"})

    assert not was_open
    assert now_is().open_for_interest
    closing = ("companies.interest.ended", "companies.interest.own_ended")
    assert not InboxItem.objects.filter(notice__in=closing, done_at=None).exists()


def test_where_nobody_can_be_asked_the_broker_hears(profile, aleksandra):
    Contact.objects.all().delete()

    ask_for_interest(now=START + MONTH)

    assert InboxItem.objects.filter(user=aleksandra, notice="companies.interest.nobody").exists()


def test_month_in_which_nobody_could_be_asked_is_no_silence(profile, aleksandra):
    Contact.objects.all().delete()

    for number in range(1, 6):
        ask_for_interest(now=START + number * MONTH)

    assert (now_is().silences, now_is().open_for_interest) == (0, True)
    assert InboxItem.objects.filter(user=aleksandra, notice="companies.interest.nobody").count() == 5


def test_one_silence_does_not_close_it(profile):
    for number in (1, 2):
        ask_for_interest(now=START + number * MONTH)

    assert now_is().silences == 1
    assert now_is().open_for_interest


def test_a_yes_counts_from_its_own_day_and_forgets_the_silence(profile, ewa):
    for number in (1, 2):
        ask_for_interest(now=START + number * MONTH)
    answer(profile, ewa, is_interested=True, now=START + 2 * MONTH + 5 * DAY)

    counts = [ask_for_interest(now=START + 3 * MONTH + days * DAY) for days in (0, 5)]

    assert counts == [0, 1]
    assert now_is().silences == 0
    assert now_is().open_for_interest


def test_a_no_closes_it_at_once_and_the_broker_hears(profile, ewa, aleksandra):
    answer(profile, ewa, is_interested=False, now=START + DAY)

    assert not now_is().open_for_interest
    assert InboxItem.objects.filter(user=aleksandra, notice="companies.interest.declined").exists()
    assert ask_for_interest(now=START + 2 * MONTH) == 0


def test_a_yes_opens_what_silence_closed_and_is_not_asked_again_at_once(profile, ewa, aleksandra):
    for number in range(1, 4):
        ask_for_interest(now=START + number * MONTH)

    answer(profile, ewa, is_interested=True, now=START + 5 * MONTH)

    assert now_is().open_for_interest
    assert ask_for_interest(now=START + 5 * MONTH + DAY) == 0
    assert InboxItem.objects.filter(user=aleksandra, notice="companies.interest.confirmed").exists()


def test_the_broker_writes_down_what_was_said(profile, aleksandra):
    assert not answer(profile, aleksandra, is_interested=False, now=START + DAY).open_for_interest


@pytest.mark.parametrize("stage", [Stage.DORMANT, Stage.WITHDRAWN])
def test_a_firm_that_left_or_rests_is_not_asked(profile, polish_company, ewa, stage):
    move_stage(company=polish_company, to=stage, by=factories.BENCH, reason="Moved away.")

    assert ask_for_interest(now=START + MONTH) == 0
    assert asked(ewa) == 0


def test_nobody_is_asked_after_the_consent_was_taken_back(profile, polish_company, ewa):
    anonymous = {"purpose": Purpose.PUBLISH_ANONYMOUS, "language": "en", "by": factories.actor(ewa)}
    withdraw_consent(company=polish_company, **anonymous)

    assert ask_for_interest(now=START + MONTH) == 0
    assert asked(ewa) == 0


def test_a_profile_that_fails_does_not_keep_the_others(profile, polish_company, ewa, monkeypatch):
    publish_at_once(complete(polish_company), by=factories.BENCH, now=START)
    working = interest_checks.locked

    def poisoned(one):
        if one.pk == profile.pk:
            raise WrongStateError("poison")
        return working(one)

    monkeypatch.setattr(interest_checks, "locked", poisoned)

    assert ask_for_interest(now=START + MONTH) == 1
    assert asked(ewa) == 1


def test_strangers_answer_nothing(profile, johanna):
    with pytest.raises(NotAllowedError):
        answer(profile, johanna, is_interested=False, now=START)


def test_the_mailed_link_answers_without_a_login(profile, ewa):
    ask_for_interest(now=START + MONTH)
    link = InboxItem.objects.get(user=ewa, notice="companies.interest.asked").url

    answer_by_link(token=link.split("/")[-2], is_interested=False, now=START + MONTH)

    assert not now_is().open_for_interest
    assert asked(ewa, done_at=None) == 0


@pytest.mark.parametrize("broken", ["", "x", "😀", "\x00", "1" * 1000])
def test_a_broken_link_answers_nothing(profile, broken):
    with pytest.raises(WrongStateError):
        answer_by_link(token=broken, is_interested=False)


def test_a_link_of_a_profile_that_is_gone_answers_nothing(profile):
    kept = token(profile)
    withdraw_profile(profile=profile, by=factories.BENCH)

    with pytest.raises(WrongStateError):
        profile_of(kept)


def test_the_page_of_the_link_changes_nothing_until_a_button_is_pressed(client, profile):
    opened = client.get(link_of(profile))
    still_open = now_is().open_for_interest
    closed = client.post(link_of(profile), {"interest": "no"})

    assert (opened.status_code, closed.status_code) == (200, 200)
    assert still_open
    assert not now_is().open_for_interest


def test_the_page_of_the_link_opens_it_again(client, profile):
    client.post(link_of(profile), {"interest": "no"})
    client.post(link_of(profile), {"interest": "yes"})

    assert now_is().open_for_interest


def test_a_button_that_nobody_made_changes_nothing(client, profile):
    assert client.post(link_of(profile), {"interest": "perhaps 😀"}).status_code == 200
    assert now_is().open_for_interest
