"""A broker asks another one what they think of a match."""

import pytest
from django.urls import reverse

from matching.models import Impression, ViewRequest
from matching.services.opinions import advisers, answer_view, ask_view
from tests import factories
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import InboxItem

CANARY = "Kanarek Sp. z o.o."


@standing
def match(polish_company, finnish_company):
    return factories.match(factories.profile(polish_company), factories.profile(finnish_company))


@pytest.fixture
def ask(match, aleksandra, johanna):
    def asking(question="Would they deliver?", asked=johanna, by=aleksandra):
        return ask_view(
            match=match, profile=match.first, asked=asked, question=question, by=factories.actor(by)
        )

    return asking


def test_who_is_asked_gets_a_notice_that_ends_with_the_answer(ask, johanna, aleksandra):
    asked = ask()

    item = InboxItem.objects.get(user=johanna)
    assert item.waits
    assert item.url == reverse("view_request", args=[asked.public_id])
    answer_view(request=asked, view="fits", answer="They would.", by=factories.actor(johanna))
    item.refresh_from_db()
    assert item.done_at
    assert InboxItem.objects.filter(user=aleksandra, notice="matching.view.given").exists()


def test_brokers_of_the_partners_country_or_domain_can_be_asked(match, aleksandra):
    host = factories.host("DE")
    knows_domain, knows_nothing = (factories.broker(name, organisation=host) for name in ("Eva B", "Udo C"))
    domain = factories.domain()
    match.second.domain = domain
    match.second.save()
    knows_domain.domains.add(domain)

    found = list(advisers(match.second, factories.actor(aleksandra)))

    assert knows_domain in found
    assert knows_nothing not in found
    assert [broker.membership.organisation.country_id for broker in found] == ["FI", "DE"]


def test_a_broker_who_knows_neither_cannot_be_asked(ask, match):
    stranger = factories.broker("Udo C", organisation=factories.host("DE")).membership.user

    with pytest.raises(BadInputError):
        ask(asked=stranger)


@pytest.mark.parametrize("question", ["", "   ", "ą" * 1001])
def test_a_question_is_said_and_is_short(ask, question):
    with pytest.raises(BadInputError):
        ask(question=question)


def test_a_question_that_gives_the_firm_away_is_refused(ask, polish_company):
    with pytest.raises(BadInputError, match="gives away"):
        ask(question=f"Would they deliver to {polish_company.name}?")

    assert not ViewRequest.objects.exists()


def test_a_match_that_a_colleague_is_asked_about_was_shown(client, match, aleksandra_in_english):
    client.force_login(aleksandra_in_english)

    client.get(reverse("match_ask", args=[match.first.public_id, match.public_id]))

    shown = Impression.objects.get()
    assert (shown.match, shown.profile, shown.reader) == (match, match.first, aleksandra_in_english)
    assert (shown.score, shown.parts, shown.rank) == (match.score, match.parts, match.first_rank)


def test_a_colleague_is_asked_once_at_a_time(ask):
    ask()

    with pytest.raises(WrongStateError):
        ask()


def test_only_who_was_asked_answers_and_once(ask, aleksandra, johanna):
    asked = ask()

    with pytest.raises(NotAllowedError):
        answer_view(request=asked, view="fits", answer="", by=factories.actor(aleksandra))
    answer_view(request=asked, view="doubtful", answer="", by=factories.actor(johanna))
    with pytest.raises(WrongStateError):
        answer_view(request=asked, view="fits", answer="", by=factories.actor(johanna))


def test_the_page_shows_the_match_without_the_name_of_the_firm_that_asks(
    client, ask, johanna, polish_company
):
    asked = ask()
    polish_company.name = CANARY
    polish_company.save()
    johanna.language = "en"
    johanna.save()
    client.force_login(johanna)
    address = reverse("view_request", args=[asked.public_id])

    page = client.get(address)
    sent = client.post(address, {"view": "fits", "answer": "They deliver."})

    assert "Would they deliver?" in page.text
    assert "The firm that asks" in page.text
    assert "anar" not in page.text
    assert sent.status_code == 302
    assert ViewRequest.objects.get().view == "fits"


def test_a_form_without_a_view_is_told_so(client, ask, johanna):
    asked = ask()
    client.force_login(johanna)

    answer = client.post(reverse("view_request", args=[asked.public_id]), {"answer": "x"})

    assert answer.status_code == 400
    assert ViewRequest.objects.get().answered_at is None


def test_asking_by_the_form_leads_to_the_question(client, match, aleksandra_in_english, johanna):
    client.force_login(aleksandra_in_english)
    address = reverse("match_ask", args=[match.first.public_id, match.public_id])

    sent = client.post(address, {"asked": johanna.public_id, "question": "Would they?"}, follow=True)

    assert "Your colleague gets the question" in sent.text
    assert "no answer yet" in sent.text


def test_who_asked_decides_beside_the_answer(client, ask, match, aleksandra_in_english, johanna):
    asked = ask()
    answer_view(request=asked, view="fits", answer="They deliver.", by=factories.actor(johanna))
    address = reverse("view_request", args=[asked.public_id])
    decide_address = reverse("match_decide", args=[match.first.public_id, match.public_id])
    client.force_login(aleksandra_in_english)

    own_page = client.get(address)
    client.force_login(johanna)
    page_of_the_asked = client.get(address)

    assert decide_address in own_page.text
    assert decide_address not in page_of_the_asked.text


def test_questions_and_answers_stand_where_one_asks_again(client, ask, match, aleksandra_in_english, johanna):
    answer_view(request=ask(), view="fits", answer="From one pallet up.", by=factories.actor(johanna))
    client.force_login(aleksandra_in_english)

    page = client.get(reverse("match_ask", args=[match.first.public_id, match.public_id]))

    assert "Would they deliver?" in page.text
    assert "From one pallet up." in page.text
