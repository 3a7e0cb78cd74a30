"""The pages of a visitor who is interested in a profile, and of the broker who gets that."""

import re

import pytest
from django.core.cache import cache

from companies.choices import InterestStatus
from companies.models import Company, Contact, CooperationProfile, Disclosure, ExpressionOfInterest
from tests import factories
from tests.companies.filling import stamp_in
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs import figures

STATEMENT = "We saw birch for makers of furniture in all of Finland. " * 3


@standing
def profile(polish_company):
    return factories.profile(polish_company)


@pytest.fixture
def visit(client, clock, profile, johanna):
    """Open the form, take a minute, send it; the network stays the same."""
    factories.country("FI")

    def fill(seconds=60, **changes):
        path = f"/p/{profile.reference}/interest/"
        stamp = stamp_in(client.get(path))
        clock.move(seconds)
        answers = {
            "presentation": STATEMENT,
            "interest": STATEMENT,
            "organisation_name": "Saimaan Saha Oy",
            "country": "FI",
            "name": "Aino Salo",
            "email": "Aino@Saimaa.example",
            "stamp": stamp,
        }
        return client.post(path, answers | changes)

    return fill


def link() -> str:
    _, words = letters_to("aino@saimaa.example")[-1]
    return re.search(r"https?://[^/\s]+(/interest/confirm/\S+)", words)[1]


def test_visitor_writes_confirms_and_learns_who_answers(client, visit, johanna):
    assert visit().url == "/interest/sent/"

    address = link()
    assert "Yes, confirm" in client.get(address).text
    assert not Company.objects.filter(source="interest").exists()

    client.post(address)
    assert "Johanna Virtanen of Kinno has your words" in client.get(address).text
    assert Company.objects.filter(source="interest").count() == 1


@standing
def served_elsewhere(johanna):
    """A Finnish firm that another organisation serves than the one to which visitors are led."""
    tiina = factories.person("Tiina Laine")
    other = factories.host("FI", name="Sahojen Tuki", slug="sahojen-tuki")
    return factories.company("Kymen Saha Oy", host=other, owner=tiina)


def test_name_of_somebody_elses_firm_does_not_tell_who_serves_it(client, visit, served_elsewhere):
    visit(organisation_name="Kymen Saha Oy")
    address = link()
    client.post(address)

    page = client.get(address).text

    assert "Johanna Virtanen of Kinno has your words" in page
    assert "Tiina Laine" not in page
    assert "Sahojen Tuki" not in page


def test_proven_address_of_a_firm_tells_who_serves_it(client, visit, served_elsewhere):
    """The control of the test above: who has an address that the firm's broker knows is answered by that broker."""
    Contact.objects.create(
        company=served_elsewhere, name="Aino Salo", email="aino@saimaa.example", language="en"
    )
    visit(organisation_name="Something else")
    address = link()
    client.post(address)

    assert "Tiina Laine of Sahojen Tuki has your words" in client.get(address).text


def test_opening_the_link_many_times_confirms_nothing(client, visit):
    visit()

    for _number in range(3):
        client.get(link())

    assert ExpressionOfInterest.objects.get().status == InterestStatus.WAITING


def test_firm_of_the_same_country_is_invited_to_register_and_keeps_its_words(visit):
    page = visit(country="PL")

    assert page.status_code == 400
    assert "Register your company" in page.text
    assert STATEMENT.strip() in page.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("presentation", "Too short."),
        ("interest", "x" * 601),
        ("question", "x" * 601),
        ("email", "nobody"),
        ("country", "XX"),
        ("name", ""),
        ("postcode", "9" * 12),
    ],
)
def test_wrong_answer_is_named_and_everything_else_stays(visit, field, value):
    page = visit(**{field: value})

    assert page.status_code == 400
    assert field in page.context["form"].errors
    assert "Saimaan Saha Oy" in page.text
    assert not ExpressionOfInterest.objects.exists()


@pytest.mark.parametrize("value", ["\x00", "🪵" * 200, "אבג" * 70, "9" * 400, "x" * 1_000_000])
def test_no_text_is_too_odd(visit, value):
    assert visit(presentation=value).status_code in {200, 302, 400, 413}


