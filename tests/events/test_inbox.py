"""People are told once, at once by mail where somebody waits for them, and not after it is settled."""

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from tests.events.telling import ASKED, FROM, NEWS, tell
from tests.letters import letters_to
from tibs.accounts.models import User
from tibs.events.models import InboxItem, Letter, MailWhen, NoticeKind, Preference
from tibs.events.notices import Notice
from tibs.events.services import letters
from tibs.events.services.inbox import read_items, settle
from tibs.events.telling import sentence_of


def choose(person, mail_when, kind=NoticeKind.PROFILES):
    Preference.objects.create(user=person, kind=kind, mail=mail_when)


def sent():
    for letter in Letter.objects.filter(done_at=None).order_by("pk"):
        letters.send(letter.pk)
    return mail.outbox


def test_the_same_key_is_told_once_for_each_person(person):
    other = User.objects.create_user("bo@example.org", name="Bo")

    first, again = tell(person, key="once"), tell(person, key="once")
    tell(other, key="once")

    assert first == again
    assert InboxItem.objects.count() == 2


def test_what_waits_is_mailed_at_once_and_the_rest_is_not(person):
    tell(person, NEWS)
    item = tell(person, ASKED)

    ((subject, words),) = letters_to(person.email)
    item.refresh_from_db()
    assert subject == "Johanna asks you until 5 March 2026."
    assert "http://localhost:8000/work/" in words
    assert item.mailed_at


@pytest.mark.parametrize(
    ("chosen", "number"),
    [("at_once", 1), ("waits", 1), ("daily", 0), ("weekly", 0), ("never", 0)],
)
def test_choice_for_the_kind_holds(person, chosen, number):
    choose(person, chosen)

    tell(person, ASKED)

    assert len(letters_to(person.email)) == number


def test_somebody_who_may_not_sign_in_gets_no_letter(person):
    person.is_active = False
    person.save()

    tell(person, ASKED)

    assert Letter.objects.count() == 0


def test_change_that_is_rolled_back_tells_nobody(person):
    with transaction.atomic():
        tell(person, ASKED)
        transaction.set_rollback(True)

    assert (InboxItem.objects.count(), Letter.objects.count()) == (0, 0)


def test_name_that_ends_in_a_stop_is_followed_by_no_second_one(person):
    item = tell(person, FROM, values={"company": "Zagrometan Sp. z o.o."})
    open_end = tell(person, FROM, values={"company": "Und so weiter..."})

    assert sentence_of(item) == "News from Zagrometan Sp. z o.o."
    assert sentence_of(open_end) == "News from Und so weiter...."


def settled(item):
    settle(key=item.key, now=timezone.now())


def was_read(item):
    read_items(user=item.user, now=timezone.now(), public_id=item.public_id)


def closed(item):
    User.objects.update(is_active=False)


def erased(item):
    item.delete()


def unsubscribed(item):
    choose(item.user, MailWhen.NEVER)


@pytest.mark.parametrize("happened", [settled, was_read, closed, erased, unsubscribed])
def test_nothing_is_sent_for_what_is_over_before_the_letter_goes(person, happened):
    item = tell(person, ASKED)

    happened(item)

    assert sent() == []
    assert Letter.objects.get().cancelled_at


def test_letter_goes_to_the_address_and_in_the_language_of_the_moment(person):
    tell(person, ASKED)
    User.objects.update(email="new@example.org", language="de")

    (letter,) = sent()

    assert letter.to == ["new@example.org"]
    assert "5. März 2026" in letter.subject


def test_mail_programs_and_people_find_how_to_end_letters(person):
    tell(person, ASKED)

    (letter,) = sent()

    header = letter.extra_headers["List-Unsubscribe"]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert header.startswith("<http://localhost:8000/account/unsubscribe/")
    assert header.strip("<>") in letter.body


def test_settling_concerns_everybody_who_was_asked_and_counts_once(person):
    other = User.objects.create_user("bo@example.org", name="Bo")
    tell(person, ASKED, key="same")
    tell(other, ASKED, key="same")

    numbers = [settle(key="same", now=timezone.now()) for _ in range(2)]

    assert numbers == [2, 0]


def test_notice_of_an_older_release_still_has_a_sentence(person):
    item = tell(person, NEWS, values={})
    item_without = tell(person, NEWS)
    item_without.notice = "tests.forgotten"

    assert {sentence_of(item), sentence_of(item_without)} == {"Something new in TIBS."}


def test_two_notices_cannot_have_one_code():
    with pytest.raises(ValueError, match=r"tests\.news"):
        Notice("tests.news", "Other.", NoticeKind.LEADS)
