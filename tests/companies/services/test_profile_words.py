from datetime import date

import pytest

from companies.models import CooperationProfile, ProfileText, ResearchCall
from companies.services.profile_words import hash_of
from tests import factories
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db


def again(profile):
    return CooperationProfile.objects.get(pk=profile.pk)


@standing
def profile(polish_company):
    return factories.draft(polish_company, cooperation_types=["SUPPLY", "LICENCE"], keywords=["oak", "saw"])


@pytest.mark.parametrize("part", ["title", "summary", "offered", "sought", "advantages", "technical"])
def test_any_changed_word_changes_the_hash(profile, part):
    before = hash_of(again(profile))

    ProfileText.objects.filter(profile=profile).update(**{part: "Something else."})

    assert hash_of(again(profile)) != before


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("type", "BR"),
        ("area", "TEC"),
        ("cooperation_types", ["SUPPLY"]),
        ("partner_kinds", ["large"]),
        ("working_languages", ["de"]),
        ("wished_countries", ["FI"]),
        ("development", "concept"),
        ("protection", "secret"),
        ("keywords", ["saw", "oak"]),
        ("goals", [9]),
    ],
)
def test_any_fact_that_readers_see_changes_the_hash(profile, fact, value):
    before = hash_of(again(profile))

    CooperationProfile.objects.update(**{fact: value})

    assert hash_of(again(profile)) != before


def test_a_translation_changes_the_hash(profile):
    before = hash_of(again(profile))

    ProfileText.objects.create(profile=profile, language="pl", title="Deski")

    assert hash_of(again(profile)) != before


def test_the_call_counts_for_requests_for_research_partners_only(profile):
    before = hash_of(again(profile))
    ResearchCall.objects.create(
        profile=profile,
        programme="Horizon Europe",
        title="CL4",
        interest_until=date(2027, 1, 1),
        closing_date=date(2027, 2, 1),
    )

    assert hash_of(again(profile)) == before
    CooperationProfile.objects.update(type="RDR")
    called = hash_of(again(profile))
    ResearchCall.objects.update(budget=9)
    assert hash_of(again(profile)) != called


def test_what_no_reader_sees_leaves_the_hash_alone(profile):
    before = hash_of(again(profile))

    CooperationProfile.objects.update(
        status="in_review",
        open_for_interest=False,
        search_text="x",
        cooperation_types=["LICENCE", "SUPPLY"],
        excluded_countries=["DE"],
    )
    ProfileText.objects.update(version=9)

    assert hash_of(again(profile)) == before
