"""Programs that fill in the public form, and people who must not be taken for one."""

import random

import pytest
from django.core.cache import cache
from django.test import Client

from companies.choices import RegistrationStatus
from companies.forms.human import Stamp
from companies.identity import register_number_is_wrong
from companies.models import Company, Registration
from tests.companies.filling import ANSWERS, Person, link_in, stamp_in
from tests.letters import letters_to
from tibs.core import limits
from tibs.events.models import Letter

pytestmark = pytest.mark.django_db
BOT_NETWORKS = [f"198.51.100.{number}" for number in range(5)]


def flat(**changes):
    """All answers of all sections in one post, as programs send them."""
    return {name: value for answers in ANSWERS.values() for name, value in answers.items()} | changes


def test_thousand_posts_of_programs_reach_no_broker_and_write_to_few(clock, ilze):
    """Instant posts, replayed and forged stamps, filled traps, guessed links; some fill in everything in order."""
    chance = random.Random(7)
    client = Client()
    old = stamp_in(client.get("/register/about/"))
    stamps = ["", "nonsense", Stamp.fresh(clock.now().timestamp()).signed(), old]
    sections = [*ANSWERS, "check", "sent", "later", "confirm/guess", "continue/guess"]

    for number in range(1000):
        if number % 100 == 0:
            client = Client()
        clock.move(chance.choice([0, 0, 1]))
        data = flat(
            stamp=chance.choice(stamps),
            action="save",
            extra=chance.choice(["", "http://spam.example"]),
            email=f"bot{number}@spam.example",
        )
        answer = client.post(
            f"/register/{chance.choice(sections)}/", data, REMOTE_ADDR=chance.choice(BOT_NETWORKS)
        )
        assert answer.status_code < 500

    assert not Company.objects.exists()
    assert letters_to(ilze.email) == []
    assert Letter.objects.count() < 20


def test_patient_program_that_falls_into_the_trap_is_held_without_a_letter(eva):
    eva.fill("about", extra="http://spam.example")
    for section in list(eva.answers)[1:]:
        eva.fill(section)

    eva.send()

    assert Registration.objects.get().status == RegistrationStatus.HELD
    assert letters_to("eva@koks.example") == []


def test_program_without_a_browser_that_confirms_nothing_reaches_no_broker(eva, ilze):
    eva.fill_all()
    eva.send()

    assert letters_to(ilze.email) == []
    assert not Company.objects.exists()


@pytest.mark.long
def test_fifty_people_without_javascript_all_pass(clock, ilze):
    """Some are fast, some slow, some press twice, some go back, some are helped by a password manager."""
    chance = random.Random(11)
    candidates = map(str, range(40103000000, 40103002000))
    numbers = [number for number in candidates if not register_number_is_wrong("LV", number)]

    for number in range(50):
        person = Person(Client(), clock, email=f"person{number}@firm.example", network=f"203.0.113.{number}")
        person.answers["company"] |= {"register_number": numbers[number], "name": f"SIA Firma {number}"}
        for section in person.answers:
            answer = person.fill(section, seconds=chance.choice([4, 20, 3000]))
            assert answer.status_code == 302, answer.context["form"].errors
            if chance.random() < 0.2:
                person.fill(section, seconds=4)
        assert person.send(seconds=5).status_code == 302
        [(_, words)] = letters_to(f"person{number}@firm.example")
        person.post(link_in(words), {})

    assert Company.objects.filter(proposed_owner=ilze).count() == 50


def test_sending_too_quickly_keeps_the_words_and_works_a_moment_later(eva):
    quick = eva.fill("about", seconds=1)

    assert quick.status_code == 200
    page = quick.content.decode()
    assert "That was very quick" in page
    assert "Eva Kalniņa" in page
    eva.clock.move(3)
    again = eva.post("/register/about/", {**eva.answers["about"], "stamp": stamp_in(quick), "action": "save"})
    assert again.status_code == 302


@pytest.mark.parametrize("stamp", ["", "nonsense", "WzEsICJ4Il0:forged"])
def test_page_without_our_stamp_comes_back_with_one_and_all_words(eva, stamp):
    answer = eva.post("/register/about/", {**eva.answers["about"], "stamp": stamp, "action": "save"})

    assert answer.status_code == 200
    assert "Eva Kalniņa" in answer.content.decode()
    assert stamp_in(answer)
    assert not Registration.objects.exists()


def test_page_that_was_open_for_two_days_comes_back_with_all_words(eva):
    answer = eva.fill("about", seconds=2 * 24 * 3600)

    assert answer.status_code == 200
    assert "Eva Kalniņa" in answer.content.decode()
    eva.clock.move(30)
    data = {**eva.answers["about"], "stamp": stamp_in(answer), "action": "save"}
    assert eva.post("/register/about/", data).status_code == 302


def test_network_that_sends_too_much_waits_and_keeps_its_words(eva, monkeypatch):
    monkeypatch.setattr("companies.services.registration_limits.REGISTRATION_SAVES_NETWORK", 2)
    eva.fill("about")
    eva.fill("company")

    answer = eva.fill("place")

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Rīgas iela 1" in answer.content.decode()
    eva.network = "192.0.2.8"
    assert eva.fill("place").status_code == 302


def test_one_ipv6_customer_counts_once_whatever_the_address(eva, monkeypatch):
    monkeypatch.setattr("companies.services.registration_limits.REGISTRATION_SAVES_NETWORK", 1)
    eva.network = "2001:db8:1:2::1"
    eva.fill("about")
    eva.network = "2001:db8:1:2:ffff::9"

    assert eva.fill("company").status_code == 429


def test_without_the_counter_sections_are_saved_and_what_is_sent_is_held(eva, monkeypatch):
    def away(*_args):
        raise limits.CounterAwayError

    monkeypatch.setattr("companies.services.registration_limits.take", away)

    eva.fill_all()
    eva.send()

    registration = Registration.objects.get()
    assert (registration.status, registration.hold_reason) == (RegistrationStatus.HELD, "uncounted")
    cache.clear()


def test_address_of_somebody_else_gets_few_letters(eva):
    eva.fill_all()
    eva.send()

    answers = [eva.post("/register/sent/", {}).status_code for _ in range(10)]

    assert answers.count(302) < 6
    assert len(letters_to("eva@koks.example")) == 6
