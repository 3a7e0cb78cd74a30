"""Nobody reads contact data without a row that the firm can see (G-7, G-8)."""

import pytest

from companies.choices import Way
from companies.models import Disclosure
from companies.services.disclosures import disclose, reveal_contact
from tests import factories
from tests.standing_scenes import standing
from tibs.accounts.actor import VISITOR
from tibs.accounts.roles import RoleCode
from tibs.core.errors import NotAllowedError

pytestmark = pytest.mark.django_db


@standing
def eva(polish_company):
    return factories.contact(polish_company)


def test_reveal_says_who_read_what_when_and_for_whom(eva, aleksandra, polish_company):
    row = reveal_contact(contact=eva, by=factories.actor(aleksandra))

    assert (row.company, row.contact, row.reader) == (polish_company, eva, aleksandra)
    assert (row.actor_id, row.organisation) == (aleksandra.public_id, polish_company.host)
    assert (row.way, row.what) == (Way.PAGE, ["email"])


def test_thousand_reveals_are_a_thousand_rows(eva, aleksandra):
    reader = factories.actor(aleksandra)

    for _time in range(1000):
        reveal_contact(contact=eva, by=reader)

    assert Disclosure.objects.count() == 1000


def test_each_row_of_an_export_is_one_reading(polish_company, aleksandra):
    contacts = [factories.contact(polish_company, f"Person{number} Kos") for number in range(5)]

    rows = disclose(contacts=contacts, way=Way.EXPORT, by=factories.actor(aleksandra))

    assert {(row.contact, row.way) for row in rows} == {(contact, Way.EXPORT) for contact in contacts}


def test_people_of_the_firm_read_their_own_data_without_a_row(eva, polish_company):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, "Ewa Lis", user=ewa)

    assert reveal_contact(contact=eva, by=factories.actor(ewa)) is None
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("role", ["foreign broker", "staff", "administrator", "visitor"])
def test_nobody_outside_the_own_organisation_reads_them(role, eva, johanna):
    reader = {
        "foreign broker": factories.actor(johanna),
        "staff": factories.actor(factories.person(role=RoleCode.STAFF)),
        "administrator": factories.actor(factories.person(role=RoleCode.ADMINISTRATOR)),
        "visitor": VISITOR,
    }[role]

    with pytest.raises(NotAllowedError):
        reveal_contact(contact=eva, by=reader)

    assert not Disclosure.objects.exists()
