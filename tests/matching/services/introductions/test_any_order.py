"""Whatever anybody does in whatever order, an introduction keeps its promises."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, event, given, seed, settings
from hypothesis import strategies as st

from brokers.models import Membership
from brokers.services.leaving import release
from companies.choices import ProfileStatus, Purpose
from companies.models import Consent, CooperationProfile
from companies.services.consents import give_consent, withdraw_consent
from companies.services.expiry import expire_profiles
from companies.services.merging.merges import merge_companies
from companies.services.publishing import take_back_profile
from matching import events, handshake
from matching.choices import OPEN_INTRODUCTIONS, IntroductionStatus
from matching.handshake import Act, Side, State, Who
from matching.models import Block, Introduction
from matching.services.introductions import meeting, stopping, writing
from matching.services.introductions.grounds import agreed, withdrew_publication
from matching.services.introductions.pausing import transfer
from matching.services.introductions.ringing import follow_clocks
from matching.services.introductions.starting import start_from_match
from tests import factories
from tests.locking import watched
from tests.matching.services.introductions.acting import TEXTS, USUALLY, WAY, act
from tibs.accounts.roles import RoleCode
from tibs.core.errors import DomainError
from tibs.events.recording import record

# How many random walks are taken: a few in the suite, and as many as `TIBS_EXAMPLES` says.
EXAMPLES = int(os.environ.get("TIBS_EXAMPLES", "6"))
FOUR = ("sender_broker", "sender_person", "receiver_broker", "receiver_person")
ACTS = [
    *[(what, who) for what in USUALLY for who in FOUR],
    # The usual way is walked more often, so that the late states are reached.
    *[(what, usual) for what, (usual, _service) in USUALLY.items()] * 8,
]
OTHERS = (
    "start", "write", "ring", "withdraw", "give", "transfer", "leave", "block", "lift", "expire", "renew", "take_back",
    "absorb", "be_absorbed", "run_out", "withdraw_there", "give_there",
)  # fmt: skip
STEPS = st.lists(st.one_of(st.sampled_from(ACTS), st.sampled_from(OTHERS)), min_size=3, max_size=10)
USUAL = tuple((what, USUALLY[what][0]) for what in WAY)
# Ways into the states that a random walk seldom reaches, by the services themselves.
BEGINNINGS = {
    "draft": (),
    "sent": USUAL[:3],
    "with_partner": USUAL[:5],
    "accepted": (*USUAL[:5], "run_out", USUAL[5]),
    "introduced": USUAL,
    "on_hold": (*USUAL[:4], (Act.HOLD, "sender_broker")),
}


@pytest.fixture
def one_order_of_locks():
    """Every step is watched by itself: a walk is one transaction, which holds the rows of all its steps."""


class World:
    """One pair of firms, a clock that only goes forward, and the newest introduction of the pair."""

    def __init__(self, people):
        self.people, self.now = people, timezone.now()
        self.match = factories.match(people.sender, people.receiver)
        host = people.receiver.company.host
        self.heir = factories.broker("Kaisa Ahto", organisation=host).membership.user
        self.coordinator = factories.actor(
            factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=host)
        )
        self.twin = factories.company("Stolarnia Dąb bis", host=people.sender.company.host)
        self.readers = [people.actor(who) for who in FOUR]

    def do(self, step):
        """Try it: whatever is refused changes nothing."""
        try:
            with watched() as watch, transaction.atomic():
                getattr(self, f"_{step}")() if isinstance(step, str) else self._act(*step)
        except DomainError:
            pass
        if watch.wrong:  # no broken promise, which is what the controls look for
            raise RuntimeError(watch.wrong)
        for side in (self.people.sender, self.people.receiver):
            side.refresh_from_db()

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
        self._says(withdraw_consent, self.people.sender)

    def _withdraw_there(self):
        self._says(withdraw_consent, self.people.receiver)

    def _give(self):
        self._says(give_consent, self.people.sender)

    def _give_there(self):
        self._says(give_consent, self.people.receiver)

    def _says(self, service, profile):
        """The firm gives its consent to publication, or withdraws it."""
        purpose = Purpose.PUBLISH_ANONYMOUS
        service(company=profile.company, purpose=purpose, language="en", by=factories.BENCH)

    def _run_out(self):
        """The consent of the sender ends by its date, which ends nothing else."""
        Consent.objects.filter(company=self.people.sender.company).update(valid_until=timezone.now())

    def _transfer(self):
        by = self.people.actor("receiver_broker")
        transfer(introduction=self.latest(), side=Side.RECEIVER, to=self.heir, by=by, now=self.now)

    def _leave(self):
        """Whoever serves the receiver leaves; the heir takes everything over."""
        company = self.people.receiver.company
        release(
            user=self.people.receiver_broker,
            organisation=company.host,
            successor=self.heir,
            by=self.coordinator,
            now=self.now,
        )

    def _block(self):
        made, is_new = Block.objects.get_or_create(
            company=self.people.receiver.company, other=self.people.sender.company, lifted_at=None
        )
        if is_new:
            record(events.COMPANY_BLOCKED, about=made, by=factories.BENCH)

    def _lift(self):
        Block.objects.in_force().update(lifted_at=timezone.now())

    def _expire(self):
        """The year of the receiver's profile ends."""
        self._published(CooperationProfile.objects).update(expires_at=timezone.now() - timedelta(hours=1))
        expire_profiles(now=timezone.now())

    def _renew(self):
        """The profile is out again, after whatever happened to it."""
        CooperationProfile.objects.filter(pk=self.people.receiver.pk).update(
            status=ProfileStatus.PUBLISHED, expires_at=timezone.now() + timedelta(days=365)
        )

    def _take_back(self):
        take_back_profile(profile=self.people.receiver, by=factories.BENCH)

    def _published(self, profiles):
        return profiles.filter(pk=self.people.receiver.pk, status=ProfileStatus.PUBLISHED)

    def _absorb(self):
        """Another entry of the sender becomes part of it."""
        merge_companies(kept=self.people.sender.company, absorbed=self.twin, by=factories.BENCH)

    def _be_absorbed(self):
        merge_companies(kept=self.twin, absorbed=self.people.sender.company, by=factories.BENCH)

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
            self._is_owned(row)
            self._rests_on_something(row)
            is_clocked = row.status in handshake.CLOCKED or row.status == State.ON_HOLD
            assert row.due_at is None or is_clocked
            assert row.due_at is not None or row.status not in OPEN_INTRODUCTIONS
            self._hides_contacts_until_both_agreed(row)

    def _is_owned(self, row):
        """By one of its two brokers, who works there still."""
        assert row.owner_id in {row.sender_broker_id, row.receiver_broker_id}
        sides = ((row.sender_broker_id, row.sender_company), (row.receiver_broker_id, row.receiver_company))
        for broker, company in sides if row.status in OPEN_INTRODUCTIONS else ():
            assert Membership.objects.in_force().filter(user=broker, organisation=company.host_id).exists()

    def _rests_on_something(self, row):
        """No open one between firms that were merged away or blocked, nor on what the receiver withdrew at any time,
        or the sender after it was sent."""
        if row.status in OPEN_INTRODUCTIONS:
            assert not Block.objects.in_force().exists()
            assert not row.sender_company.merged_into_id
            assert row.receiver_profile.status != ProfileStatus.DRAFT
            assert row.sent_at is None or not withdrew_publication(row.sender_company)
            assert not withdrew_publication(row.receiver_company)

    def _hides_contacts_until_both_agreed(self, row):
        both = all(agreed(row, company) for company in (row.sender_company, row.receiver_company))
        for by in self.readers:
            try:
                shown = meeting.show_contacts(introduction=row, by=by)
            except DomainError:
                continue
            assert row.status == State.INTRODUCED
            assert both
            assert shown


