import pytest

from companies.models import Contact
from companies.services.contacts import add_contact
from tests import factories
from tibs.core.errors import BadInputError, NotAllowedError
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
