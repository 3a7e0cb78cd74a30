"""What is counted for each pair of countries, once each, and what analysts do not see."""

import random
from collections import defaultdict

import pytest

from companies.choices import Purpose
from companies.services.consents import withdraw_consent
from matching.models import Match
from tests import factories
from tests.publishing import publish_at_once
from tibs.reports.bases import count_bases
from tibs.reports.corridors import Counts, count_corridors


def counted(*, with_small_figures: bool = True):
    return count_corridors(with_small_figures=with_small_figures)


def test_a_match_counts_for_both_of_its_countries_and_once_in_all(firms):
    polish, finnish = firms("PL", 1), firms("FI", 1)
    factories.match(polish[0], finnish[0])

    corridors = counted()

    assert corridors.of("PL", "FI") == Counts(companies=1, profiles=1, matches=1)
    assert corridors.of("FI", "PL") == Counts(companies=1, profiles=1, matches=1)
    assert corridors.of(None, None) == Counts(companies=2, profiles=2, matches=1)


def test_a_company_with_many_partners_is_counted_once(firms):
    polish = firms("PL", 1)[0]
    for partner in [*firms("FI", 3), *firms("LV", 2)]:
        factories.match(polish, partner)

    corridors = counted()

    assert corridors.of("PL", "FI") == Counts(companies=1, profiles=1, matches=3)
    assert corridors.of("PL", None) == Counts(companies=1, profiles=1, matches=5)
    assert corridors.of("LV", "FI") == Counts()


def test_two_profiles_of_a_company_are_one_company(firms):
    polish = firms("PL", 1)[0]
    second = factories.draft(polish.company, offered="We turn oak legs.")
    second = publish_at_once(second, by=factories.BENCH)
    finnish = firms("FI", 1)[0]
    factories.match(polish, finnish)
    factories.match(second, finnish)

    assert counted().of("PL", "FI") == Counts(companies=1, profiles=2, matches=2)


def test_public_facts_count_as_partners_and_not_as_companies_served(firms):
    polish = firms("PL", 1)[0]
    facts = factories.public_facts(factories.company("Known Oy", host=factories.host("FI")))
    factories.match(polish, facts)

    corridors = counted()

    assert corridors.of("PL", "FI").matches == 1
    assert corridors.of("FI", "PL") == Counts()


def test_matches_of_older_runs_are_left_out(firms):
    factories.match(firms("PL", 1)[0], firms("FI", 1)[0])
    Match.objects.update(is_current=False)

    assert counted().of(None, None) == Counts()


def test_withdrawn_consent_takes_the_matches_out_at_once(firms):
    polish, finnish = firms("PL", 1)[0], firms("FI", 1)[0]
    factories.match(polish, finnish)
    withdraw_consent(
        company=finnish.company, purpose=Purpose.PUBLISH_ANONYMOUS, language="fi", by=factories.BENCH
    )

    assert counted().of("PL", "FI") == Counts()


def test_counting_in_the_database_agrees_with_counting_by_hand(firms):
    profiles = [*firms("PL", 4), *firms("FI", 3), *firms("LV", 4)]
    pairs = [
        (a, b)
        for a in profiles
        for b in profiles
        if a.pk < b.pk and a.company.country_id != b.company.country_id
    ]
    chosen = random.Random(7).sample(pairs, 15)
    for first, second in chosen:
        factories.match(first, second)

    sets = defaultdict(lambda: (set(), set(), set()))
    for number, pair in enumerate(chosen):
        for own, partner in (pair, pair[::-1]):
            countries = (own.company.country_id, partner.company.country_id)
            for row in {countries[0], None}:
                for column in {countries[1], None}:
                    for found, thing in zip(sets[row, column], (own.company_id, own.pk, number), strict=True):
                        found.add(thing)
    by_hand = {pair: Counts(*map(len, found)) for pair, found in sets.items()}

    assert dict(counted().counts) == by_hand


@pytest.fixture
def uneven(firms):
    """Poland with 6 Finnish partners and 2 Latvian ones."""
    polish, finnish, latvian = firms("PL", 6), firms("FI", 6), firms("LV", 2)
    for own, partner in zip(polish, finnish, strict=True):
        factories.match(own, partner)
    for own, partner in zip(polish, latvian, strict=False):
        factories.match(own, partner)


def test_analyst_sees_no_figure_from_one_to_four(uneven):
    corridors = counted(with_small_figures=False)

    assert corridors.of("PL", "FI").matches == 6
    assert corridors.of("PL", "LV").matches is None
    assert corridors.of("FI", "LV").matches == 0


def test_no_sum_gives_a_withheld_figure_away(uneven):
    corridors = counted(with_small_figures=False)

    assert corridors.of("PL", None).matches is None
    assert corridors.of(None, "LV").matches is None
    assert corridors.of(None, None).matches is None
    assert corridors.of("FI", None).matches == 6


def test_staff_sees_every_figure(uneven):
    assert counted().of("PL", "LV").matches == 2


def test_bases_count_served_companies_and_published_profiles(firms, polish_company):
    factories.profile(polish_company)
    firms("PL", 2)

    poland = next(
        base for base in count_bases(counted(), with_small_figures=True) if base.country == "Poland"
    )

    assert (poland.companies, poland.profiles, poland.profiles_with_partner) == (1, 3, 0)


def test_bases_hide_small_figures_too(firms):
    firms("PL", 2)
    corridors = counted(with_small_figures=False)

    assert count_bases(corridors, with_small_figures=False)[0].profiles is None
