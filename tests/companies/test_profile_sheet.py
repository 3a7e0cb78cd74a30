from dataclasses import asdict
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from companies.choices import SizeClass
from companies.models import CooperationProfile, ProfileText, ResearchCall
from companies.profile_sheet import coarse_region, sheet_of, with_sheet
from companies.services.profiles import draft_profile
from tests import factories
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db
POLISH = {
    "language": "pl",
    "is_original": True,
    "title": "Deski",
    "summary": "Deski dębowe",
    "offered": "Strugamy.",
    "sought": "Szukamy tartaku.",
}
ENGLISH = {"language": "en", "title": "Boards", "summary": "Oak boards"}
SECRETS = {
    "name": "Stolarnia Dąb sp. z o.o.",
    "register_number": "0000123456",
    "vat_number": "PL7740001454",
    "website": "https://stolarniadab.example",
    "street": "Leśna 7",
    "postcode": "30-001",
    "city": "Wieliczka",
}


@standing
def secretive(polish_host):
    company = factories.company(
        host=polish_host, region=factories.region("PL"), size_class=SizeClass.SMALL, **SECRETS
    )
    factories.contact(company, "Zenobia Kruk")
    return company


@standing
def polish_host():
    return factories.host("PL")


def written(company, *texts, **values):
    given = {"type": "BO", "area": "OPS"} | values
    made = draft_profile(company=company, texts=list(texts), by=factories.BENCH, **given)
    return with_sheet(CooperationProfile.objects.all()).get(pk=made.pk)


def drawn(sheet):
    return render_to_string("companies/profile_sheet.html", {"sheet": sheet})


def test_sheet_says_country_coarse_region_size_and_nothing_that_names_the_company(secretive):
    profile = written(secretive, POLISH, ENGLISH)

    sheet = sheet_of(profile, "en")
    page = drawn(sheet)

    assert (sheet.country, sheet.size) == (secretive.country.name, "Small")
    assert sheet.region == secretive.region.parent.name
    said = f"{asdict(sheet)} {page}"
    for secret in (*SECRETS.values(), "Zenobia", "Kruk", secretive.public_id, secretive.region.name):
        assert secret not in said


def test_region_that_is_the_whole_country_is_not_said(secretive):
    secretive.region = secretive.region.parent.parent
    secretive.region.code = "PL0"

    assert coarse_region(secretive) == ""


def test_words_come_in_the_readers_language_and_say_so_where_they_do_not(secretive):
    profile = written(secretive, POLISH, ENGLISH)

    with override("fi"):
        sheet = sheet_of(profile)

    assert (sheet.title.text, sheet.title.language) == ("Boards", "en")
    assert {part.words.language for part in sheet.parts} == {"pl"}
    assert all(part.words.language_name for part in sheet.parts)
    assert "shown in: Polish" in drawn(sheet_of(profile, "en"))
    assert sheet_of(profile, "pl").parts[0].words.language_name == ""


@pytest.mark.parametrize(
    ("kind", "order", "first"),
    [
        ("BO", ["offered", "sought"], "What the firm offers"),
        ("TO", ["offered", "sought"], "What the firm offers"),
        ("BR", ["sought", "offered"], "What the firm seeks"),
        ("TR", ["sought", "offered"], "What the firm seeks"),
        ("RDR", ["sought", "offered"], "What the firm seeks"),
    ],
)
def test_offers_begin_with_what_is_offered_and_requests_with_what_is_sought(secretive, kind, order, first):
    sheet = sheet_of(written(secretive, POLISH, type=kind), "en")

    assert [part.code for part in sheet.parts] == order
    assert sheet.parts[0].heading == first


def test_profile_without_a_title_is_called_by_its_type_and_country(secretive):
    sheet = sheet_of(written(secretive, POLISH | {"title": ""}), "en")

    assert sheet.title.text == f"Business offer from {secretive.country.name}"


def test_call_is_shown_for_requests_for_research_partners_only(secretive):
    profile = written(secretive, POLISH, type="RDR")
    ResearchCall.objects.create(
        profile=profile,
        programme="Horizon Europe",
        title="HORIZON-CL4-2027-01",
        interest_until=date(2027, 1, 10),
        closing_date=date(2027, 2, 10),
        weeks=104,
        budget=2500,
    )
    again = with_sheet(CooperationProfile.objects.all()).get(pk=profile.pk)

    assert ("Framework programme", "Horizon Europe") in sheet_of(again, "en").call
    assert ("Duration", "104 weeks") in sheet_of(again, "en").call
    again.type = "TR"
    assert sheet_of(again, "en").call == []


@pytest.mark.parametrize("words", ["<script>x()</script>", "‮right to left", "🙂" * 200])
def test_hostile_words_stay_words(secretive, words):
    profile = written(secretive, POLISH)
    ProfileText.objects.filter(profile=profile).update(offered=words)
    again = with_sheet(CooperationProfile.objects.all()).get(pk=profile.pk)

    assert "<script" not in drawn(sheet_of(again, "en"))


def test_sheet_costs_one_query_more_for_wished_countries_only(secretive, django_assert_num_queries):
    factories.country("FI")
    plain = written(secretive, POLISH)
    wishing = written(secretive, POLISH, wished_countries=["FI"])

    with django_assert_num_queries(0):
        sheet_of(plain, "en")
    with django_assert_num_queries(1):
        sheet_of(wishing, "en")
