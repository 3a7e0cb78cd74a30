"""What is withdrawn ends an introduction at once, and nobody leaves one without an owner."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brokers.services.leaving import LeftBehindError, release
from companies.choices import ProfileStatus, Purpose, Stage
from companies.models import CooperationProfile
from companies.services.consents import give_consent, withdraw_consent
from companies.services.erasure import erase_company
from companies.services.expiry import expire_profiles
from companies.services.ownership import hand_over
from companies.services.publishing import take_back_profile, withdraw_profile
from companies.services.stages import move_stage
from matching import events
from matching.choices import IntroductionStatus
from matching.handshake import Act, Side, State
from matching.models import Block, Introduction, Renewal
from matching.notices.introductions import KEPT_ON, TAKEN_OVER
from matching.services.introductions.meeting import show_contacts
from matching.services.introductions.pausing import transfer
from matching.services.introductions.shared_file import shared_file
from tests import factories, introducing
from tests.matching.services.introductions.acting import WAY, act, begun, led_to, receivers_heard
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events import dispatch
from tibs.events.models import AuditRecord, InboxItem
from tibs.events.recording import record

OPEN_ACTS = (Act.ASK, Act.AGREE, Act.SEND, Act.ACKNOWLEDGE, Act.PUT)


def withdraw_publication(company):
    withdraw_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH)


WITHDRAWALS = {
    "the consent": withdraw_publication,
    "the profile": lambda company: withdraw_profile(profile=company.profiles.get(), by=factories.BENCH),
    "the profile, to write it anew": lambda company: take_back_profile(
        profile=company.profiles.get(), by=factories.BENCH
    ),
    "from the service": lambda company: move_stage(
        company=company, to=Stage.WITHDRAWN, reason="Closed.", by=factories.BENCH
    ),
    "for a while": lambda company: move_stage(
        company=company, to=Stage.DORMANT, reason="Busy.", by=factories.BENCH
    ),
    "all data": lambda company: erase_company(company=company, by=factories.BENCH, reason="asked"),
}


@pytest.mark.parametrize("what", WITHDRAWALS)
@pytest.mark.parametrize("side", ["sender", "receiver"])
def test_whatever_is_withdrawn_ends_the_introduction_in_the_same_transaction(people, what, side):
    introduction = led_to(Act.PUT, people)

    WITHDRAWALS[what](getattr(people, side).company)

    introduction.refresh_from_db()
    assert introduction.status == State.WITHDRAWN
    assert introduction.due_at is None
    assert (introduction.owner, introduction.version > 1) == (introduction.sender_broker, True)
    assert introduction.steps.latest("pk").event == Act.STOP


@pytest.mark.parametrize("what", WITHDRAWALS)
def test_control_without_its_rule_the_introduction_goes_on(people, what, monkeypatch):
    introduction = led_to(Act.PUT, people)
    _without_rules(monkeypatch)

    WITHDRAWALS[what](people.sender.company)

    introduction.refresh_from_db()
    assert introduction.status == State.WITH_PARTNER


def _without_rules(monkeypatch):
    """The page of wiring without the rules that stop introductions."""
    monkeypatch.setattr(
        dispatch.wiring(),
        "RULES",
        {
            event: [rule for rule in rules if not rule.__name__.startswith("stop_")]
            for event, rules in dispatch.wiring().RULES.items()
        },
    )


def test_a_block_ends_it_and_the_other_side_does_not_learn_why(people):
    introduction = led_to(Act.PUT, people)

    block(people)

    introduction.refresh_from_db()
    assert introduction.status == State.WITHDRAWN
    told = set(InboxItem.objects.filter(notice__contains="stopped").values_list("user", "notice"))
    assert told == {(people.receiver_broker.pk, "matching.introduction.stopped_block")}
    assert "matching.introduction.withdrawn" in heard(people.sender_broker)


def test_control_without_its_rule_a_block_leaves_it_open(people, monkeypatch):
    introduction = led_to(Act.PUT, people)
    _without_rules(monkeypatch)

    block(people)

    introduction.refresh_from_db()
    assert introduction.status == State.WITH_PARTNER


def block(people):
    """The receiving side wants no introduction to the sender any more."""
    made = Block.objects.create(company=people.receiver.company, other=people.sender.company)
    record(events.COMPANY_BLOCKED, about=made, by=factories.BENCH)


@pytest.mark.parametrize(
    ("what", "cause"),
    [
        ("the consent", "consent"),
        ("the profile", "profile"),
        ("from the service", "company"),
    ],
)
def test_the_cause_stands_in_the_record_of_the_own_side_alone(people, what, cause):
    introduction = led_to(Act.PUT, people)

    WITHDRAWALS[what](people.sender.company)

    records = AuditRecord.objects.filter(subject_id=introduction.public_id).order_by("-pk")[:2]
    facts = {row.company_id: row.facts for row in records}
    assert facts[people.sender.company.public_id]["reason"] == cause
    assert facts[people.receiver.company.public_id] == {}
    assert f"matching.introduction.stopped_{cause}" in heard(people.sender_broker)
    assert f"matching.introduction.stopped_{cause}" not in heard(people.receiver_broker)


def test_a_firm_whose_broker_ends_it_is_told_too(people):
    led_to(Act.PUT, people)

    WITHDRAWALS["the profile"](people.sender.company)

    assert "matching.introduction.withdrawn" in heard(people.sender_person)


def heard(person):
    return set(InboxItem.objects.filter(user=person).values_list("notice", flat=True))


@pytest.mark.parametrize("last", [Act.SEND, Act.ACKNOWLEDGE, Act.PUT])
@pytest.mark.parametrize("side", ["sender", "receiver"])
def test_what_was_sent_goes_on_though_the_year_of_a_profile_ends_or_it_is_closed(people, last, side):
    introduction = led_to(last, people)
    profile = getattr(people, side)
    ended, closed = timezone.now() - timedelta(hours=1), False
    CooperationProfile.objects.filter(pk=profile.pk).update(expires_at=ended, open_for_interest=closed)

    expire_profiles(now=timezone.now())
    for what in WAY[WAY.index(last) + 1 :]:
        introduction = act(introduction, what, people)

    profile.refresh_from_db()
    assert profile.status == ProfileStatus.EXPIRED
    assert introduction.status == State.INTRODUCED


@pytest.mark.parametrize("side", ["sender", "receiver"])
def test_what_was_not_sent_waits_until_the_profile_is_published_again(people, side):
    introduction = led_to(Act.AGREE, people)
    profile = CooperationProfile.objects.filter(pk=getattr(people, side).pk)
    year = profile.get().expires_at
    profile.update(expires_at=timezone.now() - timedelta(hours=1))

    with pytest.raises(WrongStateError):
        act(introduction, Act.SEND, people)
    profile.update(expires_at=year)

    assert act(introduction, Act.SEND, people).status == State.SENT


def test_a_consent_that_has_merely_run_out_ends_nothing_but_lets_nobody_go_on(people):
    introduction = led_to(Act.PUT, people)
    people.receiver.company.consents.update(valid_until=timezone.now() - timedelta(hours=1))

    assert act(introduction, Act.ACCEPT, people).status == State.ACCEPTED
    with pytest.raises(WrongStateError):
        act(introduction, Act.INTRODUCE, people)
    factories.consent(people.receiver.company)

    assert act(introduction, Act.INTRODUCE, people).status == State.INTRODUCED


def test_six_at_once_cost_as_many_queries_as_one(people, django_assert_max_num_queries):
    host, owner = people.receiver.company.host, people.receiver_broker
    partners = [factories.profile(factories.company(f"Saha {n}", host=host, owner=owner)) for n in range(6)]
    for partner in partners:
        introducing.introduction(people.sender, partner, status=IntroductionStatus.WITH_PARTNER)
    with CaptureQueriesContext(connection) as for_one:
        withdraw_publication(partners[0].company)

    with django_assert_max_num_queries(len(for_one)):
        withdraw_publication(people.sender.company)

    assert not Introduction.objects.open().exists()
    assert people.sender.company.introductions_sent.filter(status=State.WITHDRAWN).count() == 6


def test_an_end_asks_for_the_lists_of_both_again(people):
    introduction = led_to(Act.PUT, people)
    Renewal.objects.all().delete()

    act(introduction, Act.WITHDRAW, people, reason="timing")

    asked = set(Renewal.objects.waiting().values_list("profile", flat=True))
    assert asked == {people.sender.pk, people.receiver.pk}


@pytest.mark.parametrize("last", OPEN_ACTS)
def test_in_every_open_state(people, last):
    introduction = led_to(last, people)

    withdraw_publication(people.sender.company)

    introduction.refresh_from_db()
    assert introduction.status == State.WITHDRAWN


def test_the_other_side_is_told_politely_and_without_the_reason(people):
    led_to(Act.PUT, people)

    withdraw_publication(people.sender.company)

    told = InboxItem.objects.filter(user__in=[people.receiver_broker, people.receiver_person]).order_by("-id")
    assert {item.notice for item in told[:2]} == {"matching.introduction.withdrawn"}


@pytest.mark.parametrize("last", [Act.AGREE, Act.SEND])
def test_a_side_that_knew_nothing_is_told_nothing(people, last):
    introduction = led_to(last, people)

    withdraw_publication(people.receiver.company)

    of_its_own_consent = {"companies.profile.consent_taken_back"}
    heard_of = (
        receivers_heard(people) - of_its_own_consent,
        on_timeline(introduction, people.receiver.company),
    )
    assert (heard_of == (set(), set())) is (last is Act.AGREE)
    assert "matching.introduction.closed" in on_timeline(introduction, people.sender.company)


def on_timeline(introduction, company):
    """What stands in the records of a firm about an introduction."""
    rows = AuditRecord.objects.filter(
        subject_id=introduction.public_id, company_id=company.public_id
    ).values_list("event", flat=True)
    return set(rows)


def test_who_takes_over_a_company_reads_the_partner_that_it_was_introduced_to(people):
    introduction = led_to(Act.ACCEPT, people)
    heir = factories.broker("Basia Lis", organisation=people.sender.company.host).membership.user

    hand_over(company=people.sender.company, to=heir, by=people.actor("sender_broker"))

    introduction.refresh_from_db()
    assert show_contacts(introduction=introduction, by=factories.actor(heir))
    with pytest.raises(NotAllowedError):
        show_contacts(introduction=introduction, by=people.actor("sender_broker"))


@pytest.mark.parametrize("is_told", [True, False])
def test_nothing_waits_for_ever_for_whom_an_introduction_without_a_clock_was_given(people, is_told):
    introduction = led_to(Act.ACCEPT, people)
    if is_told:
        act(introduction, Act.FEEDBACK, people, note="They met.")

    heir = taken_over(people.receiver, "Kaisa Ahto")

    assert taken_by(heir).waits is not is_told


@pytest.mark.parametrize("last", [Act.SEND, Act.ACKNOWLEDGE, Act.PUT])
def test_what_the_other_side_acts_on_does_not_wait_for_whoever_takes_it_over(people, last):
    led_to(last, people)

    heirs = [taken_over(people.sender, "Basia Lis"), taken_over(people.receiver, "Kaisa Ahto")]

    assert [taken_by(heir).waits for heir in heirs] == [False, True]
    assert [bool(taken_by(heir).mailed_at) for heir in heirs] == [False, True]


def test_what_rests_waits_for_nobody_who_takes_it_over(people):
    introduction = led_to(Act.SEND, people)
    until = timezone.localdate() + timedelta(days=10)
    act(introduction, Act.HOLD, people, "receiver_broker", until=until)

    heir = taken_over(people.receiver, "Kaisa Ahto")

    assert not taken_by(heir).waits


def taken_over(profile, name):
    """A colleague who takes the company of a profile over."""
    heir = factories.broker(name, organisation=profile.company.host).membership.user
    hand_over(company=profile.company, to=heir, by=factories.BENCH)
    return heir


def taken_by(heir):
    return InboxItem.objects.get(user=heir, notice__in=[TAKEN_OVER.code, KEPT_ON.code])


def test_who_takes_over_the_other_company_hears_nothing_of_what_was_not_sent(people):
    introduction = led_to(Act.AGREE, people)
    heir = factories.broker("Kaisa Ahto", organisation=people.receiver.company.host).membership.user

    hand_over(company=people.receiver.company, to=heir, by=people.actor("receiver_broker"))

    introduction.refresh_from_db()
    assert introduction.receiver_broker == heir
    assert not {notice for notice in heard(heir) if notice.startswith("matching.introduction.")}
    assert on_timeline(introduction, people.receiver.company) == set()


def test_other_consents_leave_it_alone(people):
    introduction = led_to(Act.PUT, people)

    withdraw_consent(
        company=people.sender.company, purpose=Purpose.SURVEYS, language="en", by=factories.BENCH
    )

    introduction.refresh_from_db()
    assert introduction.status == State.WITH_PARTNER


def test_what_was_introduced_stays_introduced(people):
    introduction = led_to(Act.ACCEPT, people)

    withdraw_publication(people.sender.company)

    introduction.refresh_from_db()
    assert introduction.status == State.INTRODUCED


def test_a_broker_who_leaves_hands_the_introductions_over(people):
    introduction = led_to(Act.SEND, people)
    heir = factories.broker("Kaisa Ahto", organisation=people.receiver.company.host).membership.user

    leave(people.receiver_broker, people.receiver.company.host, heir)

    introduction.refresh_from_db()
    assert (introduction.receiver_broker, introduction.owner) == (heir, heir)
    assert introduction.steps.order_by("-id").first().event == "transfer"


def test_a_broker_of_an_introduced_pair_hands_it_over_too(people):
    introduction = led_to(Act.ACCEPT, people)
    heir = factories.broker("Kaisa Ahto", organisation=people.sender.company.host).membership.user

    leave(people.sender_broker, people.sender.company.host, heir)

    introduction.refresh_from_db()
    assert introduction.sender_broker == heir


def test_nobody_leaves_an_introduction_behind(people):
    led_to(Act.SEND, people)

    with pytest.raises(LeftBehindError):
        leave(people.receiver_broker, people.receiver.company.host, None)


def test_who_takes_over_a_company_takes_over_its_introductions(people):
    introduction = led_to(Act.SEND, people)
    heir = factories.broker("Basia Lis", organisation=people.sender.company.host).membership.user

    hand_over(company=people.sender.company, to=heir, by=people.actor("sender_broker"))

    introduction.refresh_from_db()
    assert introduction.sender_broker == heir


def test_a_colleague_takes_over_one_side_and_strangers_do_not(people):
    introduction = led_to(Act.SEND, people)
    heir = factories.broker("Kaisa Ahto", organisation=people.receiver.company.host).membership.user

    for to, by, refusal in (
        (people.sender_broker, "receiver_broker", BadInputError),
        (heir, "sender_broker", NotAllowedError),
        (heir, "receiver_person", NotAllowedError),
    ):
        with pytest.raises(refusal):
            transfer(introduction=introduction, side=Side.RECEIVER, to=to, by=people.actor(by))
    moved = transfer(
        introduction=introduction, side=Side.RECEIVER, to=heir, by=people.actor("receiver_broker")
    )

    assert moved.owner == heir
    waiting = InboxItem.objects.filter(waits=True, done_at=None).values_list("user", flat=True)
    assert heir.pk in waiting
    assert people.receiver_broker.pk not in waiting


def test_receiving_broker_reads_the_file_that_the_firm_shares_with_them_alone(people):
    introduction = led_to(Act.SEND, people)
    by = people.actor("receiver_broker")
    assert shared_file(introduction, by) is None

    give_consent(
        company=people.sender.company,
        purpose=Purpose.SHARE_WITH_BROKER,
        recipient_id=people.receiver_broker.public_id,
        language="en",
        by=factories.BENCH,
    )

    assert shared_file(introduction, by).company == people.sender.company
    colleague = factories.broker("Kaisa Ahto", organisation=people.receiver.company.host)
    assert shared_file(introduction, factories.actor(colleague)) is None


def test_each_reading_of_the_shared_file_is_noted_and_there_is_none_after_the_end(people):
    introduction, by = led_to(Act.SEND, people), people.actor("receiver_broker")
    give_consent(
        company=people.sender.company,
        purpose=Purpose.SHARE_WITH_BROKER,
        recipient_id=people.receiver_broker.public_id,
        language="en",
        by=factories.BENCH,
    )

    assert shared_file(introduction, by)
    noted = people.sender.company.disclosures.get()
    ended = act(introduction, Act.DECLINE, people, reason="timing")

    assert (noted.reader, noted.organisation) == (people.receiver_broker, people.receiver.company.host)
    assert noted.what_in_words == "The file that you share"
    assert shared_file(ended, by) is None
    assert people.sender.company.disclosures.count() == 1


def test_notes_of_both_sides_go_with_an_erased_firm(people):
    introduction = led_to(Act.PUT, people)
    act(introduction, Act.DECLINE, people, "receiver_person", reason="other", note="Eva is ill.")

    erase_company(company=people.receiver.company, by=factories.BENCH, reason="asked")

    introduction.refresh_from_db()
    assert introduction.decline_note == ""


def test_a_draft_is_not_seen_by_the_own_firm_before_it_is_asked(people):
    draft = begun(people)

    mine = type(draft).objects.visible_to(people.actor("sender_person"))
    assert not mine.exists()
    act(draft, Act.ASK, people)
    assert mine.all().exists()


def leave(user, organisation, heir):
    coordinator = factories.person("Coordinator", role="coordinator", organisation=organisation)
    release(
        user=user,
        organisation=organisation,
        successor=heir,
        by=factories.actor(coordinator),
        now=timezone.now(),
    )
