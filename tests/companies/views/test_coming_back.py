"""The link that brings a visitor back to their answers, and the letter with it."""

import pytest
from django.urls import reverse

from companies.models import Answer
from companies.services import registration_limits
from companies.services.assessments.starting import start_public_assessment
from companies.views.assessments import visitors
from tests.letters import letters_to
from tibs.accounts.actor import VISITOR
from tibs.core import limits

FIRM = "/self-assessment/questions/firm/"


@pytest.fixture
def visitor(client, db):
    """A visitor who has begun."""
    client.post(reverse("self_assessment"))
    return client


def mailed(visitor, address="eva@example.org", **more):
    return visitor.post(reverse("self_assessment_mail"), {"email": address} | more, follow=True)


def link(visitor):
    return reverse("self_assessment_resume", args=[visitor.session["self_assessment"]["token"]])


@pytest.mark.parametrize("part", ["firm", "quick"])
def test_every_part_sends_its_link_and_leads_back_to_it(visitor, part):
    here = reverse("self_assessment_part", args=[part])
    page = visitor.get(here).text
    answer = mailed(visitor, back=here)

    assert f'action="{reverse("self_assessment_mail")}"' in page
    assert f'name="back" value="{here}"' in page
    assert answer.redirect_chain == [(here, 302)]
    assert "We are sending the link to eva@example.org." in answer.text
    assert link(visitor) in letters_to("eva@example.org")[0][1]


def test_known_and_unknown_addresses_get_the_same_answer(visitor, aleksandra):
    known, unknown = (mailed(visitor, address) for address in (aleksandra.email, "eva@example.org"))

    assert "We are sending the link to" in known.text
    assert (known.status_code, known.redirect_chain) == (unknown.status_code, unknown.redirect_chain)


def test_nobody_is_led_to_another_site(visitor):
    assert mailed(visitor, back="https://example.org/").redirect_chain == [(FIRM, 302)]


@pytest.mark.parametrize(
    "hostile", ["", "eva", "x" * 300 + "@example.org", "😀@", "a@b.example\r\nBcc: c@d.example"]
)
def test_what_is_no_address_comes_back_with_its_error(visitor, hostile):
    answer = mailed(visitor, hostile)

    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert letters_to(hostile) == []


def test_too_many_letters_wait(visitor, monkeypatch):
    monkeypatch.setattr(registration_limits, "REGISTRATION_LETTERS", 1)
    mailed(visitor)

    answer = mailed(visitor)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert len(letters_to("eva@example.org")) == 1


def test_without_the_counter_no_letter_is_written(visitor, monkeypatch):
    def away(*_args):
        raise limits.CounterAwayError

    monkeypatch.setattr(registration_limits, "take", away)

    assert mailed(visitor).status_code == 400
    assert letters_to("eva@example.org") == []


def test_who_has_begun_nothing_sends_nothing(client, db):
    assert mailed(client).status_code == 404


def test_opening_the_link_changes_nothing_and_its_button_goes_on(visitor):
    other, token = start_public_assessment(language="en", by=VISITOR)
    address = reverse("self_assessment_resume", args=[token])

    page = visitor.get(address)
    before = visitor.session["self_assessment"]["id"]
    answer = visitor.post(address)

    assert "Another self-assessment is open in this browser" in page.text
    assert before != other.public_id
    assert answer["Location"] == FIRM
    assert visitor.session["self_assessment"]["id"] == other.public_id


def test_the_link_of_what_is_open_here_goes_on_at_once(visitor):
    assert visitor.get(link(visitor))["Location"] == FIRM


def test_a_page_that_outlived_its_session_is_saved_by_its_link(visitor):
    """As without JavaScript: the button of the page brings the link along."""
    token = visitor.session["self_assessment"]["token"]
    visitor.cookies.clear()

    answer = visitor.post(FIRM, {"q__FC1": "3", "token": token})

    assert answer["Location"] == "/self-assessment/questions/quick/"
    assert Answer.objects.get().value == 3
    assert visitor.get(FIRM).status_code == 200


@pytest.mark.parametrize("hostile", ["", "guess", "\0", "x" * 1_000_000, "😀"])
def test_a_page_whose_link_is_none_saves_nothing(client, db, hostile):
    answer = client.post(FIRM, {"q__FC1": "3", "token": hostile})

    assert answer.status_code in {400, 404}
    assert not Answer.objects.exists()
    assert "self_assessment" not in client.session


@pytest.mark.parametrize("page", ["part", "result", "pdf", "mail"])
def test_a_browser_that_knows_no_self_assessment_is_asked_for_the_link(client, db, page):
    answer = client.get(reverse(f"self_assessment_{page}", args=["firm"] if page == "part" else []))

    assert answer.status_code == 404
    assert "Open your link to go on" in answer.text


def test_what_another_page_sends_does_not_count_against_what_is_open(visitor, monkeypatch):
    counted = []
    monkeypatch.setattr(visitors, "count_answering", lambda *args: counted.append(args))

    answer = visitor.post(reverse("self_assessment_answer"), {"page": "asm_other:self:visitor"})

    assert answer.status_code == 409
    assert counted == []