def walk(people, beginning, steps):
    """From the start to that beginning and on by these steps, with every promise looked at after each."""
    with transaction.atomic():
        world = World(people)
        for step in ("start", "write", *BEGINNINGS[beginning]):
            world.do(step)
        visited = {world.latest().status}
        world.keeps_its_promises()
        for step in steps:
            world.do(step)
            visited.add(world.latest().status)
            world.keeps_its_promises()
        for state in visited:
            event(f"was {state}")
        transaction.set_rollback(True)


WALKS = given(beginning=st.sampled_from(list(BEGINNINGS)), steps=STEPS)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@WALKS
def test_any_sequence_keeps_the_promises(people, beginning, steps):
    walk(people, beginning, steps)


def test_control_without_a_rule_the_random_walks_break_a_promise(people, monkeypatch):
    monkeypatch.setattr(stopping, "withdrew_publication", lambda company: False)

    @seed(4)  # finds one early
    @settings(max_examples=60, database=None, phases=[Phase.generate], report_multiple_bugs=False)
    @WALKS
    def walks(beginning, steps):
        walk(people, beginning, steps)

    with pytest.raises(AssertionError):
        walks()


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_each_beginning_leads_to_its_state(people, beginning):
    """The sequences above begin where they say."""
    world = World(people)
    for step in ("start", "write", *BEGINNINGS[beginning]):
        world.do(step)

    assert world.latest().status == beginning


def test_control_a_reader_of_contacts_without_the_policy_breaks_a_promise(people, monkeypatch):
    monkeypatch.setattr(meeting, "can_read_partner_contacts", lambda actor, introduction: True)
    world = World(people)
    world.do("start")

    with pytest.raises(AssertionError):
        world.keeps_its_promises()


@pytest.mark.parametrize("step", ["withdraw", "withdraw_there", "block", "take_back"])
def test_control_without_its_rule_an_end_from_elsewhere_breaks_a_promise(people, step, monkeypatch):
    world = World(people)
    for usual in ("start", "write", *((what, USUALLY[what][0]) for what in list(USUALLY)[:3])):
        world.do(usual)
    monkeypatch.setattr(stopping, "all_as_they_stand", lambda rows: [])

    world.do(step)

    with pytest.raises(AssertionError):
        world.keeps_its_promises()


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