def test_program_that_is_too_quick_sends_it_once_more(visit):
    assert visit(seconds=1).status_code == 400
    assert not ExpressionOfInterest.objects.exists()


def test_program_in_the_trap_reads_the_same_page_but_gets_no_letter(visit):
    assert visit(extra="http://spam.example").url == "/interest/sent/"
    assert letters_to("aino@saimaa.example") == []


def test_network_that_sends_too_many_is_asked_to_wait(visit):
    for number in range(figures.INTERESTS_NETWORK):
        visit(email=f"a{number}@saimaa.example")

    page = visit(email="late@saimaa.example")

    assert page.status_code == 429
    assert page.headers["Retry-After"]
    assert STATEMENT.strip() in page.text
    cache.clear()


def test_profile_that_takes_no_interest_has_no_form(client, profile):
    CooperationProfile.objects.update(open_for_interest=False)

    assert client.get(f"/p/{profile.reference}/interest/").url == f"/p/{profile.reference}"


def test_link_that_is_guessed_says_that_it_is_too_old(client, db):
    assert client.get("/interest/confirm/guess/").status_code == 410


@standing
def expression(profile, finnish_company):
    return factories.interest(profile, company=finnish_company)


def test_broker_reads_it_on_the_list_the_company_page_and_the_home_page(client, johanna, expression):
    client.force_login(johanna)

    assert str(expression.profile.reference) in client.get("/interest/").text
    assert f"/interest/{expression.public_id}/" in client.get(expression.company.get_absolute_url()).text
    assert "Answer the interest in the profile" in client.get("/work/").text


def test_broker_reads_what_the_visitor_wrote_and_closes_it_with_a_reason(client, johanna, expression):
    client.force_login(johanna)
    address = f"/interest/{expression.public_id}/"

    page = client.get(address).text
    assert "We saw birch" in page

    client.post(address, {"reason": "no_fit"})
    expression.refresh_from_db()
    assert expression.status == InterestStatus.CLOSED
    closed = client.get(address).text
    assert "Close and tell" not in closed
    assert "The two do not fit" in closed
    assert johanna.name in closed
    assert "Interested in a foreign profile" not in client.get("/work/").text


def test_address_is_hidden_until_it_is_asked_for_and_the_firm_sees_who_did(client, johanna, expression):
    client.force_login(johanna)
    address = f"/interest/{expression.public_id}/"

    assert expression.email not in client.get(address).text
    assert not Disclosure.objects.exists()

    shown = client.post(address, {"reveal": "yes"})
    assert (shown.status_code, expression.email in shown.text) == (200, True)
    reading = Disclosure.objects.get()
    assert (reading.company, reading.reader, reading.what) == (expression.company, johanna, ["email"])
    assert ExpressionOfInterest.objects.get().status == InterestStatus.ROUTED


def test_reading_of_a_known_contact_names_the_contact(client, johanna, expression):
    contact = factories.contact(expression.company, "Aino Salo")
    ExpressionOfInterest.objects.update(email=contact.email.upper())
    client.force_login(johanna)

    client.post(f"/interest/{expression.public_id}/", {"reveal": "yes"})

    assert Disclosure.objects.get().contact == contact


def test_what_is_counted_is_said_and_nothing_is_cut_by_the_browser(client, profile):
    factories.country("FI")

    page = client.get(f"/p/{profile.reference}/interest/").text

    assert page.count('data-tibs-most="600"') == 3
    assert 'maxlength="600"' not in page


@pytest.mark.parametrize("sign", ["x", "🪵", "\r\n", "é"], ids=["letter", "emoji", "line break", "accent"])
def test_six_hundred_signs_fit_whatever_they_are(visit, sign):
    text = "a" + sign * 598 + "b"

    assert visit(presentation=text).url == "/interest/sent/"
    assert visit(presentation=text + "c").status_code == 400


def test_closing_without_a_reason_is_refused(client, johanna, expression):
    client.force_login(johanna)

    assert client.post(f"/interest/{expression.public_id}/", {}).status_code == 400


def test_side_of_the_profile_finds_nothing(client, aleksandra, expression):
    client.force_login(aleksandra)

    assert client.get(f"/interest/{expression.public_id}/").status_code == 404
    assert "Nobody waits" in client.get("/interest/?all=1").text
