"""What a card says: numbers that add up, words of both sides, and no name that the reader may not know."""

import re

import pytest
from django.utils.translation import override

from companies.models import Company, ProfileText
from matching import selectors, wording
from matching.engine import blocks
from matching.engine.explain import Direction, Explanation, Part, Reason
from matching.models import Match
from matching.presenting.cards import (
    card_of_match,
    card_of_partner,
    groups_of,
    own_profile,
    own_request,
    score_bars,
)
from matching.services import runs, vectors
from matching.services.cards import cards_of
from matching.services.partners import Request, find_for_request
from tests import factories
from tests.matching.conftest import finish

pytestmark = pytest.mark.django_db


def cards_for(profile, actor):
    page = selectors.page_of_matches(profile, actor, "")
    own = own_profile(profile)
    return [card_of_match(card, own, actor) for card in cards_of(profile, page.rows)]


@pytest.fixture
def matched(market):
    finish(runs.request_run(by=factories.BENCH))
    return market


@pytest.fixture
def broker_of():
    return lambda profile: factories.actor(profile.company.owner)


def test_the_parts_that_a_reader_sees_add_up_to_the_score_that_he_sees(matched, broker_of):
    for profile in matched[:6]:
        for card in cards_for(profile, broker_of(profile)):
            shown = [round(bar.value, 2) for bar in card.stacked.bars]
            told = [round(bar.value, 3) for bar in card.signed.bars]
            assert round(sum(shown), 2) == pytest.approx(round(card.score, 2), abs=1e-9)
            assert round(sum(told), 3) == pytest.approx(round(card.score, 3), abs=1e-9)


def test_a_card_quotes_both_sides_in_their_own_languages(matched, broker_of):
    profile = matched[0]
    ProfileText.objects.filter(profile__in=matched[6:]).update(language="fi")

    ways = cards_for(profile, broker_of(profile))[0].directions

    assert [way.seeks_is_ours for way in ways] == [True, False]
    assert ways[0].seeks.text == "A joinery that builds stairs from oak boards."
    assert (ways[0].seeks.language, ways[0].offers.language) == ("en", "fi")


def test_an_anonymous_partner_is_called_by_what_it_is_about(matched, broker_of):
    profile = matched[0]

    cards = cards_for(profile, broker_of(profile))

    assert cards
    assert all(card.is_anonymous and not card.website for card in cards)
    assert all(card.url.startswith("/p/TIBS-") for card in cards)
    assert not any(re.search(r"Firm \w\w \d", repr(card)) and "Firm PL" not in repr(card) for card in cards)
    assert {card.partner_name for card in cards} == {"The partner"}


def test_public_facts_come_with_name_and_website(polish_company, finnish_company, aleksandra):
    finnish_company.website = "https://saha.example"
    finnish_company.save()
    profile, facts = factories.profile(polish_company), factories.public_facts(finnish_company)
    factories.match(profile, facts)

    card = cards_for(profile, factories.actor(aleksandra))[0]

    assert (card.name, card.website) == (finnish_company.name, "https://saha.example")
    assert card.is_public_source
    assert not card.is_anonymous


def test_a_website_with_another_scheme_is_no_link(polish_company, finnish_company, aleksandra):
    finnish_company.website = "javascript:alert(1)"
    finnish_company.save()
    profile = factories.profile(polish_company)
    factories.match(profile, factories.public_facts(finnish_company))

    assert cards_for(profile, factories.actor(aleksandra))[0].website == ""


def test_a_text_that_changed_after_the_matching_still_has_its_parts(
    polish_company, finnish_company, aleksandra
):
    profile, partner = factories.profile(polish_company), factories.profile(finnish_company)
    match = factories.match(profile, partner, forward=0.4, backward=0.2)

    card = cards_for(profile, factories.actor(aleksandra))[0]

    assert card.score == pytest.approx(match.score)
    assert card.signed.total == pytest.approx(match.score, abs=0.001)
    assert [way.score for way in card.directions] == [0.4, 0.2]
    assert "The next matching" in card.notice


@pytest.mark.parametrize("is_first", [True, False])
def test_each_side_sees_its_own_request_first(polish_company, finnish_company, is_first):
    one = factories.profile(polish_company, offered="Oak.", sought="A saw.")
    other = factories.profile(finnish_company, offered="Saws.", sought="Oak wood.")
    factories.match(one, other, forward=0.5, backward=0.1)
    profile, expected = (one, 0.5) if is_first else (other, 0.1)

    card = cards_for(profile, factories.actor(profile.company.owner))[0]

    assert card.directions[0].seeks_is_ours
    assert card.directions[0].score == expected


