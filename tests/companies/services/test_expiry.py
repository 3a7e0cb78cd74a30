"""The end of a published profile: told two weeks before, entered in the night after."""

from datetime import UTC, datetime, timedelta

import pytest

from companies.choices import ProfileStatus, Stage
from companies.models import CooperationProfile
from companies.profile_stages import Guard
from companies.services import expiry
from companies.services.expiry import expire_profiles, tell_of_ends
from companies.services.profile_moves import ProfileStepRefusedError
from companies.services.publishing import renew_profile
from companies.services.reviews import send_to_review
from companies.services.stages import move_stage
from companies.tasks import nightly_profiles
from tests import factories
from tests.publishing import complete, publish_at_once
from tests.standing_scenes import standing
from tibs.core.errors import WrongStateError
from tibs.events.models import AuditRecord, InboxItem
from tibs.figures import PROFILE_LIFE, REVIVE_WITHIN

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 22, 9, tzinfo=UTC)
END = START + PROFILE_LIFE
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@standing
def profile(polish_company):
    factories.consent(polish_company)
    factories.contact(polish_company, user=factories.person("Ewa Lis"))
    return publish_at_once(complete(polish_company), by=factories.BENCH, now=START)


def told(notice):
    return InboxItem.objects.filter(notice=f"companies.profile.{notice}").count()


def test_it_is_published_until_its_last_second(profile):
    assert expire_profiles(now=END - SECOND) == 0


def test_it_ends_on_its_day_and_once(profile):
    assert [expire_profiles(now=END), expire_profiles(now=END), expire_profiles(now=END + DAY)] == [1, 0, 0]
    assert CooperationProfile.objects.get().status == ProfileStatus.EXPIRED
    assert AuditRecord.objects.filter(event="companies.profile.expired").count() == 1
    assert told("expired") == 1


def test_public_facts_do_not_end(finnish_company):
    factories.public_facts(finnish_company)

    assert expire_profiles(now=END) == 0


def test_broker_and_company_hear_two_weeks_before_and_once(profile):
    counts = [
        tell_of_ends(now=now) for now in (END - 15 * DAY, END - 14 * DAY, END - 14 * DAY, END - DAY, END)
    ]

    assert counts == [0, 1, 0, 0, 0]
    assert (told("ends_soon"), told("own_ends")) == (1, 1)


def test_what_was_told_does_not_keep_the_rest_from_hearing(profile, polish_company, monkeypatch):
    """A batch is smaller than what ends in two weeks."""
    monkeypatch.setattr(expiry, "BATCH", 1)
    others = [publish_at_once(complete(polish_company), by=factories.BENCH, now=START) for _ in range(2)]

    counts = [tell_of_ends(now=END - DAY) for _ in range(len(others) + 2)]

    assert counts == [1, 1, 1, 0]
    assert told("ends_soon") == 3


def test_nobody_hears_of_the_end_of_what_is_not_shown(profile, polish_company):
    move_stage(company=polish_company, to=Stage.DORMANT, by=factories.BENCH, reason="Moved away.")

    assert tell_of_ends(now=END - DAY) == 0


def test_a_profile_that_fails_does_not_keep_the_others(profile, polish_company, monkeypatch):
    publish_at_once(complete(polish_company), by=factories.BENCH, now=START)
    working = expiry.locked

    def poisoned(one):
        if one.pk == profile.pk:
            raise WrongStateError("poison")
        return working(one)

    monkeypatch.setattr(expiry, "locked", poisoned)

    assert expire_profiles(now=END) == 1


def test_a_renewal_settles_the_notice_and_brings_the_next_one_a_year_later(profile):
    tell_of_ends(now=END - 10 * DAY)
    renew_profile(profile=profile, by=factories.BENCH, now=END - 9 * DAY)

    after = [tell_of_ends(now=END - 8 * DAY), tell_of_ends(now=END + PROFILE_LIFE - 10 * DAY)]

    assert after == [0, 1]
    assert not InboxItem.objects.filter(notice="companies.profile.ends_soon", done_at=None).exists()
    assert told("ends_for_good") == 1


def waits(notice):
    return InboxItem.objects.filter(notice=f"companies.profile.{notice}", done_at=None).exists()


def test_a_renewal_is_told_to_the_company_and_its_digest_says_no_more_that_the_profile_ends(profile):
    tell_of_ends(now=END - 10 * DAY)
    told_before = waits("own_ends")

    renew_profile(profile=profile, by=factories.BENCH, now=END - 9 * DAY)

    assert told_before
    assert not waits("own_ends")
    assert waits("renewed")


def test_what_has_ended_is_not_announced_any_more(profile):
    tell_of_ends(now=END - 10 * DAY)

    expire_profiles(now=END)

    assert not waits("own_ends")


def test_a_renewed_profile_does_not_end_on_the_first_day(profile):
    renew_profile(profile=profile, by=factories.BENCH, now=END - DAY)

    assert expire_profiles(now=END) == 0
    assert expire_profiles(now=END + PROFILE_LIFE) == 1


def test_within_a_year_it_comes_back_through_a_review(profile, johanna):
    expire_profiles(now=END)

    review = send_to_review(profile=profile, by=factories.BENCH, now=END + REVIVE_WITHIN - DAY)

    assert review.profile.status == ProfileStatus.IN_REVIEW


def test_after_a_year_it_does_not_come_back(profile, johanna):
    expire_profiles(now=END)

    with pytest.raises(ProfileStepRefusedError) as refused:
        send_to_review(profile=profile, by=factories.BENCH, now=END + REVIVE_WITHIN)

    assert refused.value.guard == Guard.RECENT


def test_the_nightly_task_can_run_twice(profile):
    CooperationProfile.objects.update(expires_at=START - DAY, published_at=START - PROFILE_LIFE)

    nightly_profiles()
    nightly_profiles()

    assert told("expired") == 1
