"""A broker merges two entries of one company in a real browser, and takes them apart again."""

import pytest

from companies.models import Company
from tests import factories


@pytest.fixture
def twin(aleksandra_in_english, polish_company, johanna, sign_in):
    """Another entry of Aleksandra's firm, beside one of another organisation; Aleksandra is signed in."""
    company = factories.company("Stolarnia Dab sp. z o.o.", host=factories.host("PL"), city="Łomża")
    factories.contact(company, "Ewa Lis")
    factories.next_step(company)
    factories.next_step(polish_company)
    factories.company("Stolarnia Dąb Oy", host=factories.host("FI"), owner=johanna)
    sign_in(aleksandra_in_english)
    return company


def test_merge_and_undo(page, live_server, polish_company, twin, faults):
    page.goto(f"{live_server.url}{polish_company.get_absolute_url()}duplicates/")
    assert faults() == []

    page.get_by_role("link", name="Compare and merge").click()
    page.get_by_role("heading", name="Merge two entries").wait_for()
    assert faults() == []
    page.get_by_label("Łomża").check()
    page.get_by_role("button", name="Merge").click()
    page.get_by_text("is part of this company now").wait_for()
    polish_company.refresh_from_db()
    assert polish_company.city == "Łomża"

    page.get_by_role("link", name="Similar companies").click()
    page.get_by_role("link", name="Look at it or undo it").click()
    page.get_by_role("heading", name="Undo a merge").wait_for()
    assert faults() == []
    page.get_by_role("button", name="Take the entries apart").click()
    page.get_by_text("The merge is undone").wait_for()
    assert not Company.objects.exclude(merged_into=None).exists()
