"""Taking the contact data of several companies along."""

import pytest

from companies.models import Disclosure
from tests import factories

ADDRESS = "/companies/contacts/export/"


@pytest.fixture
def contacts(client, aleksandra_in_english, polish_company):
    """Two contacts of Aleksandra's firm, who has just logged in."""
    client.force_login(aleksandra_in_english)
    return [factories.contact(polish_company, name) for name in ("Eva Kask", "=Adam Lis")]


def test_the_page_says_what_the_companies_will_see_and_notes_nothing_yet(client, contacts, polish_company):
    text = client.get(ADDRESS, {"company": polish_company.public_id}).text

    assert "2 people" in text
    assert "Each company sees afterwards" in text
    assert contacts[0].email not in text
    assert not Disclosure.objects.exists()


def test_each_row_of_the_file_is_noted_for_its_company(client, contacts, polish_company, aleksandra):
    answer = client.post(ADDRESS, {"company": polish_company.public_id})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert contacts[0].email in answer.text
    assert "'=Adam Lis" in answer.text
    assert {(row.contact, row.reader, row.way) for row in Disclosure.objects.all()} == {
        (contact, aleksandra, "export") for contact in contacts
    }


def test_companies_of_others_are_not_found(client, contacts, finnish_company):
    factories.contact(finnish_company)

    assert client.post(ADDRESS, {"company": finnish_company.public_id}).status_code == 404
    assert not Disclosure.objects.exists()


def test_nothing_chosen_says_what_to_do(client, contacts):
    assert "There is nothing to export" in client.post(ADDRESS).text


def test_who_only_reads_takes_nothing_along(client, signe, polish_company):
    factories.contact(polish_company)
    client.force_login(signe)

    assert client.post(ADDRESS, {"company": polish_company.public_id}).status_code == 403
