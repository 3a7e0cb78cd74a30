"""The pages of the matching, as brokers see them."""

import pytest
from django.urls import reverse

from companies.choices import Purpose
from companies.models import Company, ProfileText
from companies.services.consents import withdraw_consent
from companies.services.publishing import withdraw_profile
from matching.models import Match
from matching.services import runs, vectors
from matching.services.partners import LONGEST_REQUEST
from tests import factories
from tests.matching.conftest import finish
from tests.standing_scenes import standing

CANARY = "Kanarek Sp. z o.o."


@standing
def pair(polish_company, finnish_company):
    """A profile of Aleksandra's firm and the match that it has in Finland."""
    return factories.match(factories.profile(polish_company), factories.profile(finnish_company))


@pytest.fixture
def matches(client, aleksandra_in_english, pair):
    client.force_login(aleksandra_in_english)
    return lambda **query: client.get(reverse("profile_matches", args=[pair.first.public_id], query=query))


def test_partners_are_listed_with_score_in_number_and_word(matches):
    text = matches().text

    assert "Good match" in text
    assert "0.3" in text


def test_nobody_reads_the_name_of_an_anonymous_partner(client, aleksandra_in_english, market):
    """The canary: every foreign firm has the same telling name, and no page of the matching may sing it."""
    Company.objects.exclude(country="PL").update(
        name=CANARY, city="Kanarkowo", website="https://kanarek.example"
    )
    finish(runs.request_run(by=factories.BENCH))
    client.force_login(aleksandra_in_english)
    profile = market[0]
    Company.objects.filter(pk=profile.company_id).update(owner=aleksandra_in_english)
    pages = [
        reverse("profile_matches", args=[profile.public_id]),
        reverse("partner_search", query={"text": "Oak boards", "language": "en", "country": "PL"}),
        reverse("partner_search", query={"profile": profile.public_id}),
        reverse("company", args=[profile.company.public_id]),
        reverse("broker_home"),
    ]

    answers = [client.get(address) for address in pages]

    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert all("anar" not in answer.text for answer in answers)
    assert "Anonymous" in answers[0].text


def test_a_partner_who_withdrew_consent_is_gone_at_once(matches, finnish_company):
    withdraw_consent(
        company=finnish_company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
    )

    assert "No partner fits at present" in matches().text


def test_a_profile_that_was_withdrawn_shows_no_partners(matches, pair):
    withdraw_profile(profile=pair.first, by=factories.BENCH)

    text = matches().text

    assert "not open for matching" in text
    assert "match__score" not in text


def test_ten_partners_stand_on_a_page_and_the_rest_on_the_next(matches, pair):
    for number in range(13):
        company = factories.company(f"Yritys {number}", host=factories.host("FI"))
        factories.match(pair.first, factories.profile(company), forward=0.3 + number / 100)
    first = matches()

    links = first.context["links"]
    second = matches(cursor=links.next.split("cursor=")[1])

    shown = [
        card.public_id
        for answer in (first, second)
        for group in answer.context["groups"]
        for card in group.cards
    ]
    assert first.text.count('class="match__score"') == 10
    assert second.text.count('class="match__score"') == 4
    assert shown == list(Match.objects.order_by("-score", "public_id").values_list("public_id", flat=True))


def test_a_broken_link_into_the_list_shows_its_beginning(matches):
    answer = matches(cursor="broken")

    assert answer.status_code == 400
    assert "does not work any more" in answer.text
    assert answer.text.count('class="match__score"') == 1


def test_weak_partners_wait_behind_a_click_after_better_ones(matches, pair):
    weak = factories.company("Heikko Oy", host=factories.host("FI"))
    factories.match(pair.first, factories.profile(weak), forward=0.05, backward=0.05)

    assert "1 weak match" in matches().text


def test_no_good_partner_is_a_valid_answer(matches, pair):
    Match.objects.update(score=0.05, forward=0.05, backward=0.05)
    Match.objects.update(parts={"forward": {"text": 0.05}, "backward": {"text": 0.05}})

    assert "There is no good match at present" in matches().text


