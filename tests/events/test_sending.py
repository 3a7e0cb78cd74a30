"""Mail servers that are away, slow or refuse: no letter is lost, and each address keeps its order."""

from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail
from django.utils import timezone

from tibs.accounts.models import User
from tibs.core.leases import MOST_ATTEMPTS
from tibs.events.mail_errors import Fault, fault_of
from tibs.events.models import Letter
from tibs.events.models.letter import PATIENCE
from tibs.events.services import letters
from tibs.figures import LETTER_TRIED_FOR, LETTERS_SENT, LONGEST_RETRY

EVA, BO = "eva@example.org", "bo@example.org"
AWAY = ConnectionRefusedError(111, "refused")
GONE = SMTPRecipientsRefused({EVA: (550, b"no such user")})
GREY = SMTPRecipientsRefused({EVA: (451, b"later")})


def write(to=EVA, template="message_waiting", **values):
    context = {"name": "Eva", "company": "Kymen Saha", "link": "/x", "code": "1"}
    return letters.write_letter(template=template, to=to, language="en", context=context, **values)


@pytest.fixture
def server(monkeypatch):
    """A mail server whose next answers are in `fails`: an error, or None where it takes the letter."""
    fails = []
    send = letters.EmailMessage.send

    def answer(message):
        if error := fails.pop(0) if fails else None:
            raise error
        return send(message)

    monkeypatch.setattr(letters.EmailMessage, "send", answer)
    return fails


def be_due(letter):
    Letter.objects.filter(pk=letter.pk).update(retry_at=None)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (AWAY, Fault.SERVER),
        (TimeoutError(), Fault.SERVER),
        (SMTPServerDisconnected("gone"), Fault.SERVER),
        (SMTPAuthenticationError(535, b"who are you"), Fault.SERVER),
        (GREY, Fault.SERVER),
        (GONE, Fault.ADDRESS),
        (SMTPDataError(552, b"too big"), Fault.LETTER),
        (SMTPDataError(451, b"later"), Fault.SERVER),
        (ZeroDivisionError(), Fault.LETTER),
    ],
)
def test_failure_tells_whose_it_is(error, fault):
    assert fault_of(error) is fault


def test_server_that_is_away_uses_up_no_attempts(db, server):
    letter = write()

    for _ in range(10):
        server.append(AWAY)
        letters.send(letter.pk)
        be_due(letter)

    assert letters.send(letter.pk)
    assert len(mail.outbox) == 1


def test_letter_that_was_put_off_is_not_tried_before_its_time(db, server):
    letter = write()
    server.append(AWAY)
    letters.send(letter.pk)

    assert not letters.send(letter.pk)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("age", "wait"),
    [(timedelta(0), PATIENCE), (timedelta(hours=2), PATIENCE + LONGEST_RETRY)],
)
def test_the_older_the_seldomer_it_is_tried(db, server, age, wait):
    letter = write()
    Letter.objects.update(created_at=timezone.now() - age)
    server.append(AWAY)

    letters.send(letter.pk)

    letter.refresh_from_db()
    assert abs(letter.retry_at - timezone.now() - wait) < timedelta(seconds=15)


def test_letter_that_could_not_be_sent_for_days_is_parked(db, server):
    letter = write()
    Letter.objects.update(created_at=timezone.now() - LETTER_TRIED_FOR - timedelta(minutes=1))
    server.append(AWAY)

    letters.send(letter.pk)

    assert list(Letter.objects.parked()) == [letter]


def test_refused_address_is_flagged_at_once_until_a_letter_arrives(db, server):
    person = User.objects.create_user(EVA, name="Eva")
    letter, server[:] = write(), [GONE]

    letters.send(letter.pk)

    letter.refresh_from_db()
    person.refresh_from_db()
    assert (letter.attempts, bool(letter.refused_at), bool(person.mail_refused_at)) == (
        MOST_ATTEMPTS,
        True,
        True,
    )
    letters.send(write().pk)
    person.refresh_from_db()
    assert person.mail_refused_at is None


def test_letters_to_one_address_keep_their_order(db, server):
    first, second, other = write(), write(), write(BO)
    server.append(AWAY)
    letters.send(first.pk)

    assert [letters.send(one.pk) for one in (second, other)] == [False, True]
    be_due(first)
    assert [letters.send(one.pk) for one in (second, first, second)] == [False, True, True]


def test_letter_that_is_parked_or_needed_at_once_holds_nobody_up(db, server):
    parked, code, last = write(), write(template="account_code"), write()
    Letter.objects.filter(pk=parked.pk).update(attempts=MOST_ATTEMPTS)
    server.append(AWAY)
    letters.send(code.pk)

    assert letters.send(last.pk)


def test_no_more_letters_go_at_a_time_than_mail_servers_bear(db):
    owed = [write(f"p{number}@example.org") for number in range(LETTERS_SENT + 5)]

    sent = [letters.send(letter.pk) for letter in owed]

    assert sum(sent) == LETTERS_SENT
    assert Letter.objects.filter(done_at=None, attempts=0).count() == 5


def test_code_for_signing_in_does_not_wait_for_the_pace(db):
    for number in range(LETTERS_SENT):
        letters.send(write(f"p{number}@example.org").pk)

    assert not letters.send(write().pk)
    assert letters._may_go(write(template="account_code"))


def test_letter_that_is_sent_twice_has_one_message_id(db):
    letter = write()
    letters.send(letter.pk)
    Letter.objects.update(done_at=None, lease_until=None, context={"name": "", "company": "", "link": ""})

    letters.send(letter.pk)

    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first == second


def test_letter_with_an_end_says_so_to_mail_programs(db):
    letters.send(write(unsubscribe="/searches/end/abc/").pk)
    letters.send(write().pk)

    with_end, without = mail.outbox
    assert with_end.extra_headers["List-Unsubscribe"] == "<http://localhost:8000/searches/end/abc/>"
    assert "List-Unsubscribe-Post" not in without.extra_headers
