"""The pages on which brokers find duplicates, merge them and undo it."""

import pytest
from django.urls import reverse

from companies.choices import MergeStatus
from companies.models import Company, Merge, NotDuplicate
from companies.services.duplicates import NUMBER_KNOWN
from companies.services.merging.merges import merge_companies
from companies.services.merging.requests import ask_for_merge
from tests import factories
from tests.factories import BENCH
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db


@standing
def twin(aleksandra):
    return factories.company("Stolarnia Dab", host=factories.host("PL"), city="Łomża")


@standing
def foreign_twin(johanna):
    company = factories.company("Stolarnia Dąb Oy", host=factories.host("FI"), owner=johanna)
    factories.contact(company, "Matti Salo")
    return company


@standing
def celina():
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))


@standing
def olli():
    return factories.person("Olli Mäki", role=RoleCode.COORDINATOR, organisation=factories.host("FI"))


@pytest.fixture
def as_broker(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return client


def list_of(company):
    return reverse("company_duplicates", args=[company.public_id])


def merge_of(kept, absorbed):
    return reverse("company_merge", args=[kept.public_id, absorbed.public_id])


def versions(kept, absorbed):
    return {"kept_version": kept.version, "absorbed_version": absorbed.version}


def test_the_list_says_what_looks_alike_and_why(as_broker, polish_company, twin):
    text = as_broker.get(list_of(polish_company)).text

    assert "Stolarnia Dab" in text
    assert "Similar name" in text
    assert merge_of(polish_company, twin) in text


def test_of_a_foreign_company_the_list_shows_name_country_and_broker_only(
    as_broker, polish_company, foreign_twin
):
    text = as_broker.get(list_of(polish_company)).text

    assert "Stolarnia Dąb Oy" in text
    assert "Finland · Johanna Virtanen, Kinno" in text
    assert reverse("company", args=[foreign_twin.public_id]) not in text
    assert "Matti" not in text


def test_a_foreign_company_cannot_be_compared(as_broker, polish_company, foreign_twin):
    assert as_broker.get(merge_of(polish_company, foreign_twin)).status_code == 404
    assert as_broker.post(merge_of(polish_company, foreign_twin)).status_code == 404


def test_the_preview_offers_the_values_that_differ(as_broker, polish_company, twin):
    text = as_broker.get(merge_of(polish_company, twin)).text

    assert 'name="take_city"' in text
    assert 'name="take_country"' not in text
    assert "Łomża" in text
    assert "Nothing but the facts above." in text


def test_choosing_and_merging_leads_to_the_merged_company(as_broker, polish_company, twin):
    answer = as_broker.post(
        merge_of(polish_company, twin),
        versions(polish_company, twin) | {"take_city": "absorbed"},
        follow=True,
    )

    polish_company.refresh_from_db()
    assert answer.redirect_chain[-1][0] == polish_company.get_absolute_url()
    assert polish_company.city == "Łomża"
    assert Company.objects.get(pk=twin.pk).merged_into == polish_company


def test_an_entry_that_changed_meanwhile_is_shown_again_with_what_was_chosen(as_broker, polish_company, twin):
    posted = versions(polish_company, twin) | {"take_city": "absorbed"}
    Company.objects.filter(pk=twin.pk).update(version=7, street="ul. Nowa 1")

    answer = as_broker.post(merge_of(polish_company, twin), posted)

    assert answer.status_code == 400
    assert "changed meanwhile" in answer.text
    assert "ul. Nowa 1" in answer.text
    assert not Merge.objects.exists()


@pytest.mark.parametrize("odd", ["", "x", "1" * 30, "-1", "🙂", "١٢"])
def test_odd_versions_and_choices_merge_nothing(as_broker, polish_company, twin, odd):
    answer = as_broker.post(
        merge_of(polish_company, twin),
        {"kept_version": odd, "absorbed_version": odd, "take_city": odd, "take_owner": "absorbed"},
    )

    assert answer.status_code == 400
    assert not Merge.objects.exists()


@pytest.mark.parametrize("odd", ["", "\0", "🙂", "שלום", "1" * 1000, "x" * 1_000_000])
def test_odd_answers_on_the_list_are_refused(as_broker, polish_company, twin, odd):
    for data in ({"act": "apart", "other": odd}, {"act": odd, "other": twin.public_id}):
        assert 400 <= as_broker.post(list_of(polish_company), data).status_code < 500


def test_two_companies_are_told_apart(as_broker, polish_company, twin):
    as_broker.post(list_of(polish_company), {"act": "apart", "other": twin.public_id})

    assert NotDuplicate.objects.count() == 1
    assert "Nothing looks alike" in as_broker.get(list_of(polish_company)).text


def test_a_company_that_the_page_does_not_name_cannot_be_answered_about(as_broker, polish_company, johanna):
    stranger = factories.company("Aivan Muu", host=factories.host("FI"), owner=johanna)

    answer = as_broker.post(list_of(polish_company), {"act": "apart", "other": stranger.public_id})

    assert answer.status_code == 404


def test_a_coordinator_asks_and_the_other_one_sees_the_request_and_merges(
    client, polish_company, foreign_twin, celina, olli
):
    client.force_login(celina)
    client.post(list_of(polish_company), {"act": "ask_to_keep_theirs", "other": foreign_twin.public_id})
    client.force_login(olli)

    listed = client.get(list_of(foreign_twin)).text
    client.post(merge_of(foreign_twin, polish_company), versions(foreign_twin, polish_company))

    assert merge_of(foreign_twin, polish_company) in listed
    assert Merge.objects.get().status == MergeStatus.MADE
    assert Company.objects.get(pk=polish_company.pk).merged_into == foreign_twin


def test_the_other_coordinator_declines(client, polish_company, foreign_twin, celina, olli):
    ask_for_merge(kept=polish_company, absorbed=foreign_twin, by=factories.actor(celina))
    client.force_login(olli)

    client.post(list_of(foreign_twin), {"act": "decline", "other": polish_company.public_id})

    assert Merge.objects.get().status == MergeStatus.DECLINED
    assert client.get(merge_of(polish_company, foreign_twin)).status_code == 404


def test_undoing_says_what_cannot_go_back(as_broker, polish_company, twin):
    merge = merge_companies(kept=polish_company, absorbed=twin, by=BENCH, take={"city"})
    Company.objects.filter(pk=polish_company.pk).update(city="Ełk")
    address = reverse("company_merge_undo", args=[polish_company.public_id, merge.public_id])

    before = as_broker.get(address).text
    after = as_broker.post(address, follow=True).text

    assert "Town was changed since" in before
    assert "Town was changed since" in after
    assert Company.objects.get(pk=twin.pk).merged_into is None
    assert "undone already" in as_broker.get(address).text


def test_the_coordinator_of_the_absorbed_side_undoes_a_merge(client, olli, polish_company, foreign_twin):
    merge = merge_companies(kept=polish_company, absorbed=foreign_twin, by=BENCH)
    address = reverse("company_merge_undo", args=[polish_company.public_id, merge.public_id])
    client.force_login(olli)

    before = client.get(address)
    after = client.post(address, follow=True)

    assert before.status_code == 200
    assert reverse("company", args=[polish_company.public_id]) + '"' not in before.text
    assert after.redirect_chain == [(list_of(foreign_twin), 302)]
    assert Company.objects.get(pk=foreign_twin.pk).merged_into is None


def test_a_broker_of_the_absorbed_side_finds_no_merge(client, johanna, polish_company, foreign_twin):
    merge = merge_companies(kept=polish_company, absorbed=foreign_twin, by=BENCH)
    client.force_login(johanna)

    answer = client.get(reverse("company_merge_undo", args=[polish_company.public_id, merge.public_id]))

    assert answer.status_code == 404


def test_the_page_of_a_lead_points_to_what_it_may_be(as_broker, twin):
    Company.objects.filter(pk=twin.pk).update(routing_facts=[{"code": NUMBER_KNOWN, "number": "0000123456"}])

    text = as_broker.get(twin.get_absolute_url()).text

    assert "has the same register or VAT number" in text
    assert list_of(twin) in text


def test_the_number_that_a_lead_could_not_keep_leads_to_the_other_entry(as_broker, twin, polish_company):
    Company.objects.filter(pk=polish_company.pk).update(register_number="0000123456", name_key="other")
    Company.objects.filter(pk=twin.pk).update(routing_facts=[{"code": NUMBER_KNOWN, "number": "0000123456"}])

    assert "Same register number" in as_broker.get(list_of(twin)).text


def test_the_address_of_the_absorbed_entry_leads_to_the_company_for_those_who_may_see_it(
    as_broker, client, polish_company, twin, johanna
):
    merge_companies(kept=polish_company, absorbed=twin, by=BENCH)

    own = as_broker.get(twin.get_absolute_url())
    client.force_login(johanna)
    foreign = client.get(twin.get_absolute_url())

    assert own.headers["Location"] == polish_company.get_absolute_url()
    assert foreign.status_code == 404
