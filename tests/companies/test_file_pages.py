"""The pages on which brokers work with a company."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.models import Company, Disclosure, Interaction, NextStep, Screening
from companies.screening_criteria import CURRENT
from companies.services.editing import change_company
from tests import factories
from tests.letters import letters_to

HORRORS = ["\x00", "\ud800", "1" + "0" * 30, "💥" * 50, "\u202e gnihton", "x" * 1_000_000]
FORM = "application/x-www-form-urlencoded"
ELIGIBLE = dict.fromkeys([criterion.code for criterion in CURRENT.criteria], "2")
REFUSED = ELIGIBLE | {"crosses_border": "0"}


@pytest.fixture
def ana(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return aleksandra_in_english


@pytest.fixture
def lead(ana):
    return factories.company("Nowa Firma", host=factories.host("PL"))


def address(name, company, **more):
    return reverse(name, kwargs={"public_id": company.public_id, **more})


def call(**values):
    return {
        "channel": "call",
        "day": timezone.localdate().isoformat(),
        "hours": "0.25",
        "support": "advice",
        "language": "pl",
        "people": "",
        "content": "",
        "version": "1",
        "next_waits_for": "us",
    } | values


def shown_form(response):
    """What a browser would send back of a form: its values and what they were when it was drawn."""
    form = response.context["form"]
    sent = {}
    for name in form.fields:
        value = form[name].field.hidden_widget().format_value(form[name].value())
        sent[name] = sent[form[name].html_initial_name] = "" if value is None else str(value)
    return sent


def test_a_lead_is_taken_with_one_click(client, ana, lead):
    response = client.post(address("company_claim", lead), follow=True)

    lead.refresh_from_db()
    assert lead.owner == ana
    assert "Nowa Firma is in your care now." in response.text


def test_whoever_comes_late_reads_who_has_it(client, ana, lead):
    adam = factories.broker("Adam Lis", organisation=lead.host).membership.user
    Company.objects.filter(pk=lead.pk).update(owner=adam)

    response = client.post(address("company_claim", lead), follow=True)

    assert "Adam Lis has taken this company." in response.text


def test_acts_lead_back_to_the_list_but_never_to_another_site(client, ana, lead):
    to_list = client.post(address("company_claim", lead), {"back": "/work/?q=1"})
    elsewhere = client.post(address("company_claim", lead), {"back": "//evil.example/"})

    assert to_list["Location"] == "/work/?q=1"
    assert elsewhere["Location"] == lead.get_absolute_url()


def test_what_is_missing_for_a_move_is_said(client, ana, polish_company):
    response = client.post(address("company_move", polish_company), {"to": "withdrawn"}, follow=True)

    assert "Say why." in response.text
    polish_company.refresh_from_db()
    assert polish_company.stage == "active"


def test_a_call_is_logged_with_the_next_step(client, ana, polish_company):
    data = call(content="They want to sell in Finland.") | {
        "next_what": "Send a list",
        "next_due_date": "2030-01-15",
    }

    response = client.post(address("company_log", polish_company), data, follow=True)

    assert "They want to sell in Finland." in response.text
    assert "Send a list" in response.text
    assert Interaction.objects.get().made_by == ana


def test_an_opened_form_is_all_that_a_short_call_needs(client, ana, polish_company):
    form = client.get(polish_company.get_absolute_url()).context["bench"].log_form
    data = {name: form[name].value() or "" for name in form.fields}

    client.post(address("company_log", polish_company), data)

    assert Interaction.objects.get().channel == "call"


def test_hours_are_added_up(client, ana, polish_company):
    for hours in ("1.5", "0.75"):
        factories.interaction(polish_company, hours=hours)

    assert "2.25 hours in the contact log" in client.get(polish_company.get_absolute_url()).text


def test_a_text_without_a_day_is_no_next_step(client, ana, polish_company):
    response = client.post(address("company_log", polish_company), call() | {"next_what": "Send a list"})

    assert response.status_code == 400
    assert "A next step has a text and a day." in response.text
    assert not Interaction.objects.exists()


def test_two_corrections_of_one_entry_meet(client, ana, polish_company):
    entry = factories.interaction(polish_company)
    url = address("company_log_entry", polish_company, pk=entry.pk)
    mine = shown_form(client.get(url)) | {"content": "Saw the kiln."}
    Interaction.objects.filter(pk=entry.pk).update(content="Saw the office.", version=2)

    response = client.post(url, mine)

    assert response.status_code == 409
    assert "Saw the kiln." in response.text
    assert "Saw the office." in response.text


def test_done_and_next_is_one_form(client, ana, polish_company):
    step = factories.next_step(polish_company)

    client.post(
        address("company_next_step_done", polish_company, pk=step.pk),
        {"what": "Visit them", "due_date": "2030-01-15", "waits_for": "us"},
    )

    assert NextStep.objects.get(done_at=None).what == "Visit them"


def test_a_company_without_a_next_step_is_flagged(client, ana, polish_company):
    assert "No next step" in client.get(polish_company.get_absolute_url()).text

    factories.next_step(polish_company, "Call on Monday", in_days=-3)

    text = client.get(polish_company.get_absolute_url()).text
    assert "No next step" not in text
    assert "Call on Monday" in text
    assert "Overdue" in text


def test_enough_points_open_the_way_to_enrolment(client, ana, lead):
    client.post(address("company_claim", lead))

    response = client.post(address("company_screening", lead), ELIGIBLE, follow=True)

    assert "Eligible, with 14 of 14 points." in response.text
    assert "Move to Enrolled" in response.text


def test_a_refusal_is_seen_before_it_is_sent(client, ana, lead):
    contact = factories.contact(lead, "Eva Kask")
    client.post(address("company_claim", lead))

    seen = client.post(address("company_screening", lead), REFUSED)

    assert "could not find an offer or a need" in seen.text
    assert not Screening.objects.exists()
    answer = {"step": "decide", "reason": "not_ready", "words": "Until soon.", "is_sent": "on"}
    client.post(address("company_screening", lead), REFUSED | answer)
    [(_subject, words)] = letters_to(contact.email)
    assert "Until soon." in words
    lead.refresh_from_db()
    assert lead.stage == "not_eligible"


def test_an_empty_table_of_criteria_is_refused_with_what_is_missing(client, ana, lead):
    response = client.post(address("company_screening", lead), {})

    assert response.status_code == 400
    assert len(response.context["form"].errors) == 7


def test_a_colleague_takes_over(client, ana, polish_company):
    adam = factories.broker("Adam Lis", organisation=polish_company.host).membership.user

    client.post(address("company_hand_over", polish_company), {"to": adam.pk, "note": ""})

    polish_company.refresh_from_db()
    assert polish_company.owner == adam


def test_two_editors_see_both_versions_and_choose(client, ana, polish_company):
    url = address("company_edit", polish_company)
    mine = shown_form(client.get(url)) | {"city": "Suwałki", "street": "Leśna 1"}
    other = {"city": "Łomża", "postcode": "18-400"}
    change_company(company=polish_company, values=other, version=1, by=factories.BENCH)

    response = client.post(url, mine)

    kept = {each.name: each.kept for each in response.context["differences"]}
    assert response.status_code == 409
    assert kept == {"city": "", "street": "mine", "postcode": "theirs"}
    chosen = dict(response.context["sent_along"]) | {
        "city": "Suwałki",
        "street": "Leśna 1",
        "postcode": "18-400",
    }
    assert client.post(url, chosen).status_code == 302
    polish_company.refresh_from_db()
    assert (polish_company.city, polish_company.street, polish_company.postcode) == (
        "Suwałki",
        "Leśna 1",
        "18-400",
    )


def test_facts_are_corrected(client, ana, polish_company):
    factories.nace("16.23")
    url = address("company_edit", polish_company)

    client.post(url, shown_form(client.get(url)) | {"nace": "16.23", "staff_count": "9"})

    polish_company.refresh_from_db()
    assert (polish_company.nace_id, polish_company.size_class) == ("16.23", "MICRO")


def test_opening_a_contact_for_correction_is_a_disclosure(client, ana, polish_company):
    contact = factories.contact(polish_company)
    url = address("contact_edit", polish_company, contact=contact.pk)

    sent = shown_form(client.get(url))

    assert Disclosure.objects.get().contact == contact
    client.post(url, sent | {"phone": "+48 555"})
    contact.refresh_from_db()
    assert contact.phone == "+48 555"


def test_a_contact_is_added(client, ana, polish_company):
    data = {"name": "Ewa Lis", "email": "Ewa@example.org", "language": "pl", "version": "1"}

    client.post(address("contact_new", polish_company), data)

    assert polish_company.contacts.get().email == "ewa@example.org"


FORMS = [
    ("company_move", "to", {"to": "dormant"}),
    ("company_move", "reason", {"to": "dormant"}),
    ("company_screening", "is_sme", ELIGIBLE),
    ("company_screening", "comment", ELIGIBLE),
    ("company_screening", "words", REFUSED | {"step": "decide", "is_sent": "on"}),
    ("company_log", "hours", call()),
    ("company_log", "day", call()),
    ("company_log", "content", call()),
    ("company_log", "people", call()),
    ("company_log", "next_what", call() | {"next_due_date": "2030-01-15"}),
    ("company_next_step", "what", {"due_date": "2030-01-15", "waits_for": "us"}),
    ("company_next_step", "due_date", {"what": "Call", "waits_for": "us"}),
    ("company_hand_over", "to", {"note": ""}),
    ("company_edit", "staff_count", {"name": "Dąb", "kind": "SME", "language": "pl", "version": "1"}),
    ("company_edit", "version", {"name": "Dąb", "kind": "SME", "language": "pl"}),
    ("company_edit", "name", {"kind": "SME", "language": "pl", "version": "1"}),
    ("company_edit", "region", {"name": "Dąb", "kind": "SME", "language": "pl", "version": "1"}),
    ("company_edit", "nace", {"name": "Dąb", "kind": "SME", "language": "pl", "version": "1"}),
    ("contact_new", "email", {"name": "Ewa", "language": "pl", "version": "1"}),
    ("contact_new", "name", {"email": "e@example.org", "language": "pl", "version": "1"}),
]


@pytest.mark.parametrize(("name", "field", "data"), FORMS)
def test_bad_input_is_refused_kindly(client, ana, polish_company, name, field, data):
    for horror in HORRORS:
        body = urlencode(data | {field: horror}, errors="surrogatepass")
        response = client.post(address(name, polish_company), body, content_type=FORM)

        assert response.status_code < 500, horror[:20]


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_numbers_that_nothing_has_are_not_found(client, ana, polish_company, number):
    for name in ("company_log_entry", "contact_edit"):
        key = "contact" if name == "contact_edit" else "pk"

        assert client.get(address(name, polish_company, **{key: number})).status_code == 404


def test_a_stranger_finds_nothing_and_staff_change_nothing(client, johanna, signe, polish_company):
    for person, answer in ((johanna, 404), (signe, 403)):
        client.force_login(person)

        assert client.post(address("company_move", polish_company), {"to": "dormant"}).status_code == answer
        assert client.get(address("company_screening", polish_company)).status_code == answer
