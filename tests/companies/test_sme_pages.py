"""The pages of a firm's own people, and the pages of the broker beside them."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.choices import Purpose
from companies.models import Company, Consent, Contact, Disclosure, Message
from companies.notices import APPROVAL_ASKED
from companies.services.disclosures import reveal_contact
from companies.services.messages import send_message
from tests import factories
from tests.letters import letters_to
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.errors import WrongStateError
from tibs.events.services.inbox import notify, settle

BAD = ["\x00", "\ud800", "9" * 30, "😀" * 50, "שלום עולם", "x" * 1_000_000]


@pytest.fixture
def own(client, ewa, polish_company):
    """Ewa asks for one of the pages of her firm, or sends its form."""
    client.force_login(ewa)

    def ask(page, data=None, **headers):
        address = reverse(page, args=[polish_company.public_id])
        return client.get(address) if data is None else client.post(address, data, **headers)

    return ask


@pytest.fixture
def brokers(client, aleksandra_in_english, polish_company):
    client.force_login(aleksandra_in_english)

    def ask(page, data=None, *more):
        address = reverse(page, args=[polish_company.public_id, *more])
        return client.get(address) if data is None else client.post(address, data)

    return ask


def test_person_of_one_firm_is_led_to_it_and_of_two_chooses(client, ewa, polish_company, finnish_company):
    client.force_login(ewa)
    led = client.get("/mine/")
    factories.contact(finnish_company, user=ewa)
    chosen = client.get("/mine/")

    assert led["Location"] == f"/mine/{polish_company.public_id}/"
    assert "Stolarnia Dąb" in chosen.text
    assert "Kymen Saha Oy" in chosen.text


def test_home_says_where_the_firm_stands_and_who_helps(own, aleksandra):
    page = own("own_company")

    assert "We work for you" in page.text
    assert "Aleksandra Nowak" in page.text
    assert {"Introductions", "Our profiles", "Our partners"} <= {
        one["label"] for one in page.context["pages"]
    }


def test_one_click_agrees_and_one_click_withdraws(own, polish_company):
    form = {"purpose": Purpose.SURVEYS, "decision": "give"}

    own("own_consents", form)
    agreed = Consent.objects.in_force(Purpose.SURVEYS).exists()
    shown = own("own_consents").text
    own("own_consents", form | {"decision": "withdraw"})

    assert agreed
    assert "Withdraw" in shown
    assert not Consent.objects.in_force(Purpose.SURVEYS).exists()


def test_broker_writes_down_what_the_firm_decided_in_its_language(brokers, polish_company):
    Company.objects.update(language="pl")

    answer = brokers("company_consents", {"purpose": Purpose.SURVEYS, "decision": "give"})

    consent = Consent.objects.get()
    assert answer.status_code == 302
    assert (consent.language, consent.is_noted_by_broker) == ("pl", True)


@pytest.mark.parametrize("form", [{}, {"purpose": "everything", "decision": "give"}, {"purpose": "surveys"}])
def test_decision_that_no_button_sends_is_refused(own, form):
    assert own("own_consents", form).status_code == 400
    assert not Consent.objects.exists()


def test_contact_data_are_masked_until_they_are_asked_for(brokers, polish_company):
    eva = factories.contact(polish_company, "Eva Kask")
    Contact.objects.update(phone="+371 29 555 123")

    page = brokers("company").text
    shown = brokers("contact_reveal", {}, eva.pk).text

    assert eva.email not in page
    assert "555" not in page
    assert "e•••@example.org" in page
    assert eva.email in shown
    assert "+371 29 555 123" in shown
    assert Disclosure.objects.get().what == ["email", "phone"]


def test_reading_is_noted_even_when_the_page_then_fails(brokers, polish_company, monkeypatch, client):
    eva = factories.contact(polish_company, "Eva Kask")
    client.raise_request_exception = False

    def fail(*_args, **_values):
        raise RuntimeError

    monkeypatch.setattr("companies.views.contacts.render", fail)
    answer = brokers("contact_reveal", {}, eva.pk)

    assert answer.status_code == 500
    assert Disclosure.objects.count() == 1


def test_contact_of_another_company_is_not_shown(brokers, finnish_company):
    aino = factories.contact(finnish_company, "Aino Salo")

    assert brokers("contact_reveal", {}, aino.pk).status_code == 404
    assert brokers("contact_reveal", {}, 10**30).status_code == 404
    assert not Disclosure.objects.exists()


def test_firm_sees_who_read_what(own, ewa, aleksandra, polish_company):
    reveal_contact(contact=polish_company.contacts.get(), by=factories.actor(aleksandra))

    page = own("own_seen").text

    for words in ("Aleksandra Nowak", "PFRR", "Ewa Lis", "e-mail address", "On a page"):
        assert words in page


def test_harmless_fields_are_changed_at_once(own, ewa, polish_company):
    form = {
        "name": "Ewa Lis-Kowalska",
        "language": "lv",
        "street": "Długa 1",
        "website": "https://dab.example",
        "brands": "Suchy Dąb,  Lumi, Lumi",
        "version": polish_company.version,
    }

    answer = own("own_data", form)

    polish_company.refresh_from_db()
    assert answer.status_code == 302
    assert (polish_company.street, polish_company.website) == ("Długa 1", "https://dab.example")
    assert (polish_company.brands, polish_company.version) == (["Suchy Dąb", "Lumi"], 2)
    assert Contact.objects.get(user=ewa).name == "Ewa Lis-Kowalska"


def test_change_from_a_page_that_is_out_of_date_is_refused_with_the_input_kept(own, polish_company):
    Company.objects.update(version=7)

    answer = own("own_data", {"name": "Ewa", "language": "pl", "street": "Długa 1", "version": 1})

    assert answer.status_code == 400
    assert "Somebody else changed these data meanwhile" in answer.text
    assert "Długa 1" in answer.text


def test_other_corrections_reach_the_broker_as_a_message(own, aleksandra):
    own("own_data", {"body": "Our legal name is Dąb Nowy."})

    (letter,) = letters_to(aleksandra.email)
    assert Message.objects.get().body == "Our legal name is Dąb Nowy."
    assert "Dąb Nowy" not in "".join(letter)


def test_letter_says_that_a_message_waits_and_not_what_it_says(ewa, aleksandra, polish_company):
    for body in ("Are you there on Monday?", "Or on Tuesday?"):
        send_message(company=polish_company, body=body, by=factories.actor(aleksandra))

    ((subject, words),) = letters_to(ewa.email)
    assert "Monday" not in subject + words
    assert f"/mine/{polish_company.public_id}/messages/" in words


def test_nothing_is_written_into_a_file_that_was_erased_meanwhile(ewa, polish_company):
    by = factories.actor(ewa)
    Company.objects.filter(pk=polish_company.pk).update(erased_at=timezone.now())

    with pytest.raises(WrongStateError):
        send_message(company=polish_company, body="Are you there?", by=by)

    assert not Message.objects.exists()


def test_answer_counts_as_having_read(own, ewa, aleksandra, polish_company):
    send_message(company=polish_company, body="Monday?", by=factories.actor(aleksandra))

    new = own("own_messages").text
    own("own_messages", {"body": "Yes."})

    assert "I have read the new messages" in new
    assert not Message.objects.filter(from_company=False, read_at=None).exists()
    assert "Yes." in own("own_messages").text


def test_export_comes_as_json_and_as_pdf(own):
    as_json = own("own_export", {"format": "json"})
    as_pdf = own("own_export", {"format": "pdf"})

    assert json.loads(as_json.content)["data"]["companies.Contact"][0]["name"] == "Ewa Lis"
    assert as_pdf.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in as_pdf.content or b"ObjStm" in as_pdf.content
    assert {as_json["Cache-Control"], as_pdf["Cache-Control"]} == {"no-store"}


def test_erasure_asks_once_more_then_says_what_is_gone(own, ewa):
    asked = own("own_erasure", {})
    done = own("own_erasure", {"agreed": "on"})

    assert asked.status_code == 400
    assert "Contacts" in done.text
    assert "e-mail address" in done.text
    assert not User.objects.filter(pk=ewa.pk).exists()
    assert own("own_company").status_code == 302


@pytest.mark.parametrize("bad", BAD, ids=["nul", "surrogate", "number", "emoji", "right to left", "megabyte"])
@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("own_data", "name"),
        ("own_data", "version"),
        ("own_data", "body"),
        ("own_messages", "body"),
        ("own_consents", "recipient"),
        ("own_export", "format"),
        ("own_erasure", "agreed"),
    ],
)
def test_bad_input_is_never_a_fault_of_ours(own, page, field, bad):
    form = {"purpose": "share_with_broker", "decision": "give"} if page == "own_consents" else {}
    if page == "own_data" and field != "body":
        form = {"name": "Ewa", "language": "pl", "version": 1}

    body = "&".join(f"{name}={value}" for name, value in (form | {field: bad}).items()).encode(
        "utf-8", "surrogatepass"
    )
    answer = own(page, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code < 500


def test_coordinator_erases_on_request_and_a_broker_cannot(client, polish_company, aleksandra):
    celina = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=polish_company.host)
    address = reverse("company_erasure", args=[polish_company.public_id])
    client.force_login(aleksandra)
    refused = client.post(address, {"agreed": "on"})
    client.force_login(celina)

    done = client.post(address, {"agreed": "on"})

    polish_company.refresh_from_db()
    assert refused.status_code == 403
    assert "The data are erased" in done.text
    assert polish_company.erased_at is not None
    assert User.objects.filter(pk=celina.pk).exists()


def test_copy_and_erasure_ask_again_who_it_is_after_a_while(own, ewa, client):
    session = client.session
    session["tibs_began"] = 1.0
    session.save()
    User.objects.filter(pk=ewa.pk).update(last_login=None)

    answers = [own(page, {"agreed": "on"}).status_code for page in ("own_export", "own_erasure")]

    assert answers == [302, 302]
    assert User.objects.filter(pk=ewa.pk).exists()


def test_first_page_of_a_firm_says_what_waits_for_its_reader(own, ewa, polish_company):
    told = {"to": ewa, "url": "/mine/profiles/prf_1/", "company_id": polish_company.public_id}
    notify(APPROVAL_ASKED, key="one", values={"title": "Oak boards"}, **told)
    notify(APPROVAL_ASKED, key="two", values={"title": "Old boards"}, **told)
    settle(key="two", now=timezone.now())

    page = own("own_company").text

    assert '<a href="/mine/profiles/prf_1/">Please read your profile “Oak boards”' in page
    assert "Old boards" not in page
