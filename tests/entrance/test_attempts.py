"""However many try at once: few passwords reach the hasher, and the owner gets in all the same."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.entrance.conftest import PASSWORD
from tests.entrance.test_signing_in import is_signed_in, log_in
from tibs.core.limits import CounterAwayError
from tibs.entrance import adapter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.accounts.urls")]
AT_ONCE = 60


@pytest.fixture
def hashed(monkeypatch):
    """Every password that reached the hasher."""
    seen, lock, encode = [], Lock(), MD5PasswordHasher.encode

    def note(self, password, salt):
        with lock:
            seen.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", note)
    return seen


def attack(times=AT_ONCE, *, email="ana@example.org", address="192.0.2.{}", **headers):
    """Try a wrong password so many times at once; `address` and headers may number the attempt."""

    def one(number):
        try:
            Client(REMOTE_ADDR=address.format(number % 250)).post(
                "/account/login/",
                {"login": email.format(number), "password": f"wrong {number}"},
                headers={
                    name.replace("_", "-"): value.format(number % 250) for name, value in headers.items()
                },
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(one, range(times)))


def guesses(hashed):
    return [password for password in hashed if password.startswith("wrong")]


def test_five_of_200_passwords_for_one_account_reach_the_hasher(ana, hashed):
    attack(200)

    assert len(guesses(hashed)) == 5


def test_without_the_limit_they_all_would(ana, hashed, monkeypatch):
    monkeypatch.setattr(adapter, "take", lambda limits: None)

    attack()

    assert len(guesses(hashed)) == AT_ONCE


def test_one_network_tries_20_accounts_and_no_more(db, hashed):
    attack(email="n{}@example.org", address="192.0.2.7")

    assert len(guesses(hashed)) == 20


def test_addresses_of_one_ipv6_customer_count_as_one(db, hashed):
    attack(email="n{}@example.org", address="2001:db8:1:2::{:x}")

    assert len(guesses(hashed)) == 20


def test_claimed_addresses_change_nothing(db, hashed):
    attack(
        email="n{}@example.org",
        address="192.0.2.7",
        X_Forwarded_For="198.51.100.{}",
        Forwarded="for=10.0.0.{}",
    )

    assert len(guesses(hashed)) == 20


def test_claimed_addresses_change_nothing_behind_our_proxy(db, hashed, settings):
    settings.BEHIND_PROXY = True

    attack(email="n{}@example.org", X_Forwarded_For="198.51.100.{}, 203.0.113.9")

    assert len(guesses(hashed)) == 20


def test_refusal_says_the_same_for_known_and_unknown_accounts(client, ana):
    attack(30)
    attack(30, email="nobody@example.org")

    known, unknown = log_in(client), log_in(client, "nobody@example.org")

    assert "Too many attempts" in known.text
    assert "Too many attempts" in unknown.text
    assert known.status_code == unknown.status_code


def test_owner_gets_in_from_a_known_browser_while_a_stranger_attacks(client, ana):
    log_in(client)
    attack(30)

    for _ in range(20):
        client.post("/account/logout/")
        attack(2)
        log_in(client)
        assert is_signed_in(client)


def test_known_browser_has_a_limit_of_its_own(client, ana, hashed):
    log_in(client)
    client.post("/account/logout/")

    for number in range(30):
        log_in(client, password=f"wrong {number}")

    assert len(guesses(hashed)) == 10


def test_cookie_of_one_account_opens_nothing_for_another(client, ana, bruno):
    log_in(client)
    client.post("/account/logout/")
    attack(30, email=bruno.email)

    answer = log_in(client, bruno.email)

    assert "Too many attempts" in answer.text


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "x" * 4000])
def test_forged_cookie_is_no_known_browser(client, ana, forged):
    client.cookies["tibs_device"] = forged
    attack(30)

    assert "Too many attempts" in log_in(client).text


def test_right_passwords_use_up_nothing(ana):
    for _ in range(12):
        browser = Client()
        log_in(browser)
        assert is_signed_in(browser)


def test_nobody_signs_in_while_the_counter_is_away(client, ana, hashed, monkeypatch):
    def away(limits):
        raise CounterAwayError

    monkeypatch.setattr(adapter, "take", away)

    answer = log_in(client, password=PASSWORD)

    assert "not possible at the moment" in answer.text
    assert not is_signed_in(client)
    assert PASSWORD not in hashed


def test_asking_again_who_it_is_is_counted_too(client, ana, hashed):
    log_in(client)
    cache.clear()
    client.cookies.pop("tibs_device")

    for number in range(12):
        client.post("/account/again/", {"password": f"wrong {number}"})

    assert len(guesses(hashed)) == 5
