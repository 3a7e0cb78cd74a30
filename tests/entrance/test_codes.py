"""People of firms sign in by a code that is mailed to them."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from tests.entrance.test_attempts import attack
from tests.entrance.test_signing_in import is_signed_in, words_of
from tests.letters import letters_to
from tibs.accounts.models import User
from tibs.events.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
ASK, ENTER = "/account/login/code/", "/account/login/code/enter/"


def ask(client, email="eva@example.org", **data):
    return client.post(ASK, {"email": email, **data})


def code_to(email="eva@example.org"):
    return re.search(r"^\d{4}-\d{4}$", letters_to(email)[-1][1], re.MULTILINE)[0]


def test_code_signs_in(client, eva):
    asked = ask(client, "EVA@example.org")

    client.post(ENTER, {"code": code_to()})

    assert asked.url == ENTER
    assert is_signed_in(client)


def test_code_may_be_typed_without_its_dash(client, eva):
    ask(client)

    client.post(ENTER, {"code": code_to().replace("-", " ")})

    assert is_signed_in(client)


def test_letter_is_in_the_language_of_the_reader(client, eva):
    User.objects.update(language="et")

    ask(client)

    assert Letter.objects.get().language == "et"


def test_code_leads_back_to_where_one_wanted_to_go(client, eva):
    ask(client)

    answer = client.post(f"{ENTER}?next=/private", {"code": code_to(), "next": "/private"})

    assert answer.url == "/private"


def test_code_works_in_the_browser_that_asked_and_once(client, eva):
    ask(client)
    code, other = code_to(), Client()
    ask(other, "nobody@example.org")

    other.post(ENTER, {"code": code})
    client.post(ENTER, {"code": code})
    client.post("/account/logout/")
    client.post(ENTER, {"code": code})

    assert not is_signed_in(other)
    assert not is_signed_in(client)


def test_code_is_dead_after_ten_minutes(client, eva, settings):
    ask(client)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1

    client.post(ENTER, {"code": code_to()})

    assert not is_signed_in(client)


@pytest.mark.parametrize("email", ["bruno@example.org", "closed@example.org", "nobody@example.org"])
def test_mailbox_alone_opens_no_account_with_a_role(client, eva, bruno, email):
    User.objects.create_user("closed@example.org", name="Closed", is_active=False)
    reference = ask(Client())

    answer = ask(client, email)

    (_subject, words) = letters_to(email)[0]
    assert (answer.status_code, answer.url) == (reference.status_code, reference.url)
    assert not re.search(r"\d{4}-\d{4}", words)


def test_pages_say_the_same_for_every_address(eva, bruno):
    pages = []
    for email in ("eva@example.org", "bruno@example.org", "nobody@example.org"):
        browser = Client()
        ask(browser, email)
        pages += [words_of(browser.get(ENTER)), words_of(browser.post(ENTER, {"code": "0000-0000"}))]

    assert pages[0::2] == [pages[0]] * 3
    assert pages[1::2] == [pages[1]] * 3


def test_three_wrong_codes_end_the_attempt(client, eva):
    ask(client)
    for _ in range(3):
        client.post(ENTER, {"code": "0000-0000"})

    client.post(ENTER, {"code": code_to()})

    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_at_once_are_three_as_well(eva, monkeypatch):
    browser, tried = Client(), []
    ask(browser)
    compare = "allauth.account.forms.compare_user_code"
    monkeypatch.setattr(compare, lambda *, actual, expected: tried.append(actual) or False)

    def guess(number):
        copy = Client()
        copy.cookies = browser.cookies
        try:
            copy.post(ENTER, {"code": f"{number:08}"})
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(guess, range(100)))

    assert 1 <= len(tried) <= 3


def test_few_letters_are_sent_to_one_address(client, eva):
    for _ in range(8):
        ask(Client())

    assert len(letters_to("eva@example.org")) == 3
    assert "Too many attempts" in ask(client).text


def test_stranger_who_asks_for_codes_does_not_shut_the_owner_out(client, eva):
    ask(client)
    client.post(ENTER, {"code": code_to()})
    client.post("/account/logout/")
    for _ in range(8):
        ask(Client())

    ask(client)
    client.post(ENTER, {"code": code_to()})

    assert is_signed_in(client)


@pytest.mark.parametrize("text", ["", "🙂", "\u202eevil", "x" * 10_000, "1" + "0" * 30, "١٢٣٤-٥٦٧٨"])
def test_strange_text_is_refused_kindly(client, eva, text):
    assert ask(client, text).status_code == 200
    ask(client)

    assert client.post(ENTER, {"code": text}).status_code == 200
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_password_that_nobody_has_opens_nothing(client, eva):
    attack(3, email="eva@example.org")

    assert not is_signed_in(client)
