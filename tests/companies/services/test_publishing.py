"""Publishing: what must be true before, and what holds after."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from companies.choices import ProfileStatus, Purpose, ReviewDecision, Stage
from companies.models import Company, CooperationProfile, ProfileText
from companies.profile_stages import Guard
from companies.services.consents import withdraw_consent
from companies.services.profile_moves import ProfileStepRefusedError
from companies.services.publishing import (
    publish_profile,
    renew_profile,
    similar_profiles,
    take_back_profile,
    withdraw_profile,
)
from companies.services.reviews import send_to_review
from companies.services.stages import move_stage
from matching.models import Renewal
from tests import factories
from tests.publishing import approved, complete, made_ready, read
from tibs.core.errors import NotAllowedError, WrongStateError
from tibs.events.models import InboxItem
from tibs.figures import PROFILE_LIFE, RENEW_FROM

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def publish(profile, by=factories.BENCH, now=None):
    return publish_profile(profile=made_ready(profile), by=by, now=now)


def withdraw(company):
    withdraw_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="pl", by=factories.BENCH)


def refused_by(act, profile, **values):
    with pytest.raises(ProfileStepRefusedError) as refused:
        act(profile=profile, by=factories.BENCH, **values)
    return refused.value.guard


@pytest.fixture
def ready(polish_company):
    """Read, approved and agreed to: one click from being published."""
    factories.consent(polish_company)
    return made_ready(factories.draft(polish_company))


def change_a_word(profile):
    ProfileText.objects.filter(profile=profile).update(summary="Other words.")


def test_what_is_read_approved_and_agreed_to_is_published(ready):
    assert publish_profile(profile=ready, by=factories.BENCH).status == ProfileStatus.PUBLISHED


def test_a_word_changed_after_the_review_makes_it_void(ready):
    change_a_word(ready)
    approved(ready)

    assert refused_by(publish_profile, ready) == Guard.REVIEWED


def test_a_word_changed_after_the_approval_makes_it_void(ready):
    change_a_word(ready)
    read(ready)

    assert refused_by(publish_profile, ready) == Guard.APPROVED


def test_words_that_were_read_and_approved_again_are_published(ready):
    change_a_word(ready)
    read(ready)
    approved(ready)

    assert publish_profile(profile=ready, by=factories.BENCH).published_at


def test_a_fact_that_readers_see_counts_as_a_word(ready):
    CooperationProfile.objects.update(keywords=["oak"])

    assert refused_by(publish_profile, ready) == Guard.REVIEWED


def test_the_latest_review_counts(ready):
    read(ready, decision=ReviewDecision.CHANGES)

    assert refused_by(publish_profile, ready) == Guard.REVIEWED


def test_the_latest_answer_of_the_company_counts(ready):
    approved(ready, is_approved=False)

    assert refused_by(publish_profile, ready) == Guard.APPROVED


def test_the_first_publication_of_a_company_is_remembered(ready, polish_company):
    first = publish_profile(profile=ready, by=factories.BENCH)
    publish(factories.draft(polish_company), now=timezone.now() + DAY)

    assert Company.objects.get(pk=polish_company.pk).first_published_at == first.published_at


def test_the_people_of_the_company_hear_of_it(ready, polish_company):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, user=ewa)

    publish_profile(profile=ready, by=factories.BENCH)

    assert InboxItem.objects.get(user=ewa).notice == "companies.profile.published"


def test_it_is_renewed_once_in_its_last_30_days(ready):
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    published = publish_profile(profile=ready, by=factories.BENCH, now=start)
    last_month = start + PROFILE_LIFE - RENEW_FROM

    too_early = refused_by(renew_profile, published, now=last_month - DAY)
    renewed = renew_profile(profile=published, by=factories.BENCH, now=last_month)
    second = refused_by(renew_profile, published, now=renewed.expires_at - DAY)

    assert (too_early, second) == (Guard.ENDS_SOON, Guard.UNRENEWED)
    assert renewed.expires_at == start + 2 * PROFILE_LIFE


def test_it_is_not_renewed_after_its_end_or_without_consent(ready, polish_company):
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    published = publish_profile(profile=ready, by=factories.BENCH, now=start)

    too_late = refused_by(renew_profile, published, now=start + PROFILE_LIFE)
    withdraw(polish_company)
    unconsented = refused_by(renew_profile, published, now=start + PROFILE_LIFE - DAY)

    assert (too_late, unconsented) == (Guard.RUNNING, Guard.CONSENTED)


def test_a_year_from_a_leap_day_has_365_days(ready):
    start = datetime(2028, 2, 29, 9, tzinfo=UTC)

    published = publish_profile(profile=ready, by=factories.BENCH, now=start)

    assert published.expires_at == datetime(2029, 2, 28, 9, tzinfo=UTC)


def test_what_is_taken_back_is_a_draft_that_nobody_sees(ready):
    published = publish_profile(profile=ready, by=factories.BENCH)

    draft = take_back_profile(profile=published, by=factories.BENCH)

    assert draft.status == ProfileStatus.DRAFT
    assert not CooperationProfile.objects.matchable().exists()
    assert refused_by(take_back_profile, draft) is None


def test_it_keeps_its_reference_when_it_is_published_again(ready):
    first = publish_profile(profile=ready, by=factories.BENCH)
    take_back_profile(profile=first, by=factories.BENCH)

    again = publish(first, now=timezone.now() + DAY)

    assert again.reference == first.reference


def test_similar_profiles_of_the_company_are_pointed_out(polish_company, finnish_company):
    mine = factories.draft(polish_company)
    same_area = factories.draft(polish_company, type="TR")
    factories.draft(polish_company, area="MKT", type="TR")
    gone = factories.draft(polish_company)
    withdraw_profile(profile=gone, by=factories.BENCH)
    factories.draft(finnish_company)

    assert similar_profiles(mine) == [same_area]


def test_published_profile_has_a_reference_a_day_and_an_end(polish_company):
    factories.consent(polish_company)
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)

    profile = publish(factories.draft(polish_company), now=now)

    assert profile.reference == "TIBS-BOPL20261121001"
    assert (profile.published_at, profile.expires_at) == (now, now + PROFILE_LIFE)


def test_references_of_a_day_are_counted_for_each_type_and_country(polish_company, finnish_company):
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    for company in (polish_company, finnish_company):
        factories.consent(company)
    drafts = [
        factories.draft(polish_company),
        factories.draft(polish_company),
        factories.draft(polish_company, type="TR"),
        factories.draft(finnish_company),
    ]

    references = [publish(profile, now=now).reference for profile in drafts]
    tomorrow = publish(factories.draft(polish_company), now=now + timedelta(days=1)).reference

    assert [reference.removeprefix("TIBS-") for reference in references] == [
        "BOPL20261121001", "BOPL20261121002", "TRPL20261121001", "BOFI20261121001",
    ]  # fmt: skip
    assert tomorrow == "TIBS-BOPL20261122001"


def test_reference_after_the_thousandth_of_a_day_is_still_new(polish_company):
    factories.consent(polish_company)
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    first = publish(factories.draft(polish_company), now=now)
    CooperationProfile.objects.filter(pk=first.pk).update(reference="TIBS-BOPL20261121999")

    references = [publish(factories.draft(polish_company), now=now).reference for _ in range(2)]

    assert references == ["TIBS-BOPL202611211000", "TIBS-BOPL202611211001"]


def test_nothing_is_published_without_consent(polish_company):
    with pytest.raises(WrongStateError) as refused:
        publish(factories.draft(polish_company))

    assert refused.value.code == "consent_missing"
    assert CooperationProfile.objects.get().status == ProfileStatus.COMPANY_APPROVAL


def test_consent_that_was_withdrawn_after_the_draft_refuses_the_publication(polish_company):
    factories.consent(polish_company)
    profile = factories.draft(polish_company)
    withdraw(polish_company)

    with pytest.raises(WrongStateError):
        publish(profile)

    assert CooperationProfile.objects.get().published_at is None


def test_consent_that_still_holds_lets_the_same_draft_through(polish_company):
    factories.consent(polish_company)

    assert publish(factories.draft(polish_company)).status == ProfileStatus.PUBLISHED


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose != Purpose.PUBLISH_ANONYMOUS])
def test_consent_to_something_else_is_not_enough(polish_company, johanna, purpose):
    named = johanna if purpose == Purpose.SHARE_WITH_BROKER else None
    factories.consent(polish_company, purpose, broker=named)

    with pytest.raises(WrongStateError):
        publish(factories.draft(polish_company))


@pytest.mark.parametrize(
    "status",
    [status for status in ProfileStatus if status != ProfileStatus.COMPANY_APPROVAL],
)
def test_profile_in_another_state_is_not_published(polish_company, status):
    profile = made_ready(factories.draft(polish_company))
    factories.consent(polish_company)
    CooperationProfile.objects.update(
        status=status, published_at=timezone.now(), expires_at=timezone.now(), reference="TIBS-1"
    )

    with pytest.raises(ProfileStepRefusedError) as refused:
        publish_profile(profile=profile, by=factories.BENCH)

    assert refused.value.guard is None


def test_public_facts_are_never_published_as_approved(polish_company):
    factories.consent(polish_company)
    facts = factories.public_facts(polish_company)

    with pytest.raises(WrongStateError):
        publish(facts)


def test_profile_past_its_day_is_not_published_any_more(polish_company):
    profile = factories.profile(polish_company, now=timezone.now() - PROFILE_LIFE)

    assert profile.status == ProfileStatus.PUBLISHED
    assert not CooperationProfile.objects.published().exists()
    assert not CooperationProfile.objects.matchable().exists()


def test_withdrawn_profile_is_gone_and_cannot_be_withdrawn_twice(polish_company):
    profile = factories.profile(polish_company)

    withdraw_profile(profile=profile, by=factories.BENCH)

    assert not CooperationProfile.objects.matchable().exists()
    with pytest.raises(WrongStateError):
        withdraw_profile(profile=profile, by=factories.BENCH)


def test_strangers_write_nothing(polish_company, johanna):
    stranger = factories.actor(johanna)
    profile = factories.profile(polish_company)
    waiting = factories.draft(polish_company)

    with pytest.raises(NotAllowedError):
        publish(waiting, by=stranger)
    with pytest.raises(NotAllowedError):
        withdraw_profile(profile=profile, by=stranger)


def test_own_broker_writes_publishes_and_withdraws(polish_company, aleksandra):
    broker = factories.actor(aleksandra)
    factories.consent(polish_company)

    profile = publish(factories.draft(polish_company), by=broker)

    assert withdraw_profile(profile=profile, by=broker).status == ProfileStatus.WITHDRAWN


@pytest.mark.parametrize("stage", [Stage.DORMANT, Stage.WITHDRAWN])
def test_what_a_firm_published_is_gone_for_everybody_from_the_day_it_leaves_or_rests(
    polish_company, client, stage
):
    profile = factories.profile(polish_company)
    factories.match_run()
    before = client.get(f"/p/{profile.reference}").status_code

    move_stage(company=polish_company, to=stage, by=factories.BENCH, reason="Moved away.")

    assert before == 200
    assert client.get(f"/p/{profile.reference}").status_code != 200
    assert not CooperationProfile.objects.published().exists()
    assert not CooperationProfile.objects.matchable().exists()
    assert Renewal.objects.filter(profile=profile).exists()


def test_public_facts_of_a_firm_that_was_refused_are_not_found(polish_company):
    factories.public_facts(polish_company)
    Company.objects.update(stage=Stage.NOT_ELIGIBLE)

    assert not CooperationProfile.objects.matchable().exists()


@pytest.mark.parametrize("act", [send_to_review, publish_profile])
def test_nothing_is_read_or_published_for_a_firm_that_does_not_take_part(polish_company, johanna, act):
    factories.consent(polish_company)
    factories.contact(polish_company)
    made = complete(polish_company)
    if act is publish_profile:
        made_ready(made)
    Company.objects.update(stage=Stage.DORMANT)

    with pytest.raises(ProfileStepRefusedError) as refused:
        act(profile=made, by=factories.BENCH)
    Company.objects.update(stage=Stage.ACTIVE)

    assert refused.value.guard == Guard.SERVED
    assert act(profile=made, by=factories.BENCH)
