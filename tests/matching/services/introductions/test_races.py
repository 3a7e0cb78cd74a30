"""Two at once: one introduction of a pair, and never one after a withdrawal that was committed before it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from companies.choices import Purpose
from companies.services.consents import withdraw_consent
from matching.choices import Choice, DismissReason, IntroductionStatus
from matching.handshake import State
from matching.models import Block, Cooperation, Introduction, IntroductionConsent
from matching.services import decisions
from matching.services.decisions import Verdict, decide
from matching.services.introductions import deciding, meeting, moving, starting, stopping
from matching.services.introductions.grounds import words_hash
from tests import factories, introducing
from tests.matching.services.introductions import acting
from tibs.core.errors import DomainError

TOGETHER = 8
pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs):
    """Run each job in a thread of its own, all at the same moment; what each returned or raised."""
    gate = threading.Barrier(len(jobs))

    def run(job):
        try:
            gate.wait(timeout=20)
            return job()
        except (DomainError, AssertionError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def starts(people, match):
    by = people.actor("sender_broker")
    return lambda: starting.start_from_match(match=match, profile=people.sender, by=by)


def test_of_eight_who_begin_at_once_one_begins():
    people = acting.cast()
    match = factories.match(people.sender, people.receiver)

    results = together(*[starts(people, match)] * TOGETHER)

    assert sum(isinstance(result, Introduction) for result in results) == 1
    assert sum(isinstance(result, starting.PairTakenError) for result in results) == TOGETHER - 1


def test_the_database_alone_refuses_the_second_one(monkeypatch):
    """Without the lock and the question before it."""
    people = acting.cast()
    match = factories.match(people.sender, people.receiver)
    _unlocked(monkeypatch, people)

    results = together(*[starts(people, match)] * TOGETHER)

    assert sum(isinstance(result, Introduction) for result in results) == 1
    assert sum(isinstance(result, starting.PairTakenError) for result in results) == TOGETHER - 1


def test_control_without_lock_and_constraint_a_pair_is_begun_many_times(monkeypatch):
    people = acting.cast()
    match = factories.match(people.sender, people.receiver)
    _unlocked(monkeypatch, people)
    once = next(one for one in Introduction._meta.constraints if one.name == starting.PAIR_ONCE)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Introduction, once)
    try:
        results = together(*[starts(people, match)] * TOGETHER)
        assert sum(isinstance(result, Introduction) for result in results) > 1
    finally:
        Introduction.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Introduction, once)


def test_eleven_at_once_never_exceed_what_a_company_carries(monkeypatch):
    people = acting.cast()
    monkeypatch.setattr(starting, "INTRODUCTIONS_CARRIED", 3)
    host, owner = people.receiver.company.host, people.receiver_broker
    partners = [factories.profile(factories.company(f"Saha {n}", host=host, owner=owner)) for n in range(8)]
    matches = [factories.match(people.sender, partner) for partner in partners]

    results = together(*[starts(people, match) for match in matches])

    assert sum(isinstance(result, Introduction) for result in results) == 3


def test_never_introduced_after_a_committed_withdrawal(rounds):
    people, endings = acting.cast(), []

    for number in range(rounds):
        factories.consent(people.sender.company)
        introduction = put_to_partner(people)
        seen = []
        jobs = [accepts(people, introduction), withdraws(people, introduction, seen)]
        together(*jobs[:: 1 if number % 2 else -1])
        endings.append(ending_of(introduction, seen))
        forget(introduction)

    assert broken(endings) == []


def test_control_a_withdrawal_that_does_not_look_at_introductions_is_too_late(monkeypatch):
    """The acceptance reads the consent, the withdrawal commits, the acceptance commits: the oracle notices."""
    people, seen = acting.cast(), []
    introduction = put_to_partner(people)
    has_read, withdrawn = threading.Event(), threading.Event()
    missing = meeting.what_is_missing
    monkeypatch.setattr(stopping, "all_as_they_stand", lambda rows: [])
    monkeypatch.setattr(deciding, "with_its_companies", moving.as_it_stands)

    def slowly(found):
        answer = missing(found)
        has_read.set()
        withdrawn.wait(timeout=20)
        return answer

    monkeypatch.setattr(meeting, "what_is_missing", slowly)

    def withdraw():
        has_read.wait(timeout=20)
        withdraws(people, introduction, seen)()
        withdrawn.set()

    together(accepts(people, introduction), withdraw)

    assert broken([ending_of(introduction, seen)])


def test_acceptance_waits_for_a_withdrawal_that_is_under_way():
    """The same order of events with the locks on."""
    people, seen = acting.cast(), []
    introduction = put_to_partner(people)
    holds = threading.Event()

    def withdraw():
        with transaction.atomic():
            withdraws(people, introduction, seen)()
            holds.set()
            threading.Event().wait(0.3)

    def accept():
        holds.wait(timeout=20)
        return accepts(people, introduction)()

    together(withdraw, accept)

    assert ending_of(introduction, seen) == (State.WITHDRAWN, State.WITHDRAWN)


def test_a_yes_that_is_taken_back_at_that_moment_introduces_nobody_or_comes_too_late(rounds):
    people = acting.cast()
    by = people.actor("sender_person")

    for _ in range(max(rounds // 10, 3)):
        introduction = put_to_partner(people)
        take_back = partial(
            deciding.take_back,
            introduction=introduction,
            company=people.sender.company,
            language="en",
            by=by,
        )
        together(accepts(people, introduction), take_back)
        introduction.refresh_from_db()
        last_word = introduction.consents.filter(company=people.sender.company).latest("pk")
        assert (introduction.status == State.INTRODUCED) == last_word.is_given
        forget(introduction)


def test_of_a_block_and_a_beginning_at_once_no_open_introduction_is_left(rounds):
    people = acting.cast()
    match = factories.match(people.sender, people.receiver)

    for _ in range(max(rounds // 4, 3)):
        together(starts(people, match), blocks(people, match))
        is_blocked = Block.objects.in_force().exists()
        assert not (is_blocked and Introduction.objects.open().exists())
        Introduction.objects.all().delete()
        Block.objects.all().delete()


def test_a_block_waits_for_who_begins_at_that_moment_and_comes_too_late(monkeypatch):
    """The pair is being introduced by then: whoever does not want it declines."""
    block_between_question_and_beginning(monkeypatch)

    assert Introduction.objects.open().exists()
    assert not Block.objects.in_force().exists()


def test_control_a_block_that_does_not_lock_the_companies_leaves_one_open(monkeypatch):
    monkeypatch.setattr(decisions, "_hold_companies", lambda match: None)

    block_between_question_and_beginning(monkeypatch)

    assert Block.objects.in_force().exists()
    assert Introduction.objects.open().exists()


def block_between_question_and_beginning(monkeypatch):
    """Who begins has asked whether there is a block, and writes a second later or when there is one."""
    people = acting.cast()
    match = factories.match(people.sender, people.receiver)
    has_asked, is_blocked, ask = threading.Event(), threading.Event(), starting._refuse_pair

    def slowly(*pair):
        ask(*pair)
        has_asked.set()
        is_blocked.wait(timeout=1)

    def block():
        has_asked.wait(timeout=20)
        blocks(people, match)()
        is_blocked.set()

    monkeypatch.setattr(starting, "_refuse_pair", slowly)
    together(starts(people, match), block)


def blocks(people, match):
    """The receiving side wants no introduction to the sender any more."""
    dismissal = Verdict(Choice.DISMISSED, DismissReason.COMPETITOR, blocks=True)
    by = people.actor("receiver_broker")
    return partial(decide, match=match, profile=people.receiver, verdict=dismissal, by=by)


def forget(introduction):
    """The pair may be introduced once more in the next round."""
    Cooperation.objects.filter(introduction=introduction).delete()
    introduction.delete()


def put_to_partner(people):
    """The receiving company reads it; the sending one has agreed."""
    introduction = introducing.introduction(
        people.sender, people.receiver, status=IntroductionStatus.WITH_PARTNER
    )
    IntroductionConsent.objects.create(
        introduction=introduction,
        company=people.sender.company,
        is_given=True,
        text_hash=words_hash(introduction),
        language="en",
        at=timezone.now(),
    )
    return introduction


def accepts(people, introduction):
    by, shown = people.actor("receiver_person"), words_hash(introduction)
    return lambda: deciding.accept(introduction=introduction, shown_hash=shown, language="en", by=by)


def withdraws(people, introduction, seen):
    """Withdraw, and note how the introduction stands in the very transaction that is about to commit."""

    def withdraw():
        with transaction.atomic():
            withdraw_consent(
                company=people.sender.company,
                purpose=Purpose.PUBLISH_ANONYMOUS,
                language="en",
                by=factories.BENCH,
            )
            seen.append(Introduction.objects.values_list("status", flat=True).get(pk=introduction.pk))

    return withdraw


def ending_of(introduction, seen):
    """How it stood when the withdrawal committed, and how it ended."""
    introduction.refresh_from_db()
    return (*seen, introduction.status)


def broken(endings):
    """Those that were not introduced when the withdrawal committed, and are now."""
    return [ending for ending in endings if ending[-1] == State.INTRODUCED and ending[0] != State.INTRODUCED]


def _unlocked(monkeypatch, people):
    both = sorted((people.sender.company, people.receiver.company), key=lambda company: company.pk)
    monkeypatch.setattr(starting, "_locked", lambda one, other: tuple(both))
    monkeypatch.setattr(starting, "_refuse_pair", lambda *pair: None)
    monkeypatch.setattr(starting, "hold_seats", lambda seats: True)
