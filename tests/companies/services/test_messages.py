"""Who hears of a message between a company and its organisation."""

from django.urls import reverse

from companies.models import Company, Message
from companies.services.messages import read_messages, send_message
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.events.models import InboxItem


@standing
def lead(polish_company):
    """A company that nobody has taken yet."""
    Company.objects.filter(pk=polish_company.pk).update(stage="lead", owner=None)
    polish_company.refresh_from_db()
    return polish_company


@standing
def celina():
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))


def from_firm(company):
    ewa = factories.person("Ewa Lis")
    factories.contact(company, "Ewa Lis", user=ewa)
    return send_message(company=company, body="Is anybody there?", by=factories.actor(ewa))


def test_message_of_an_untaken_lead_reaches_the_broker_it_was_proposed_to(lead, aleksandra, celina):
    Company.objects.filter(pk=lead.pk).update(proposed_owner=aleksandra)
    lead.refresh_from_db()

    from_firm(lead)

    assert len(letters_to(aleksandra.email)) == 1
    assert letters_to(celina.email) == []


def test_message_of_a_lead_that_nobody_was_proposed_for_reaches_the_coordinators(lead, aleksandra, celina):
    from_firm(lead)

    assert len(letters_to(celina.email)) == 1
    assert letters_to(aleksandra.email) == []


def test_main_contact_without_an_account_gets_one_and_reads_the_message(client, aleksandra, polish_company):
    contact = factories.contact(polish_company)

    send_message(company=polish_company, body="Monday?", by=factories.actor(aleksandra))

    contact.refresh_from_db()
    assert len(letters_to(contact.email)) == 1
    assert contact.user is not None
    client.force_login(contact.user)
    assert "Monday?" in client.get(reverse("own_messages", args=[polish_company.public_id])).text


def test_where_nobody_can_read_it_the_broker_is_told_and_keeps_the_text(
    client, aleksandra_in_english, polish_company
):
    client.force_login(aleksandra_in_english)

    answer = client.post(reverse("company_messages", args=[polish_company.public_id]), {"body": "Monday?"})

    assert answer.status_code == 400
    assert "The company has no contact person. Add one first." in answer.text
    assert "Monday?" in answer.text
    assert not Message.objects.exists()


def test_notice_is_settled_when_the_message_is_read_by_somebody_of_that_side(aleksandra, lead):
    Company.objects.filter(pk=lead.pk).update(proposed_owner=aleksandra)
    lead.refresh_from_db()
    from_firm(lead)
    before = InboxItem.objects.unread().count()

    read_messages(company=lead, by=factories.actor(aleksandra))

    assert (before, InboxItem.objects.unread().count()) == (1, 0)
    assert letters_to(aleksandra.email) == []
