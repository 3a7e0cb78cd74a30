"""What can go wrong between a change and its letter, each counted at the mail server.

The queue only carries nudges; here nobody nudges, and the sweep's letters are sent by processes of their own.
"""

import os
import random
import signal
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

from benchmarks.mail_drill.post_office import PostOffice, begin, die, end_of, run
from tibs.accounts.models import User
from tibs.core.leases import MOST_ATTEMPTS
from tibs.events import dispatch
from tibs.events.models import Letter, NoticeKind
from tibs.events.models.letter import LetterQuerySet
from tibs.events.notices import Notice
from tibs.events.services import letters
from tibs.events.services.inbox import notify

ASKED = Notice("drill.asked", "Letter %(number)s waits for you.", NoticeKind.MESSAGES, waits=True)
LONG_AGO = timedelta(minutes=10)
TRIES = 3


@dataclass(frozen=True)
class Tally:
    """What came of `owed` letters: how many never arrived, and how many copies too many did."""

    owed: int
    kills: int
    missing: int
    extra: int

    def __str__(self) -> str:
        return f"{self.owed} | {self.kills} | {self.missing} | {self.extra}"


def person(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org", name=name)


def owe(to: User, number: int) -> None:
    """A notice that is mailed at once, in a transaction of its own."""
    with transaction.atomic():
        notify(ASKED, to=to, url="/", key=f"drill:{number}", values={"number": number})


def unheard() -> AbstractContextManager[object]:
    """Nobody hears the nudge, as if the queue were away."""
    return patch.object(dispatch, "send_soon", lambda owed: None)


def grow_old() -> None:
    """Let the waiting times pass: of the sweep, of leases and of what was put off."""
    past = timezone.now() - LONG_AGO
    waiting = Letter.objects.filter(done_at=None)
    waiting.update(nudged_at=past, retry_at=None)
    waiting.exclude(lease_until=None).update(lease_until=past)


def sweep_up(rounds: int = 20) -> None:
    """Sweep and send until nothing is left to send, in a process that nobody kills."""

    def work() -> None:
        for _ in range(rounds):
            grow_old()
            found: list[Letter] = []
            with patch.object(dispatch, "send_soon", found.extend):
                letters.sweep()
                for letter in list(found):
                    letters.send(letter.pk)
            if not found:
                return

    with patch.object(letters, "take", lambda limits: None):
        run(work)


def tally(office: PostOffice, owed: int, kills: int) -> Tally:
    copies = office.copies()
    return Tally(owed, kills, missing=owed - len(copies), extra=sum(copies.values()) - len(copies))


def killed_after_commit(office: PostOffice, kills: int, *, with_sweep: bool = True) -> Tally:
    """The process dies when the change is committed and the queue does not know yet (F-10)."""
    reader = person("committed")
    for number in range(kills):
        with patch.object(dispatch, "send_soon", die):
            _expect_killed(run(partial(owe, reader, number)))
    if with_sweep:
        sweep_up()
    return tally(office, kills, kills)


def killed_after_hand_over(office: PostOffice, kills: int) -> Tally:
    """The process dies when the mail server has the letter and the row does not say so yet (F-11)."""
    readers = [person(f"handed{number}") for number in range(kills)]
    with unheard():
        for number, reader in enumerate(readers):
            owe(reader, number)
    for key in _owed():
        with patch.object(LetterQuerySet, "finish", die):
            _expect_killed(run(partial(letters.send, key)))
    sweep_up()
    return tally(office, kills, kills)


def killed_at_any_moment(office: PostOffice, number: int, kills: int) -> Tally:
    """Processes that send one letter after the other are killed at a random moment of some letter.

    Each has sent one before, so that no letter loses its worker three times and is parked.
    """
    readers = [person(f"any{one}") for one in range(number)]
    with unheard():
        for one, reader in enumerate(readers):
            owe(reader, one)
    chance, done = random.Random(20), 0  # noqa: S311  # no secret
    with unheard(), patch.object(letters, "take", lambda limits: None):
        while done < kills and (left := _owed()):
            pid = begin(partial(_send_all, left))
            _wait_for_progress(office)
            time.sleep(chance.uniform(0, 0.06))
            os.kill(pid, signal.SIGKILL)
            done += end_of(pid) == -signal.SIGKILL
            Letter.objects.filter(done_at=None).exclude(lease_until=None).update(
                lease_until=timezone.now() - LONG_AGO
            )
    sweep_up()
    return tally(office, number, done)


def _wait_for_progress(office: PostOffice) -> None:
    known, deadline = len(office.events("taken")), time.monotonic() + 10
    while len(office.events("taken")) == known and time.monotonic() < deadline:
        time.sleep(0.005)


def sent_by_two(office: PostOffice, number: int, *, with_claim: bool) -> Tally:
    """Two processes send the same letters at the same time; once more where one of them lay still."""
    for owed in range(number, number * TRIES + 1, number):
        if _both_send(range(owed - number, owed), with_claim=with_claim):
            break
        sweep_up()
    return tally(office, owed, 0)


def _both_send(numbers: range, *, with_claim: bool) -> bool:
    """Whether neither had to be killed."""
    with unheard():
        for one in numbers:
            owe(person(f"two{one}"), one)
    keys, start = _owed(), time.time() + 1
    protection = unheard() if with_claim else patch.object(LetterQuerySet, "claim", lambda self, pk, now: 1)

    def work() -> None:
        time.sleep(max(0, start - time.time()))
        _send_all(keys)

    with unheard(), protection:
        return -signal.SIGKILL not in [end_of(pid) for pid in [begin(work), begin(work)]]


@dataclass(frozen=True)
class Outage:
    """What came of letters that were owed while the mail server was away."""

    owed: int
    missing: int
    out_of_order: int
    most_in_window: int
    seconds: float


def server_away(office: PostOffice, readers: int, letters_each: int, tries: int = 5) -> Outage:
    """The mail server goes, is asked again and again in vain, and comes back to everything at once (F-18)."""
    people = [person(f"away{number}") for number in range(readers)]
    office.close()
    with unheard():
        for number in range(readers * letters_each):
            owe(people[number % readers], number)
        for _ in range(tries):
            run(partial(_send_all, _owed()))
            grow_old()
    office.open()
    began = time.monotonic()
    while _owed() and time.monotonic() - began < 300:
        run(_one_round)
        time.sleep(0.5)
    taken = office.events("taken")
    return Outage(
        owed=readers * letters_each,
        missing=readers * letters_each - len(office.copies()),
        out_of_order=_out_of_order(taken),
        most_in_window=_most_in_window([event["at"] for event in taken]),
        seconds=time.monotonic() - began,
    )


@dataclass(frozen=True)
class Bounces:
    """Letters to addresses that do not exist: parked, flagged, and how often the server was asked."""

    owed: int
    arrived: int
    parked: int
    flagged: int
    asked: int


def addresses_gone(office: PostOffice, number: int, gone: int) -> Bounces:
    """One letter in twenty goes to an address that the server refuses for good."""
    people = [person(f"gone{one}" if one < gone else f"here{one}") for one in range(number)]
    with unheard():
        for one, reader in enumerate(people):
            owe(reader, one)
    sweep_up()
    sweep_up()
    return Bounces(
        owed=number,
        arrived=len(office.copies()),
        parked=Letter.objects.filter(done_at=None, attempts__gte=MOST_ATTEMPTS)
        .exclude(refused_at=None)
        .count(),
        flagged=User.objects.exclude(mail_refused_at=None).count(),
        asked=len(office.events("refused")),
    )


def _one_round() -> None:
    """What beat and the workers do in one turn, the pace included."""
    grow_old()
    found: list[Letter] = []
    with patch.object(dispatch, "send_soon", found.extend):
        letters.sweep()
        for letter in found[:]:
            letters.send(letter.pk)


def _send_all(keys: list[int]) -> None:
    for key in keys:
        letters.send(key)


def _owed() -> list[int]:
    return list(Letter.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True))


def _expect_killed(code: int) -> None:
    if code != -signal.SIGKILL:
        raise RuntimeError(f"The process ended by itself ({code}), so nothing was tried.")


def _out_of_order(taken: list[dict[str, str]]) -> int:
    by_address = groupby(sorted(taken, key=itemgetter("to")), key=itemgetter("to"))
    numbers = [[int(event["subject"].split()[1]) for event in events] for _address, events in by_address]
    return sum(later < earlier for one in numbers for earlier, later in pairwise(one))


def _most_in_window(moments: list[float], seconds: float = 10) -> int:
    moments = sorted(moments)
    return max((sum(1 for at in moments if start <= at < start + seconds) for start in moments), default=0)
