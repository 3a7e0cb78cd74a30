"""Whatever anybody does in whatever order, an introduction keeps its promises."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.choices import Purpose
from companies.services.consents import give_consent, withdraw_consent
from matching import handshake
from matching.choices import OPEN_INTRODUCTIONS, IntroductionStatus
from matching.handshake import Act, Side, State, Who
from matching.models import Introduction
from matching.services.introductions import meeting, writing
from matching.services.introductions.grounds import agreed
from matching.services.introductions.pausing import transfer
from matching.services.introductions.ringing import follow_clocks
from matching.services.introductions.starting import start_from_match
from tests import factories
from tests.matching.services.introductions.acting import TEXTS, USUALLY, act
from tibs.core.errors import DomainError

FOUR = ("sender_broker", "sender_person", "receiver_broker", "receiver_person")
ACTS = [
    *[(what, who) for what in USUALLY for who in FOUR],
    # The usual way is walked more often, so that the late states are reached.
    *[(what, usual) for what, (usual, _service) in USUALLY.items()] * 8,
]
OTHERS = ("start", "write", "ring", "withdraw", "give", "transfer")
STEPS = st.lists(st.one_of(st.sampled_from(ACTS), st.sampled_from(OTHERS)), min_size=5, max_size=20)


class World:
    """One pair of firms, a clock that only goes forward, and the newest introduction of the pair."""

    def __init__(self, people):
        self.people, self.now = people, timezone.now()
        self.match = factories.match(people.sender, people.receiver)
        self.four = [people.actor(who) for who in FOUR]
        self.heir = factories.broker("Kaisa Ahto", organisation=people.receiver.company.host).membership.user

    def do(self, step):
        """Try it: whatever is refused changes nothing."""
        try:
            with transaction.atomic():
                getattr(self, f"_{step}")() if isinstance(step, str) else self._act(*step)
        except DomainError:
            pass

    def latest(self):
        return Introduction.objects.latest("pk")

    def _start(self):
        by = self.people.actor("sender_broker")
        start_from_match(match=self.match, profile=self.people.sender, by=by, now=self.now)

    def _write(self):
        draft = self.latest()
        words = TEXTS | {"question": TEXTS["question"] + ("." * (draft.version % 7))}
        writing.write_texts(
            introduction=draft,
            texts=words,
            language="en",
            version=draft.version,
            by=self.people.actor("sender_broker"),
        )

    def _ring(self):
        self.now += timedelta(days=2)
        follow_clocks(now=self.now)

    def _withdraw(self):
        company = self.people.sender.company
        withdraw_consent(
            company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
        )

    def _give(self):
        company = self.people.sender.company
        give_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH)

    def _transfer(self):
        by = self.people.actor("receiver_broker")
        transfer(introduction=self.latest(), side=Side.RECEIVER, to=self.heir, by=by, now=self.now)

    def _act(self, what, who):
        values = {
            Act.DECLINE: {"reason": "timing"},
            Act.WITHDRAW: {"reason": "no_fit"},
            Act.HOLD: {"until": timezone.localdate(self.now) + timedelta(days=5)},
            Act.FEEDBACK: {"note": "They meet."},
            Act.TAKE_BACK: {"company": getattr(self.people, who.split("_")[0]).company, "language": "en"},
        }.get(what, {})
        act(self.latest(), what, self.people, who, now=self.now, **values)

    def keeps_its_promises(self):
        rows = list(Introduction.objects.order_by("pk"))
        assert sum(row.status in OPEN_INTRODUCTIONS for row in rows) <= 1
        for row in rows[-1:]:
            assert row.owner_id in {row.sender_broker_id, row.receiver_broker_id}
            is_clocked = row.status in handshake.CLOCKED or row.status == State.ON_HOLD
            assert row.due_at is None or is_clocked
            assert row.due_at is not None or row.status not in OPEN_INTRODUCTIONS
            self._hides_contacts_until_both_agreed(row)

    def _hides_contacts_until_both_agreed(self, row):
        both = all(agreed(row, company) for company in (row.sender_company, row.receiver_company))
        for by in self.four:
            try:
                shown = meeting.show_contacts(introduction=row, by=by)
            except DomainError:
                continue
            assert row.status == State.INTRODUCED
            assert both
            assert shown


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_keeps_the_promises(people, steps):
    with transaction.atomic():
        world = World(people)
        for step in ["start", "write", *steps]:
            if step != "start" and not Introduction.objects.exists():
                continue
            world.do(step)
            world.keeps_its_promises()
        transaction.set_rollback(True)


def test_control_a_reader_of_contacts_without_the_policy_breaks_a_promise(people, monkeypatch):
    monkeypatch.setattr(meeting, "can_read_partner_contacts", lambda actor, introduction: True)
    world = World(people)
    world.do("start")

    with pytest.raises(AssertionError):
        world.keeps_its_promises()


def test_the_usual_way_leads_to_the_introduction(people):
    """The sequences above are not empty: the same world can get there."""
    world = World(people)
    for step in ("start", "write", *((what, USUALLY[what][0]) for what in list(USUALLY)[:6])):
        world.do(step)
        world.keeps_its_promises()

    assert world.latest().status == State.INTRODUCED


def test_the_table_knows_every_state_and_only_those():
    assert {state.value for state in State} == set(IntroductionStatus.values)
    assert {state.value for state in handshake.OPEN} == set(OPEN_INTRODUCTIONS)


def test_every_open_state_has_an_owner_and_a_way_on():
    for state in handshake.OPEN:
        roles = frozenset(Who)
        assert handshake.owner_side(state, State.SENT) in Side
        assert set(handshake.acts_of(state, roles, State.SENT)) - {Act.HOLD}


def test_nothing_leads_out_of_an_end():
    leaving = [move for move in handshake.TABLE.values() if move.start in handshake.ENDED]

    assert leaving == []
    assert {move.to for move in handshake.TABLE.values() if move.start is State.INTRODUCED} == {
        State.INTRODUCED
    }


def test_only_the_acceptance_of_both_leads_to_the_introduction():
    ways = {(move.start, move.act) for move in handshake.TABLE.values() if move.to is State.INTRODUCED}

    assert ways == {(State.ACCEPTED, Act.INTRODUCE), (State.INTRODUCED, Act.FEEDBACK)}
