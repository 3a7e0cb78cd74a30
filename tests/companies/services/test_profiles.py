from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from companies.choices import ProfileStatus, Purpose
from companies.models import CooperationProfile, ProfileText
from companies.services.consents import withdraw_consent
from companies.services.profiles import draft_profile, publish_profile, withdraw_profile
from tests import factories
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.figures import PROFILE_LIFE

pytestmark = pytest.mark.django_db
POLISH = {
    "language": "pl",
    "is_original": True,
    "title": "Deski",
    "summary": "Deski dębowe",
    "offered": "Strugamy.",
}
ENGLISH = {"language": "en", "title": "Boards", "summary": "Oak boards"}


def draft(company, *texts, by=factories.BENCH, **values):
    given = {"type": "BO", "area": "OPS"} | values
    return draft_profile(company=company, texts=list(texts or (POLISH, ENGLISH)), by=by, **given)


def publish(profile, by=factories.BENCH, now=None):
    return publish_profile(profile=profile, by=by, now=now)


def withdraw(company):
    withdraw_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="pl", by=factories.BENCH)


def test_draft_holds_its_texts_and_is_seen_by_nobody_else(polish_company):
    profile = draft(polish_company)

    assert profile.status == ProfileStatus.DRAFT
    assert set(profile.texts.values_list("language", "is_original")) == {("pl", True), ("en", False)}
    assert profile.search_text == "deski deski debowe strugamy. boards oak boards"
    assert not CooperationProfile.objects.matchable().exists()


@pytest.mark.parametrize(
    ("part", "longest"), [("title", 256), ("summary", 500), ("offered", 4000), ("sought", 4000)]
)
def test_text_beyond_its_limit_is_refused_and_never_cut(polish_company, part, longest):
    draft(polish_company, POLISH | {part: "x" * longest})
    assert len(getattr(ProfileText.objects.get(), part)) == longest

    with pytest.raises(BadInputError) as refused:
        draft(polish_company, POLISH | {part: "x" * (longest + 1)})

    assert list(refused.value.fields) == [f"{part}_pl"]
    assert str(longest) in str(refused.value.fields[f"{part}_pl"])
    assert CooperationProfile.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"type": "XX"}, "type"),
        ({"area": "XXX"}, "area"),
        ({"cooperation_types": ["LOAN"]}, "cooperation_types"),
        ({"working_languages": ["sv"]}, "working_languages"),
        ({"wished_countries": ["Poland"]}, "wished_countries"),
        ({"domain_id": "MAGIC"}, "domain"),
    ],
)
def test_value_that_does_not_fit_is_named(polish_company, values, field):
    with pytest.raises(BadInputError) as refused:
        draft(polish_company, **values)

    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ([ENGLISH], "one original text"),
        ([POLISH, ENGLISH | {"is_original": True, "offered": "x"}], "one original text"),
        ([POLISH, ENGLISH, ENGLISH], "one text in each language"),
        ([POLISH | {"offered": ""}], "Say what is offered or what is sought"),
        ([POLISH | {"language": "sv"}], "language_sv"),
    ],
)
def test_texts_that_do_not_belong_together_are_refused(polish_company, texts, reason):
    with pytest.raises(BadInputError, match=reason):
        draft(polish_company, *texts)

    assert not CooperationProfile.objects.exists()


def test_profile_is_written_for_one_area(polish_company):
    with pytest.raises(BadInputError, match="one value-chain area"):
        draft(polish_company, area="")


def test_published_profile_has_a_reference_a_day_and_an_end(polish_company):
    factories.consent(polish_company)
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)

    profile = publish(draft(polish_company), now=now)

    assert profile.reference == "TIBS-BOPL20261121001"
    assert (profile.published_at, profile.expires_at) == (now, now + PROFILE_LIFE)


def test_references_of_a_day_are_counted_for_each_type_and_country(polish_company, finnish_company):
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    for company in (polish_company, finnish_company):
        factories.consent(company)
    drafts = [
        draft(polish_company),
        draft(polish_company),
        draft(polish_company, type="TR"),
        draft(finnish_company),
    ]

    references = [publish(profile, now=now).reference for profile in drafts]
    tomorrow = publish(draft(polish_company), now=now + timedelta(days=1)).reference

    assert [reference.removeprefix("TIBS-") for reference in references] == [
        "BOPL20261121001", "BOPL20261121002", "TRPL20261121001", "BOFI20261121001",
    ]  # fmt: skip
    assert tomorrow == "TIBS-BOPL20261122001"


def test_reference_after_the_thousandth_of_a_day_is_still_new(polish_company):
    factories.consent(polish_company)
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    first = publish(draft(polish_company), now=now)
    CooperationProfile.objects.filter(pk=first.pk).update(reference="TIBS-BOPL20261121999")

    references = [publish(draft(polish_company), now=now).reference for _ in range(2)]

    assert references == ["TIBS-BOPL202611211000", "TIBS-BOPL202611211001"]


def test_nothing_is_published_without_consent(polish_company):
    with pytest.raises(WrongStateError) as refused:
        publish(draft(polish_company))

    assert refused.value.code == "consent_missing"
    assert CooperationProfile.objects.get().status == ProfileStatus.DRAFT


def test_consent_that_was_withdrawn_after_the_draft_refuses_the_publication(polish_company):
    factories.consent(polish_company)
    profile = draft(polish_company)
    withdraw(polish_company)

    with pytest.raises(WrongStateError):
        publish(profile)

    assert CooperationProfile.objects.get().published_at is None


def test_consent_that_still_holds_lets_the_same_draft_through(polish_company):
    factories.consent(polish_company)

    assert publish(draft(polish_company)).status == ProfileStatus.PUBLISHED


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose != Purpose.PUBLISH_ANONYMOUS])
def test_consent_to_something_else_is_not_enough(polish_company, johanna, purpose):
    named = johanna if purpose == Purpose.SHARE_WITH_BROKER else None
    factories.consent(polish_company, purpose, broker=named)

    with pytest.raises(WrongStateError):
        publish(draft(polish_company))


@pytest.mark.parametrize(
    "status",
    [ProfileStatus.IN_REVIEW, ProfileStatus.PUBLISHED, ProfileStatus.EXPIRED, ProfileStatus.WITHDRAWN],
)
def test_profile_in_another_state_is_not_published(polish_company, status):
    profile = factories.profile(polish_company)
    CooperationProfile.objects.update(status=status)

    with pytest.raises(WrongStateError):
        publish(profile)


def test_public_facts_are_never_published_as_approved(polish_company):
    factories.consent(polish_company)
    facts = factories.public_facts(polish_company)
    CooperationProfile.objects.update(status=ProfileStatus.DRAFT)

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
    waiting = draft(polish_company)

    with pytest.raises(NotAllowedError):
        draft(polish_company, by=stranger)
    with pytest.raises(NotAllowedError):
        publish(waiting, by=stranger)
    with pytest.raises(NotAllowedError):
        withdraw_profile(profile=profile, by=stranger)


def test_own_broker_writes_publishes_and_withdraws(polish_company, aleksandra):
    broker = factories.actor(aleksandra)
    factories.consent(polish_company)

    profile = publish(draft(polish_company, by=broker), by=broker)

    assert withdraw_profile(profile=profile, by=broker).status == ProfileStatus.WITHDRAWN