def test_a_silent_side_is_said_and_counts_nothing(polish_company, finnish_company, aleksandra):
    profile = factories.profile(polish_company, offered="Oak boards.", sought="")
    factories.profile(finnish_company, offered="Saws.", sought="Oak boards.")
    finish(runs.request_run(by=factories.BENCH))

    card = cards_for(profile, factories.actor(aleksandra))[0]

    assert card.directions[0].seeks is None
    assert card.directions[0].score == 0
    assert "one direction" in card.notice
    assert "half" in card.notice


def test_a_typed_request_shows_its_one_direction_without_blaming_itself(market, aleksandra):
    vectors.store(vectors.encode([profile.pk for profile in market]))
    actor = factories.actor(aleksandra)
    request = Request("Oak boards and glued beams.", "en", "PL")

    partners = find_for_request(request=request, by=actor)
    card = card_of_partner(partners[0], own_request(request), actor)

    assert len(card.directions) == 1
    assert card.directions[0].seeks.text == "Oak boards and glued beams."
    assert card.notice == ""
    assert "Your profile" not in card.missing


def explanation(*contributions):
    parts = tuple(
        Part(block, blocks.LABELS[block], value, value)
        for block, value in zip(blocks.BLOCKS, contributions, strict=False)
    )
    total = sum(contributions)
    empty = Direction(0, False, (), None, None)
    return Explanation(total, Direction(total, True, parts, None, None), empty, (), "", "", (), "")


def test_a_part_that_lowers_the_score_is_drawn_to_the_left():
    _stacked, signed = score_bars(explanation(-0.05, 0.2))

    assert [bar.tone for bar in signed.bars] == ["minus", "1"]
    assert signed.total == pytest.approx(0.15)


def test_cards_are_parted_where_the_word_changes(matched, broker_of):
    cards = cards_for(matched[0], broker_of(matched[0]))

    groups = groups_of(cards)

    assert [card for group in groups for card in group.cards] == cards
    assert all(len({card.score_word for card in group.cards}) == 1 for group in groups)


@pytest.mark.parametrize(
    ("score", "word"),
    [(0.5, "strong"), (0.35, "strong"), (0.3, "good"), (0.2, "possible"), (0.14, "weak"), (0, "weak")],
)
def test_scores_have_words(score, word):
    assert wording.word_for(wording.strength_of(score)).startswith(word)


def test_reasons_beside_quotes_are_short_and_seen_from_the_reader():
    ways = [Reason(blocks.TEXT, way, "The offer fits.", 0.1, 0.1) for way in ("forward", "backward")]

    assert [wording.short_reason(way) for way in ways] == [
        "They offer what you seek.",
        "You offer what they seek.",
    ]


def test_titles_come_in_the_language_of_the_reader(polish_company, finnish_company, aleksandra):
    profile, partner = factories.profile(polish_company), factories.profile(finnish_company, language="fi")
    ProfileText.objects.create(profile=partner, language="pl", title="Tarcica sosnowa")
    factories.match(profile, partner)
    with override("pl"):
        card = cards_for(profile, factories.actor(aleksandra))[0]

    assert (card.name, card.name_language) == ("Tarcica sosnowa", "pl")
    assert Match.objects.count() == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "division", "narrowest"),
    [
        ("16.11", "16.11", "16", "16.11"),
        ("16.11", "16.12", "16", "16.1"),
        ("16.11", "16.28", "16", "16"),
        ("16.11", "31.00", "", ""),
        (None, "16.11", "", ""),
    ],
)
def test_a_card_names_the_branch_that_both_share_and_no_class_of_an_anonymous_firm(
    matched, broker_of, ours, theirs, division, narrowest
):
    profile = matched[0]
    partner = Match.objects.of_profile(profile).first()
    other = partner.second if partner.first_id == profile.pk else partner.first
    for code in {ours, theirs} - {None}:
        factories.nace(code)
    for side, code in ((profile, ours), (other, theirs)):
        Company.objects.filter(pk=side.company_id).update(nace=code)

    own = own_profile(profile)
    card = cards_of(profile, [selectors.with_sides(Match.objects.filter(pk=partner.pk)).get()])[0]

    anonymous = card_of_match(card, own, broker_of(profile)).shared_code
    known = card_of_match(card, own, factories.BENCH).shared_code
    assert anonymous.split(" ")[0] == division
    assert known.split(" ")[0] == narrowest