@pytest.fixture
def search(client, aleksandra_in_english, market):
    """The search over firms whose texts are read."""
    vectors.store(vectors.encode([profile.pk for profile in market]))
    client.force_login(aleksandra_in_english)
    return lambda **query: client.get(reverse("partner_search"), query)


def test_a_request_finds_partners_abroad(search):
    answer = search(text="Oak boards and glued beams", language="en", country="PL")

    assert answer.text.count('class="match__score"') > 2
    assert "Your request seeks" in answer.text


def test_the_form_knows_the_country_of_the_broker(search):
    form = search().context["form"]

    assert form["country"].initial == "PL"
    assert form["language"].initial == "en"


def test_language_and_country_may_be_left_out_of_an_address(search):
    assert search(text="Oak boards").context["form"].is_valid()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Say what kind of partner is sought"),
        ("   ", "Say what kind of partner is sought"),
        ("🪵", "Say in words what kind of partner is sought"),
        ("a " * LONGEST_REQUEST, "at most 2,000 characters"),
        ("ą" * 1_000_000, "at most 2,000 characters"),
    ],
)
def test_a_request_that_cannot_be_searched_is_told_why(search, text, words):
    answer = search(text=text, language="en", country="PL")

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert 'href="#id_text"' in answer.text
    assert words in answer.text


def test_what_was_typed_stays_in_the_form(search):
    answer = search(text="Oak <b>boards</b>", language="xx", country="PL")

    assert "Oak &lt;b&gt;boards&lt;/b&gt;" in answer.text
    assert 'href="#id_language"' in answer.text


@pytest.mark.parametrize(
    "text", ["نبحث عن ألواح", "‮drao‬ b", "Dąb & <script>alert(1)</script>", "木の板を探す"]
)
def test_any_script_is_searched_and_shown_as_text(search, text):
    answer = search(text=text, language="en", country="PL")

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_text_that_no_database_can_hold_is_refused(search):
    assert search(text="oak\0boards", language="en", country="PL").status_code == 400


def test_a_profile_can_be_searched_now(search, market):
    answer = search(profile=market[0].public_id)

    assert "found just now" in answer.text
    assert answer.text.count('class="match__score"') > 2


def test_a_profile_that_was_not_read_yet_is_told_so(client, aleksandra_in_english, polish_company):
    client.force_login(aleksandra_in_english)

    answer = client.get(
        reverse("partner_search", query={"profile": factories.profile(polish_company).public_id})
    )

    assert "The next matching reads this profile" in answer.text


@pytest.mark.parametrize("public_id", ["prf_0000000000000000", "nonsense", ""])
def test_a_profile_that_is_not_there_is_not_found(search, public_id):
    assert search(profile=public_id).status_code == 404


def test_the_profile_of_another_organisation_is_not_found(client, johanna, pair):
    client.force_login(johanna)

    assert client.get(reverse("partner_search", query={"profile": pair.first.public_id})).status_code == 404
    assert client.get(reverse("profile_matches", args=[pair.first.public_id])).status_code == 404


def test_a_search_costs_few_queries(search, django_assert_max_num_queries):
    search(text="Oak boards", language="en", country="PL")

    with django_assert_max_num_queries(14):
        search(text="Rye bread", language="en", country="PL")


def test_ten_matches_cost_as_many_queries_as_one(matches, pair, django_assert_max_num_queries):
    vectors.store(vectors.encode([pair.first_id, pair.second_id]))
    for number in range(12):
        company = factories.company(f"Yritys {number}", host=factories.host("FI"))
        factories.match(pair.first, factories.profile(company))

    with django_assert_max_num_queries(14):
        matches()


def test_only_brokers_search(client, signe):
    client.force_login(signe)

    answer = client.get(reverse("partner_search"))

    assert answer.status_code == 403
    assert "You may not do this" in answer.text
    assert not ProfileText.objects.exists()
