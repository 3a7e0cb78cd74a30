"""What the assessment says on the page of a profile's publication."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.models import CooperationProfile
from companies.services.assessments.answering import Given, answer_items
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import start_assessment
from companies.services.assessments.steps import add_step
from companies.services.publishing import renew_profile
from tests import factories
from tests.companies.assessments.sheets import as_given, firm, golden
from tests.standing_scenes import standing
from tibs.core.errors import WrongStateError

ADVICE = "is not ready yet for"
BLOCKED = "blocks this area"


@standing
def by(aleksandra_in_english):
    return factories.actor(aleksandra_in_english)


@pytest.fixture
def assessed(polish_company, by):
    """A firm of some readiness whose procurement freight blocks."""

    def assess(points):
        made = start_assessment(company=polish_company, by=by)
        given = [*as_given([*firm(points), *golden()]), Given("PRC", "B_FREIGHT", 4)]
        answer_items(assessment=made, rater="broker", given=given, by=by)
        return complete_assessment(assessment=made, by=by, chosen_area="PRC", reason="Agreed on the visit.")

    return assess


@pytest.fixture
def page(client, polish_company, aleksandra_in_english):
    """The page of a draft in procurement, for a licence and supplies."""
    client.force_login(aleksandra_in_english)
    profile = factories.draft(polish_company, area="PRC", cooperation_types=["LICENCE", "SUPPLY"])
    return lambda: client.get(reverse("profile_publication", args=[profile.public_id])).text


def test_the_barriers_that_wait_for_a_step_are_named_with_a_way_to_the_plan(assessed, page, by):
    done = assessed(3)
    before = page()
    add_step(assessment=done, what="Ask three carriers", barrier="B_FREIGHT", by=by)

    assert f"Cost of transport and storage” {BLOCKED}" in before
    assert f'href="{reverse("assessment_result", args=[done.public_id])}#plan"' in before
    assert BLOCKED not in page()


def test_what_is_public_is_told_what_its_renewal_asks_for_and_is_not_renewed_without(
    client, assessed, polish_company, aleksandra_in_english, by
):
    nearly_a_year_ago = timezone.now() - timedelta(days=360)
    profile = factories.profile(polish_company, area="PRC", now=nearly_a_year_ago)
    done = assessed(0)
    client.force_login(aleksandra_in_english)

    said = client.get(reverse("profile_publication", args=[profile.public_id])).text
    with pytest.raises(WrongStateError):
        renew_profile(profile=profile, by=by)
    add_step(assessment=done, what="Ask three carriers", barrier="B_FREIGHT", by=by)

    assert f"{BLOCKED}. Add a step against it before the profile is renewed." in said
    assert ADVICE not in said
    assert renew_profile(profile=profile, by=by).renewed_at


def test_a_barrier_of_another_area_is_not_named(assessed, page):
    assessed(3)
    CooperationProfile.objects.update(area="MKT")

    assert BLOCKED not in page()


@pytest.mark.parametrize(("points", "ways"), [(1, "Licence, Supply"), (2, "Licence"), (3, "")])
def test_ways_beyond_the_firms_readiness_are_advised_against(assessed, page, points, ways):
    assessed(points)

    said = page()

    assert (f"{ADVICE}: {ways}." in said) == bool(ways)
    assert (ADVICE in said) == bool(ways)


def test_a_firm_that_was_never_assessed_is_told_nothing(page):
    said = page()

    assert ADVICE not in said
    assert BLOCKED not in said


def test_a_profile_that_left_the_way_is_told_nothing(assessed, page):
    assessed(1)
    CooperationProfile.objects.update(status="withdrawn")

    assert ADVICE not in page()
