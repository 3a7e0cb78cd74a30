import pytest
from django.contrib.auth.models import AnonymousUser

from companies.models import Contact
from tests import factories
from tibs.accounts.actor import VISITOR, actor_of

pytestmark = pytest.mark.django_db


def test_contact_belongs_to_each_firm_that_names_the_person(polish_company, finnish_company):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, user=ewa)
    factories.contact(finnish_company, user=ewa)

    actor = factories.actor(ewa)

    assert actor.companies == {polish_company.pk, finnish_company.pk}
    assert actor.roles == frozenset()


def test_person_who_left_the_firm_belongs_to_it_no_more(polish_company):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, user=ewa)

    Contact.objects.update(user=None)

    assert factories.actor(ewa).companies == frozenset()


def test_broker_may_be_a_contact_of_a_firm_as_well(aleksandra, polish_company, finnish_company):
    factories.contact(finnish_company, user=aleksandra)

    actor = factories.actor(aleksandra)

    assert actor.companies == {finnish_company.pk}
    assert actor.organisations == {polish_company.host_id}


def test_visitor_belongs_to_nothing():
    assert actor_of(AnonymousUser()) == VISITOR
