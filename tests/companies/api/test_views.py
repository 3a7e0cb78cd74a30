"""Opportunities, as everybody reads them."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from companies.choices import Purpose
from companies.models import CooperationProfile
from companies.services.consents import withdraw_consent
from companies.services.publishing import withdraw_profile
from tests import factories
from tests.api.contract import assert_fits, assert_problem
from tests.standing_scenes import standing

OPPORTUNITIES = "/api/v1/opportunities/"


@standing
def saw_mill(finnish_company):
    return factories.profile(
        finnish_company,
        offered="We saw pine. Sahaamme mäntyä.",
        sought="A furniture maker.",
        type="BO",
        area="OPS",
        domain=factories.domain("FOREST"),
        working_languages=["fi", "en"],
        wished_countries=["PL"],
    )


@standing
def joinery(polish_company):
    return factories.profile(polish_company, offered="Meble z dębu.", language="pl", type="BR", area="MKT")


def references(client, query=""):
    return [item["reference"] for item in client.get(f"{OPPORTUNITIES}{query}").json()["items"]]


def address(profile):
    return f"{OPPORTUNITIES}{profile.reference}/"


def test_an_opportunity_says_what_it_is_about(client, saw_mill):
    answer = client.get(address(saw_mill)).json()

    assert_fits(answer, "Opportunity")
    assert answer["country"] == "FI"
    assert answer["wished_countries"] == ["PL"]
    assert answer["texts"][0]["offered"] == "We saw pine. Sahaamme mäntyä."
    assert answer["last_modified"].endswith("Z")


def test_list_and_detail_say_the_same(client, saw_mill, joinery):
    listed = client.get(OPPORTUNITIES).json()

    assert_fits(listed, "OpportunityPage")
    assert listed["items"] == [client.get(address(profile)).json() for profile in (joinery, saw_mill)]


def test_nothing_tells_whose_opportunity_it_is(client, saw_mill, finnish_company, johanna):
    factories.contact(finnish_company, "Liisa Mäki")
    finnish_company.register_number = "1234567-8"
    finnish_company.website = "https://kymen-saha.example"
    finnish_company.save()

    said = client.get(OPPORTUNITIES).content.decode() + client.get(address(saw_mill)).content.decode()

    for secret in (
        finnish_company.name, finnish_company.public_id, saw_mill.public_id, finnish_company.city,
        finnish_company.register_number, finnish_company.website, finnish_company.host.name,
        finnish_company.host.public_id, johanna.name, johanna.email, "Liisa", "1234567",
    ):  # fmt: skip
        assert secret not in said


@pytest.mark.parametrize("state", ["withdrawn", "without consent", "expired", "draft", "public facts"])
def test_what_is_not_published_any_more_is_gone_at_once(client, saw_mill, finnish_company, state):
    profile = saw_mill
    if state == "withdrawn":
        withdraw_profile(profile=saw_mill, by=factories.BENCH)
    elif state == "without consent":
        withdraw_consent(
            company=finnish_company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
        )
    elif state == "expired":
        CooperationProfile.objects.update(expires_at=timezone.now())
    elif state == "draft":
        CooperationProfile.objects.update(status="draft")
    else:
        CooperationProfile.objects.update(basis="public_source")

    assert references(client) == []
    assert_problem(client.get(address(profile)), 404, "not_found")


def test_consent_that_is_given_again_shows_as_a_change(client, saw_mill, finnish_company):
    withdraw_consent(
        company=finnish_company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
    )
    moment = timezone.now().isoformat().replace("+00:00", "Z")

    factories.consent(finnish_company)

    assert references(client, f"?updated_since={moment}") == [saw_mill.reference]


def test_partner_sites_are_told_whether_they_may_show_it(client, saw_mill, finnish_company):
    before = client.get(address(saw_mill))

    factories.consent(finnish_company, Purpose.SYNDICATE)

    after = client.get(address(saw_mill), headers={"If-None-Match": before.headers["ETag"]})
    assert (before.json()["may_be_republished"], after.json()["may_be_republished"]) == (False, True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?type=BO", ["saw_mill"]),
        ("?type=BO&type=BR", ["joinery", "saw_mill"]),
        ("?country=FI", ["saw_mill"]),
        ("?country=EE", []),
        ("?domain=FOREST", ["saw_mill"]),
        ("?area=MKT", ["joinery"]),
        ("?language=pl", ["joinery"]),
        ("?language=fi", []),
        ("?q=MANTYA", ["saw_mill"]),
        ("?q=debu%20meble", ["joinery"]),
        ("?q=debu%20pine", []),
        ("?q=%25%25", []),
        ("?open_for_interest=false", []),
        ("?open_for_interest=true", ["joinery", "saw_mill"]),
        ("?updated_since=2020-01-01T00:00:00Z", ["saw_mill", "joinery"]),
        ("?updated_since=2999-01-01", []),
        ("?updated_since=2999-01-01T00:00:00%2B02:00", []),
    ],
)
def test_opportunities_are_narrowed(client, saw_mill, joinery, query, found):
    profiles = {"saw_mill": saw_mill.reference, "joinery": joinery.reference}

    assert references(client, query) == [profiles[name] for name in found]


def test_a_reader_who_has_it_gets_it_again_only_after_a_change(client, saw_mill, django_assert_num_queries):
    first = client.get(address(saw_mill))

    with django_assert_num_queries(1):
        same = client.get(address(saw_mill), headers={"If-None-Match": first.headers["ETag"]})
    CooperationProfile.objects.update(open_for_interest=False)
    changed = client.get(address(saw_mill), headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert (changed.status_code, changed.json()["open_for_interest"]) == (200, False)


@standing
def twenty(finnish_company):
    """Twenty opportunities, several of them published in the same moment."""
    now = timezone.now()
    return [
        factories.profile(finnish_company, now=now - timedelta(minutes=number // 3)) for number in range(20)
    ]


@pytest.mark.parametrize("query", ["?limit=3", "?limit=3&updated_since=2020-01-01T00:00:00Z"])
def test_a_walk_while_rows_come_and_go_gives_every_untouched_row_once(client, polish_company, twenty, query):
    leaving, gone, seen, url = twenty[::4], set(), [], f"{OPPORTUNITIES}{query}"

    while url:
        page = client.get(url).json()
        seen += [item["reference"] for item in page["items"]]
        url = page["next"]
        if leaving:
            factories.profile(polish_company, offered="A new row.")
            gone.add(withdraw_profile(profile=leaving.pop(), by=factories.BENCH).reference)

    untouched = {profile.reference for profile in twenty} - gone
    assert untouched <= set(seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("where", ["other list", "other order", "cut", "changed", "junk"])
def test_a_cursor_works_only_where_it_came_from(client, twenty, where):
    next_url = client.get(f"{OPPORTUNITIES}?limit=3").json()["next"]
    cursor = next_url.partition("cursor=")[2]
    asked = {
        "other list": f"/api/v1/regions/?cursor={cursor}",
        "other order": f"{OPPORTUNITIES}?updated_since=2020-01-01T00:00:00Z&cursor={cursor}",
        "cut": f"{OPPORTUNITIES}?cursor={cursor[:-1]}",
        "changed": f"{OPPORTUNITIES}?cursor={'X' + cursor[1:]}",
        "junk": f"{OPPORTUNITIES}?cursor=%F0%9F%8C%B2.%C3%A9",
    }[where]

    assert_problem(client.get(asked), 400, "invalid_cursor")


def test_filters_stay_on_the_next_page(client, twenty):
    page = client.get(f"{OPPORTUNITIES}?limit=3&country=FI&type=BO&type=TO").json()

    assert "limit=3&country=FI&type=BO&type=TO&cursor=" in page["next"]
    assert json.dumps(client.get(page["next"]).json()["items"]) != json.dumps(page["items"])
