"""A token in every personal column of a firm is found by the export and gone after the erasure (G-2, G-3)."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache

from companies.data_map import Kind, tables
from companies.services.erasure import erase_company
from companies.services.export import export_of, readable
from tests import factories
from tests.companies.canaries import firm_with_everything, plant, rows_holding, tables_of_firms
from tests.standing_scenes import standing
from tibs.accounts.models import User
from tibs.events.services.sealing import seal_records, verify

pytestmark = pytest.mark.django_db


@standing
def ewa():
    return factories.person("Ewa Lis")


@pytest.fixture
def planted(polish_company, ewa, aleksandra):
    firm_with_everything(polish_company, ewa, aleksandra)
    return plant(polish_company)


def test_every_table_of_firms_has_a_canary(planted):
    """Except the numbers that a machine made of a text."""
    with_words = {place.rsplit(".", 1)[0] for place in planted}
    personal = {table.label for table in tables_of_firms() if table.columns(Kind.PERSONAL)}

    assert personal - with_words == {"matching.ProfileVector"}
    assert len(planted) > 30


def test_export_holds_every_personal_canary_and_no_secret(planted, polish_company, ewa):
    found = export_of(company=polish_company, by=factories.actor(ewa)).as_json().decode()

    def kind(place):
        label, column = place.rsplit(".", 1)
        return tables()[label].kinds[column]

    personal = {place for place in planted if kind(place) == Kind.PERSONAL}
    assert {place for place, token in planted.items() if token in found} == personal
    assert json.loads(found)["company"] == polish_company.public_id


def test_export_for_people_holds_what_is_not_for_machines(planted, polish_company, ewa):
    export = export_of(company=polish_company, by=factories.actor(ewa))

    text = json.dumps(readable(export, "en"), ensure_ascii=False)

    hidden = {
        "companies.Company.search_text",
        "companies.Company.name_key",
        "companies.CooperationProfile.search_text",
    }
    missing = {
        place
        for place, token in planted.items()
        if token not in text
        and tables()[place.rsplit(".", 1)[0]].kinds[place.rsplit(".", 1)[1]] == Kind.PERSONAL
    }
    assert missing == hidden


def test_erasure_leaves_no_canary_anywhere(planted, polish_company, ewa):
    cache.set("something", "of nobody")
    assert len(rows_holding("anary")) > 10

    erase_company(company=polish_company, by=factories.actor(ewa), reason="asked")

    assert rows_holding("anary") == {}
    assert not any("anary" in str(cache.get(key)) for key in ("something",))


def test_erasure_names_every_column_that_held_a_canary(planted, polish_company, ewa):
    erased = erase_company(company=polish_company, by=factories.actor(ewa), reason="asked")

    assert set(planted) <= set(erased.names)
    assert all(words for _thing, words in erased.in_words)


def test_account_and_its_sessions_are_gone(planted, polish_company, ewa):
    erase_company(company=polish_company, by=factories.actor(ewa), reason="asked")

    assert not User.objects.filter(pk=ewa.pk).exists()
    assert not Session.objects.exists()


def test_neighbour_keeps_its_canaries(polish_company, finnish_company, ewa, aleksandra, johanna):
    """The negative control: what belongs to another firm is neither exported nor erased."""
    firm_with_everything(polish_company, ewa, aleksandra)
    aino = factories.person("Aino Salo")
    factories.contact(finnish_company, "Aino Salo", user=aino)
    theirs = plant(finnish_company)

    export = export_of(company=polish_company, by=factories.actor(ewa)).as_json().decode()
    erase_company(company=polish_company, by=factories.actor(ewa), reason="asked")

    assert theirs
    assert [token for token in theirs.values() if token in export] == []
    assert [token for token in theirs.values() if not rows_holding(token)] == []


def test_forgotten_column_would_be_found(planted, polish_company, ewa, monkeypatch):
    """Were a column not tagged, its canary would survive: the test above can fail."""
    monkeypatch.setitem(tables()["companies.Interaction"].kinds, "content", Kind.NONE)

    erase_company(company=polish_company, by=factories.actor(ewa), reason="asked")

    assert rows_holding(planted["companies.Interaction.content"]) == {"companies_interaction": 1}


def test_audit_trail_still_proves_itself(planted, polish_company, ewa):
    seal_records()

    erase_company(company=polish_company, by=factories.actor(ewa), reason="asked")
    seal_records()

    assert verify().reason == ""
