"""What is withdrawn ends an introduction at once, and nobody leaves one without an owner."""

import pytest
from django.utils import timezone

from brokers.services.leaving import LeftBehindError, release
from companies.choices import Purpose, Stage
from companies.services.consents import give_consent, withdraw_consent
from companies.services.erasure import erase_company
from companies.services.ownership import hand_over
from companies.services.profiles import withdraw_profile
from companies.services.stages import move_stage
from matching.handshake import Act, Side, State
from matching.services.introductions.pausing import transfer
from matching.services.introductions.shared_file import shared_file
from tests import factories
from tests.matching.services.introductions.acting import act, begun, led_to, receivers_heard
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.events.models import InboxItem

OPEN_ACTS = (Act.ASK, Act.AGREE, Act.SEND, Act.ACKNOWLEDGE, Act.PUT)


def withdraw_publication(company):
    withdraw_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH)


WITHDRAWALS = {
    "the consent": withdraw_publication,
    "the profile": lambda company: withdraw_profile(profile=company.profiles.get(), by=factories.BENCH),
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


def test_a_side_that_knew_nothing_is_told_nothing(people):
    led_to(Act.AGREE, people)

    withdraw_publication(people.receiver.company)

    assert receivers_heard(people) <= {"matching.introduction.stopped"}


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
