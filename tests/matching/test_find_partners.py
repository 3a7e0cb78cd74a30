"""Finding partners for a typed request or a company, as the command tells it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from companies.choices import Purpose
from companies.services.consents import withdraw_consent
from matching.services import partners, vectors
from matching.services.partners import Request, find_for_request
from tests import factories
from tests.matching.conftest import as_it_stands
from tibs.accounts.actor import VISITOR
from tibs.core.errors import BadInputError, NotAllowedError


@pytest.fixture(scope="module")
def encoded():
    """What each encoder made of the market."""
    return {}


@pytest.fixture
def encoded_market(standing_market, encoded, db):
    version = vectors.encoding_version()
    if version not in encoded:
        encoded[version] = vectors.encode(standing_market)
    vectors.store(encoded[version])
    return as_it_stands(standing_market)


def told(**options):
    out = StringIO()
    call_command("find_partners", stdout=out, **options)
    return out.getvalue()


def asked(text, country="PL", top=10):
    request = Request(text=text, language="en", country=country)
    return find_for_request(request=request, by=factories.BENCH, top=top)


def test_a_request_finds_foreign_firms_that_offer_it(encoded_market):
    found = asked("We need oak boards and glued beams.")

    assert found[0].profile.company.name.endswith(" 0")
    assert "PL" not in {partner.profile.company.country_id for partner in found}
    assert [partner.rank for partner in found] == list(range(1, len(found) + 1))


def test_json_is_one_object_a_partner_with_what_a_program_needs(encoded_market):
    lines = told(text="Oak boards, planed", country="PL", json=True, top=3).splitlines()

    first = json.loads(lines[0])
    assert len(lines) == 3
    assert set(first) == {"id", "external_id", "name", "country", "score", "parts", "reasons"}
    assert first["id"].startswith("cmp_")
    contributions = [value for parts in first["parts"].values() for value in parts.values()]
    assert sum(contributions) == pytest.approx(first["score"], abs=1e-5)


def test_a_company_is_searched_with_its_newest_profile(encoded_market):
    company = encoded_market[0].company

    lines = told(company=company.public_id, json=True).splitlines()

    assert json.loads(lines[0])["name"].endswith(" 1")


def test_public_facts_are_found_by_brokers_and_only_offer(encoded_market):
    imported = factories.company("Listed Oak SA", host=factories.host("FI"), external_id="x1")
    facts = factories.public_facts(imported, offered="Oak boards, oak beams, oak planks.")
    vectors.store(vectors.encode([facts.pk]))

    found = asked("oak boards, oak beams, oak planks")

    listed = next(partner for partner in found if partner.profile.company == imported)
    assert listed.explanation.one_direction
    assert listed.score == pytest.approx(listed.explanation.forward.value / 2)


def test_a_withdrawn_consent_takes_a_firm_out_of_the_next_search(encoded_market):
    best = asked("We need oak boards and glued beams.")[0].profile

    withdraw_consent(
        company=best.company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
    )

    assert best not in [partner.profile for partner in asked("We need oak boards and glued beams.")]


def test_consent_is_asked_again_when_the_snapshot_is_already_in_memory(encoded_market, monkeypatch):
    best = asked("We need oak boards and glued beams.")[0].profile
    signature = partners._signature()
    monkeypatch.setattr(partners, "_signature", lambda: signature)

    withdraw_consent(
        company=best.company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
    )

    assert best not in [partner.profile for partner in asked("We need oak boards and glued beams.")]


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "x" * 2001])
def test_a_request_that_says_nothing_or_too_much_is_refused_by_field(db, text):
    with pytest.raises(BadInputError) as refusal:
        asked(text)

    assert "text" in refusal.value.fields


@pytest.mark.parametrize("text", ["oak 🙂", "مرحبا بالعالم", "a" * 1999, "<b>&amp;</b>", "10" * 30])
def test_odd_texts_are_searched_without_fuss(encoded_market, text):
    assert isinstance(asked(text), list)


def test_visitors_cannot_search(db):
    with pytest.raises(NotAllowedError):
        find_for_request(request=Request("oak", "en", "PL"), by=VISITOR)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"company": "cmp_0000000000000000"}, "There is no company"),
        ({"text": "oak"}, "--text needs --country"),
        ({"text": "oak", "country": "PL", "top": 0}, "from 1 up"),
        ({"text": "", "country": "PL"}, "Say what kind of partner"),
        ({"text": "oak", "country": "POLAND"}, "The home country is one of"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(db, options, said):
    with pytest.raises(CommandError, match=said):
        told(**options)


@pytest.mark.real_encoder
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Szukamy oprogramowania, które planuje trasy samochodów dostawczych."),
        ("fi", "Etsimme ohjelmistoa, joka suunnittelee jakeluautojen reitit."),
        ("da", "Vi søger software, der planlægger ruter for varebiler."),
        ("de", "Wir suchen Software, die Routen von Lieferwagen plant."),
        ("et", "Otsime tarkvara, mis planeerib kaubikute marsruute."),
        ("lt", "Ieškome programinės įrangos, kuri planuoja pristatymo automobilių maršrutus."),
        ("lv", "Meklējam programmatūru, kas plāno piegādes automašīnu maršrutus."),
        ("en", "We seek software that plans the routes of delivery vans."),
    ],
)
def test_each_of_the_eight_languages_finds_the_makers_of_the_software(encoded_market, language, text):
    request = Request(text=text, language=language, country="PL")

    found = find_for_request(request=request, by=factories.BENCH, top=3)

    assert all(partner.profile.company.name.endswith(" 2") for partner in found)
