import json

import pytest

from companies.models import Contact
from companies.services.contacts import add_contact
from tests import factories
from tibs.accounts.services import account_for
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.core.sealed import seal
from tibs.entrance.services.addresses import PURPOSE, change_address
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db


def add(company, **values):
    given = {"name": "Eva Kask", "email": "eva@example.org", "language": "et", "by": factories.BENCH}
    return add_contact(company=company, **given | values)


def test_personal_values_stand_in_the_detail_and_not_in_the_record(polish_company):
    add(polish_company)

    record = AuditRecord.objects.get(event="companies.contact.added")
    assert record.fields == ["email", "language", "name"]
    assert "Eva" not in str(record.facts)
    assert record.detail.values == {"name": "Eva Kask", "email": "eva@example.org"}


def test_address_is_kept_in_lower_case_and_counts_once(polish_company):
    add(polish_company, email=" Eva@Example.org ")

    with pytest.raises(BadInputError, match="has a contact with this address already"):
        add(polish_company, email="EVA@example.org")

    assert Contact.objects.get().email == "eva@example.org"


def test_same_person_may_serve_two_firms(polish_company, finnish_company):
    add(polish_company)
    add(finnish_company)

    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 151}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"language": "sv"}, "language"),
    ],
)
def test_value_that_does_not_fit_is_named(polish_company, values, field):
    with pytest.raises(BadInputError) as refused:
        add(polish_company, **values)

    assert list(refused.value.fields) == [field]
    assert not Contact.objects.exists()


def test_stranger_adds_nobody(polish_company, johanna):
    with pytest.raises(NotAllowedError):
        add(polish_company, by=factories.actor(johanna))


NEW = "eva@new.example.org"


@pytest.fixture
def eva(db):
    return account_for(email="eva@example.org", name="Eva Kask", language="et")


def person_at(company, user):
    made = add(company, email=user.email)
    Contact.objects.filter(pk=made.pk).update(user=user)
    return made


def open_new_address(user, email=NEW):
    change_address(token=seal(json.dumps([PURPOSE, user.public_id, user.email, email])))


def test_letters_of_every_firm_follow_the_address_that_somebody_signs_in_with(
    eva, polish_company, finnish_company
):
    person_at(polish_company, eva)
    person_at(finnish_company, eva)

    open_new_address(eva)

    contacts = Contact.objects.filter(user=eva)
    assert [(contact.email, contact.version) for contact in contacts] == [(NEW, 2), (NEW, 2)]
    changes = AuditRecord.objects.filter(event="companies.contact.changed")
    assert {change.company_id for change in changes} == {polish_company.public_id, finnish_company.public_id}


def test_the_account_goes_to_the_contact_who_has_the_new_address_already(eva, polish_company):
    old = person_at(polish_company, eva)
    new = add(polish_company, email=NEW)

    open_new_address(eva)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.email, old.user) == ("eva@example.org", None)
    assert (new.email, new.user) == (NEW, eva)


def test_contacts_without_the_account_keep_their_address(eva, polish_company):
    other = add(polish_company)

    open_new_address(eva)

    other.refresh_from_db()
    assert other.email == "eva@example.org"
