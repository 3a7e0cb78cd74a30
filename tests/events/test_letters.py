"""A letter is owed with the change that it tells, sent after it, and never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from structlog.testing import capture_logs

from tests.letters import letters_to
from tests.queue import taken_from
from tibs.core.leases import MOST_ATTEMPTS
from tibs.events.models import Letter
from tibs.events.models.letter import LetterQuerySet
from tibs.events.services import letters

SUBJECT = "{% load i18n %}{% translate 'Sign out' %} {{ name }}"
WORDS = "{% load i18n %}{{ name }}, {{ link }}, {{ home }}"
EVA = "eva@example.org"


@pytest.fixture(autouse=True)
def template_of_tests(settings):
    (templates,) = settings.TEMPLATES
    loader = "django.template.loaders.locmem.Loader"
    words = {"mail/greeting_subject.txt": SUBJECT, "mail/greeting_message.txt": WORDS}
    options = templates["OPTIONS"] | {"loaders": [(loader, words)]}
    settings.TEMPLATES = [templates | {"APP_DIRS": False, "OPTIONS": options}]


def write(**values):
    given = {"template": "greeting", "to": EVA, "language": "en", "context": {"name": "Eva", "link": "/x"}}
    return letters.write_letter(**given | values)


def grow_old(letter):
    long_ago = timezone.now() - timedelta(seconds=60)
    Letter.objects.filter(pk=letter.pk).update(nudged_at=long_ago, lease_until=None)


def test_letter_is_asked_for_when_the_change_is_committed(db, django_capture_on_commit_callbacks):
    taken_from("events")

    with django_capture_on_commit_callbacks(execute=True):
        write()

    assert len(taken_from("events")) == 1


def test_change_that_is_rolled_back_owes_no_letter(db):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert letters_to(EVA) == []


def test_letter_that_was_sent_keeps_its_subject_and_forgets_what_it_said(db):
    letter = write()

    assert letters.send(letter.pk)

    (sent,) = mail.outbox
    letter.refresh_from_db()
    assert (sent.to, sent.subject) == ([EVA], "Sign out Eva")
    assert "http://localhost:8000/" in sent.body
    assert (letter.subject, letter.context) == ("Sign out Eva", {})


def test_message_that_comes_twice_sends_one_letter(db):
    letter = write()

    assert [letters.send(letter.pk), letters.send(letter.pk)] == [True, False]
    assert len(mail.outbox) == 1


def test_second_letter_with_the_same_key_is_not_written(db):
    assert write(key="once") == write(key="once", to="other@example.org")


def test_failure_frees_the_letter_and_three_park_it(db, monkeypatch):
    letter = write()
    monkeypatch.setattr(letters.EmailMessage, "send", lambda self: 1 / 0)

    for _ in range(MOST_ATTEMPTS + 1):
        assert not letters.send(letter.pk)

    letter.refresh_from_db()
    assert list(Letter.objects.parked()) == [letter]
    assert (letter.error, letter.context["name"]) == ("ZeroDivisionError", "Eva")


def test_log_of_a_failure_does_not_name_the_address(db, monkeypatch):
    def refuse(message):
        raise SMTPRecipientsRefused({EVA: (550, b"no such user")})

    monkeypatch.setattr(letters.EmailMessage, "send", refuse)
    with capture_logs() as logged:
        letters.send(write().pk)

    assert logged[0]["error"] == "SMTPRecipientsRefused"
    assert EVA not in str(logged)


def test_letter_whose_message_was_lost_is_asked_for_again(db):
    letter = write()
    taken_from("events")
    grow_old(letter)

    assert letters.sweep() == 1
    assert len(taken_from("events")) == 1


def test_letter_whose_worker_died_is_sent_after_its_lease(db):
    letter = write()
    Letter.objects.claim(letter.pk, timezone.now())
    assert not letters.send(letter.pk)

    grow_old(letter)

    assert letters.send(letter.pk)


def send_at_once(letter, workers=2):
    start = Barrier(workers)

    def work(_):
        try:
            start.wait(5)
            return letters.send(letter.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(work, range(workers)))


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends_the_letter():
    for _ in range(5):
        assert send_at_once(write()) == 1

    assert len(mail.outbox) == 5


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_two_workers_would_both_send(monkeypatch):
    monkeypatch.setattr(LetterQuerySet, "claim", lambda self, pk, now: 1)

    send_at_once(write())

    assert len(mail.outbox) == 2
