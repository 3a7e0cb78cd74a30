"""The home page of brokers and coordinators: what waits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.choices import Purpose
from companies.services.consents import withdraw_consent
from matching.models import MatchRun, RunStatus
from tests import factories
from tibs.accounts.roles import RoleCode
from tibs.figures import PROFILE_LIFE


@pytest.fixture
def home(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return lambda: client.get(reverse("broker_home"))


def desk(answer):
    return answer.context["desk"]


def ending_in(days, company):
    return factories.profile(company, now=timezone.now() - PROFILE_LIFE + timedelta(days=days))


def test_a_beginner_is_told_what_to_do_next(home):
    text = home().text

    assert "Hello, Aleksandra Nowak" in text
    assert "Your list is empty" in text
    assert "No matching has finished yet" in text


def test_leads_are_counted_and_lead_into_the_list(home, polish_company):
    factories.company("Tartak Sosna", host=factories.host("PL"))

    answer = home()

    assert str(desk(answer).leads) == "1"
    assert 'href="/companies/?stage=lead"' in answer.text
    assert [company.name for company in desk(answer).newest] == ["Tartak Sosna", "Stolarnia Dąb"]


def test_many_leads_are_not_counted_to_the_end(home):
    for number in range(100):
        factories.company(f"Tartak {number}", host=factories.host("PL"))

    assert str(desk(home()).leads) == "99+"


def test_profiles_that_end_within_a_month_are_named(home, polish_company):
    soon = ending_in(20, polish_company)
    ending_in(40, polish_company)

    assert desk(home()).expiring == [soon]


def test_a_broker_sees_what_is_in_their_own_care(home, polish_company):
    colleague = factories.person("Jan Kos", organisation=factories.host("PL"))
    ending_in(20, factories.company("Tartak Sosna", host=factories.host("PL"), owner=colleague))

    assert desk(home()).expiring == []


def test_a_coordinator_sees_the_whole_organisation(client, polish_company):
    profile = ending_in(20, polish_company)
    client.force_login(
        factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))
    )

    assert desk(client.get(reverse("broker_home"))).expiring == [profile]


def test_new_matches_are_told_best_first_and_each_profile_once(home, polish_company, finnish_company):
    profile = factories.profile(polish_company)
    factories.match_run()
    factories.match(profile, factories.profile(finnish_company), forward=0.3)
    best = factories.match(profile, factories.profile(finnish_company), forward=0.6)

    seen = desk(home())

    assert str(seen.new_matches) == "2"
    assert [pair.score for pair in seen.pairs] == [best.score]
    assert "Kymen" not in home().text


def test_weak_matches_do_not_ask_for_a_review(home, polish_company, finnish_company):
    factories.match_run()
    factories.match(
        factories.profile(polish_company), factories.profile(finnish_company), forward=0.1, backward=0.05
    )

    assert not desk(home()).new_matches


def test_without_new_matches_the_best_stay(home, polish_company, finnish_company):
    match = factories.match(factories.profile(polish_company), factories.profile(finnish_company))
    factories.match_run()

    answer = home()

    assert not desk(answer).new_matches
    assert [pair.score for pair in desk(answer).pairs] == [match.score]
    assert "found nothing new" in answer.text


def test_a_partner_who_withdrew_is_not_shown(home, polish_company, finnish_company):
    factories.match(factories.profile(polish_company), factories.profile(finnish_company))
    withdraw_consent(
        company=finnish_company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
    )

    assert desk(home()).pairs == []


def test_imported_companies_are_counted(home, polish_company):
    factories.public_facts(polish_company)

    assert str(desk(home()).imported) == "1"


def test_a_matching_that_failed_is_said_and_the_results_before_stay(home):
    factories.match_run(pairs=7)
    MatchRun.objects.create(status=RunStatus.FAILED, finished_at=timezone.now())

    text = home().text

    assert "did not finish" in text
    assert "found 7 pairs" in text


def test_a_matching_under_way_is_said(home):
    MatchRun.objects.create(status=RunStatus.MATCHING)

    assert "A matching is under way" in home().text


def test_other_organisations_do_not_show(client, johanna, polish_company):
    ending_in(20, polish_company)
    client.force_login(johanna)

    seen = desk(client.get(reverse("broker_home")))

    assert (seen.newest, seen.expiring) == ([], [])
