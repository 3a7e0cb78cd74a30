"""A digest comes at half past six of the reader's own morning, once, whatever the clocks do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from tests.events import wiring
from tests.events.telling import ASKED, NEWS, tell
from tibs.accounts.models import User
from tibs.events.models import InboxItem, Letter, Preference
from tibs.events.services import digests, letters
from tibs.events.services.digests import slot_before, write_digests

WARSAW = ZoneInfo("Europe/Warsaw")
HELSINKI = ZoneInfo("Europe/Helsinki")
DAY = timedelta(days=1)


def at(day, hour=12, minute=0, zone=WARSAW):
    return datetime.combine(day, datetime.min.time(), tzinfo=zone).replace(hour=hour, minute=minute)


def day(month, number, year=2026):
    return datetime(year, month, number, tzinfo=UTC).date()


TUESDAY = day(3, 3)
MONDAY = day(3, 9)


@pytest.fixture
def broker(person, monkeypatch):
    monkeypatch.setattr(wiring, "ZONES", {person.pk: "Europe/Warsaw"})
    return person


@pytest.fixture
def of_a_firm(person, monkeypatch):
    monkeypatch.setattr(wiring, "ZONES", {})
    monkeypatch.setattr(wiring, "ZONES_AT_FIRMS", lambda users: dict.fromkeys(users, "Europe/Warsaw"))
    return person


def told(person, when, notice=NEWS, **values):
    item = tell(person, notice, **values)
    InboxItem.objects.filter(pk=item.pk).update(created_at=when)
    return item


def send_all():
    """Everything that is owed, however it was put off."""
    for letter in Letter.objects.filter(done_at=None).order_by("pk"):
        letters.send(letter.pk)
    return mail.outbox


def test_broker_gets_it_each_morning_from_half_past_six(broker):
    told(broker, at(TUESDAY))

    numbers = [write_digests(now=at(TUESDAY + DAY, *moment)) for moment in ((6, 29), (6, 30), (6, 35))]

    assert numbers == [0, 1, 0]


def test_people_of_firms_get_it_on_mondays(of_a_firm):
    told(of_a_firm, at(TUESDAY))

    days = [TUESDAY + number * DAY for number in range(1, 9)]

    assert [one for one in days if write_digests(now=at(one, 7))] == [MONDAY]


def test_what_comes_after_the_hour_waits_for_the_next_morning(broker):
    told(broker, at(TUESDAY, 7))

    assert write_digests(now=at(TUESDAY, 8)) == 0
    assert write_digests(now=at(TUESDAY + DAY, 6, 30)) == 1


def test_each_reads_it_by_their_own_clock(broker, monkeypatch):
    monkeypatch.setattr(wiring, "ZONES", {broker.pk: "Europe/Helsinki"})
    told(broker, at(TUESDAY))

    assert write_digests(now=at(TUESDAY + DAY, 6, 29, HELSINKI)) == 0
    assert write_digests(now=at(TUESDAY + DAY, 6, 31, HELSINKI)) == 1


def test_clock_that_was_off_for_three_hours_catches_up_once(broker):
    told(broker, at(TUESDAY))

    assert [write_digests(now=at(TUESDAY + DAY, hour)) for hour in (10, 11)] == [1, 0]


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1)])
def test_clock_that_jumps_an_hour_sends_nothing_twice(broker, jump):
    told(broker, at(TUESDAY))
    write_digests(now=at(TUESDAY + DAY, 6, 40))
    told(broker, at(TUESDAY, 20))

    assert write_digests(now=at(TUESDAY + DAY, 6, 40) + jump) == 0


@pytest.mark.parametrize(
    "night", [day(3, 29), day(10, 25), day(2, 29, 2028)], ids=["forward", "back", "leap"]
)
def test_every_night_has_one_digest(broker, night):
    """With a clock that looks every five minutes for three days, and something new each hour."""
    begin = datetime.combine(night - DAY, datetime.min.time(), tzinfo=UTC)
    for hour in range(72):
        told(broker, begin + timedelta(hours=hour, minutes=1))
    ticks = [begin + timedelta(minutes=5 * number) for number in range(72 * 12)]

    since = timedelta(minutes=5)
    mornings = [tick for tick in ticks if slot_before(tick, WARSAW) > tick - since]
    written = [tick.astimezone(WARSAW) for tick in mornings if write_digests(now=tick)]

    assert [(tick.date(), tick.hour, tick.minute) for tick in written] == [
        (night + number * DAY, 6, 30) for number in (-1, 0, 1)
    ]


def test_nothing_is_in_a_digest_that_was_read_settled_or_mailed(broker):
    now = at(TUESDAY)
    told(broker, now, values={"company": "New Firm"})
    for name in ("read_at", "done_at", "mailed_at"):
        item = told(broker, now, values={"company": name})
        InboxItem.objects.filter(pk=item.pk).update(**{name: now})

    write_digests(now=at(TUESDAY + DAY))

    (letter,) = send_all()
    assert letter.subject == "1 new notice in TIBS"
    assert "New Firm" in letter.body
    assert "_at" not in letter.body


def test_what_is_settled_after_the_digest_was_written_is_left_out(broker):
    told(broker, at(TUESDAY))
    write_digests(now=at(TUESDAY + DAY))

    InboxItem.objects.update(done_at=timezone.now())

    assert send_all() == []


def test_digest_is_grouped_by_company_and_what_waits_comes_first(broker, monkeypatch):
    monkeypatch.setattr(wiring, "NAMES", {"cmp_a": "Alpha", "cmp_b": "Beta"})
    Preference.objects.create(user=broker, kind="profiles", mail="daily")
    Preference.objects.update(updated_at=at(TUESDAY, 5))
    for number, (company, notice) in enumerate(
        [("cmp_a", NEWS), ("cmp_b", NEWS), ("cmp_a", NEWS), ("cmp_b", ASKED)]
    ):
        words = {"company": f"Firm {number}", "sender": "Ola", "due_date": "2026-03-05"}
        told(broker, at(TUESDAY, 5, number), notice, company_id=company, values=words)

    write_digests(now=at(TUESDAY + DAY))

    (letter,) = send_all()
    lines = [line for line in letter.body.splitlines() if line.startswith(("- ", "Waits", "Alpha", "Beta"))]
    assert lines == [
        "Waits for you",
        "- Ola asks you until 5 March 2026.",
        "Alpha",
        "- Firm 2 has news.",
        "- Firm 0 has news.",
        "Beta",
        "- Firm 1 has news.",
    ]


def test_choice_made_in_the_morning_counts_from_the_next_one(broker):
    told(broker, at(TUESDAY))
    Preference.objects.create(user=broker, kind="matches", mail="daily")
    Preference.objects.update(updated_at=at(TUESDAY + DAY, 7))

    assert [write_digests(now=at(TUESDAY + number * DAY, 8)) for number in (1, 2)] == [0, 1]


@pytest.mark.parametrize("mail_when", ["waits", "never"])
def test_who_wants_no_digest_gets_none(broker, mail_when):
    told(broker, at(TUESDAY))
    Preference.objects.create(user=broker, kind="matches", mail=mail_when)
    Preference.objects.update(updated_at=at(TUESDAY))

    assert [write_digests(now=at(TUESDAY + number * DAY, 8)) for number in range(1, 8)] == [0] * 7


def test_somebody_who_may_not_sign_in_gets_none(broker):
    told(broker, at(TUESDAY))
    User.objects.update(is_active=False)

    assert write_digests(now=at(TUESDAY + DAY)) == 0


def write_at_once(now, workers=4):
    start = Barrier(workers)

    def work(_):
        try:
            start.wait(10)
            return write_digests(now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(work, range(workers)))


@pytest.mark.django_db(transaction=True)
def test_of_four_clocks_one_writes_it(broker):
    for number in range(3):
        told(broker, at(TUESDAY + number * DAY))

        assert write_at_once(at(TUESDAY + (number + 1) * DAY)) == 1


@pytest.mark.django_db(transaction=True)
def test_without_its_key_four_clocks_would_write_more(broker, monkeypatch):
    """The lock alone would not do: who waited for it would tell what came meanwhile."""
    told(broker, at(TUESDAY))
    unique = iter(range(100))
    monkeypatch.setattr(digests, "_key", lambda person, slot: f"digest:{next(unique)}")
    write_digests(now=at(TUESDAY + DAY))
    told(broker, at(TUESDAY))

    write_digests(now=at(TUESDAY + DAY))

    assert Letter.objects.count() == 2


def test_ten_thousand_notices_of_many_people_cost_few_queries(broker, django_assert_max_num_queries):
    """What nobody is due to hear costs the same for one person and for two hundred."""
    people = [User(email=f"p{number}@example.org", name=f"P {number}") for number in range(200)]
    for person in User.objects.bulk_create(people):
        InboxItem.objects.create(
            user=person, key="x", notice=NEWS.code, kind=NEWS.kind, url="/", created_at=at(TUESDAY, 7)
        )

    with django_assert_max_num_queries(8):
        assert write_digests(now=at(TUESDAY, 8)) == 0
