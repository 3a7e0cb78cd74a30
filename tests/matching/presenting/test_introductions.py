"""What the page of an introduction says and offers to whom."""

import pytest
from django.utils import timezone

from companies.choices import ProfileStatus
from companies.models import CooperationProfile, ProfileText
from matching import handshake
from matching.choices import IntroductionStatus
from matching.handshake import Act
from matching.presenting.introduction_acts import company_of_reader, do
from matching.presenting.introduction_lists import row_of
from matching.presenting.introductions import page_of_introduction
from matching.services.introductions.grounds import words_hash
from matching.services.introductions.writing import ask_company
from tests import factories
from tests.introducing import introduction, side
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db


@standing
def pair():
    mill, boards = side("PL", "Stolarnia Dąb")
    joinery, stairs = side("FI", "Kymen Saha Oy")
    return mill, boards, joinery, stairs


def page_for(made, user):
    actor = factories.actor(user)
    return page_of_introduction(made, actor, company_of_reader(made, actor), timezone.now())


def due(pair, status, **values):
    _mill, boards, _joinery, stairs = pair
    return introduction(boards, stairs, status=status, due_at=timezone.now(), **values)


@pytest.mark.parametrize(
    ("status", "sending", "receiving"),
    [
        ("company_agreed", "Stolarnia Dąb agreed. Send it to Broker FI.", ""),
        ("sent", "Broker FI confirms the receipt next.", "Tell Broker PL that you have it."),
        (
            "acknowledged",
            "Broker FI puts it to the other company next.",
            "Put it to Kymen Saha Oy, and hear what it says.",
        ),
        ("with_partner", "The other company reads it and decides.", "Kymen Saha Oy reads it and decides."),
    ],
)
def test_each_broker_reads_what_comes_next(pair, status, sending, receiving):
    made = due(pair, IntroductionStatus(status))

    assert page_for(made, made.sender_broker).waits_for == sending
    if receiving:
        assert page_for(made, made.receiver_broker).waits_for == receiving


def test_broker_learns_which_text_is_too_short_before_the_company_is_asked(pair):
    made = due(pair, IntroductionStatus.DRAFT, interest="Oak.")

    page = page_for(made, made.sender_broker)

    assert page.unfinished == [("What interests it", "Write at least 150 characters; these are 4.")]
    assert not {Act.ASK, Act.AGREE, Act.DECLINE} & {choice.act for choice in page.choices}


def test_the_answer_of_a_firm_is_for_the_firm_and_its_broker_only_writes_it_down(pair):
    made = due(pair, IntroductionStatus.DRAFT)
    asked = ask_company(introduction=made, by=factories.actor(made.sender_broker))

    noting = {choice.act: choice for choice in page_for(asked, made.sender_broker).choices}[Act.AGREE]
    own = {choice.act: choice for choice in page_for(asked, pair[0].contacts.get().user).choices}[Act.AGREE]

    assert (noting.is_main, noting.label) == (False, "Write down that the company agrees")
    assert "Only if the firm has said so to you" in noting.hint
    assert (own.is_main, own.label, own.hint) == (True, "Agree", "")


UNREVIEWED = "Kanaria Timber of Gdynia"


@pytest.mark.parametrize(
    ("status", "profile_status", "is_shown"),
    [
        ("sent", ProfileStatus.PUBLISHED, True),
        ("sent", ProfileStatus.EXPIRED, True),
        ("sent", ProfileStatus.DRAFT, False),
        ("sent", ProfileStatus.IN_REVIEW, False),
        ("with_partner", ProfileStatus.COMPANY_APPROVAL, False),
        ("introduced", ProfileStatus.DRAFT, False),
        ("withdrawn", ProfileStatus.PUBLISHED, True),
        ("withdrawn", ProfileStatus.EXPIRED, False),
    ],
)
def test_words_that_nobody_reviewed_are_not_shown_across(pair, status, profile_status, is_shown):
    made = due(pair, IntroductionStatus(status))
    ProfileText.objects.filter(profile=pair[1]).update(offered=UNREVIEWED)
    CooperationProfile.objects.filter(pk=pair[1].pk).update(status=profile_status)

    page = page_for(made, made.receiver_broker)

    assert (UNREVIEWED in str(page.sheet)) is is_shown
    assert page.is_sheet_away is not is_shown


BOTH_WAYS = {
    "draft": {Act.ASK, Act.AGREE, Act.WITHDRAW, Act.HOLD},
    "sent": {Act.ACKNOWLEDGE, Act.DECLINE, Act.WITHDRAW, Act.HOLD, Act.TAKE_BACK},
    "with_partner": {Act.ACCEPT, Act.DECLINE, Act.WITHDRAW, Act.HOLD, Act.TAKE_BACK},
    "introduced": {Act.FEEDBACK},
}


@pytest.mark.parametrize("status", BOTH_WAYS)
def test_who_stands_on_both_sides_finds_the_acts_of_both(pair, status):
    """Such as a firm's broker abroad who works for both organisations, and serves both firms."""
    _mill, boards, _joinery, stairs = pair
    polish = boards.company.owner
    factories.member(polish, stairs.company.host)
    made = due(pair, IntroductionStatus(status), receiver_broker=polish)

    page = page_for(made, polish)

    assert {choice.act for choice in page.choices} - {Act.TRANSFER} == BOTH_WAYS[status]
    assert page.own_side == handshake.OWNERS[handshake.State(status)]


def test_both_firms_of_one_person_answer_on_one_page(pair):
    mill, _boards, joinery, _stairs = pair
    person = mill.contacts.get().user
    factories.contact(joinery, user=person)
    made = due(pair, IntroductionStatus.WITH_PARTNER)

    page = page_for(made, person)

    assert {choice.act for choice in page.choices} == {Act.ACCEPT, Act.DECLINE, Act.TAKE_BACK}
    taken = do(Act.TAKE_BACK, agreed_to(made), {}, factories.actor(person))
    assert taken.status == IntroductionStatus.WITHDRAWN


def test_introduced_firms_are_named_in_lists_to_the_four_who_know_them(pair):
    made = due(pair, IntroductionStatus.INTRODUCED)
    broker = made.sender_broker
    colleague = factories.broker("Basia Lis", organisation=made.sender_company.host).membership.user

    rows = [row_of(made, factories.actor(user), timezone.now()) for user in (broker, colleague)]

    assert [row.partner for row in rows] == ["Kymen Saha Oy", ""]


def test_no_time_is_shown_to_whom_nothing_is_said_about_it(pair):
    made = due(pair, IntroductionStatus.INTRODUCED)
    firm = made.receiver_company.contacts.get().user

    to_broker, to_firm = (page_for(made, user) for user in (made.receiver_broker, firm))

    assert to_broker.deadline
    assert (to_firm.waits_for, to_firm.deadline) == ("", None)


def test_nobody_is_offered_to_hand_over_where_there_is_no_colleague(pair):
    made = due(pair, IntroductionStatus.DRAFT)

    alone = [choice.act for choice in page_for(made, made.sender_broker).choices]
    factories.broker("Basia Lis", organisation=made.sender_company.host)
    with_colleague = [choice.act for choice in page_for(made, made.sender_broker).choices]

    assert Act.TRANSFER not in alone
    assert Act.TRANSFER in with_colleague


def agreed_to(made):
    made.consents.create(
        company=made.sender_company,
        is_given=True,
        text_hash=words_hash(made),
        language="en",
        at=timezone.now(),
        actor_id="usr_somebody",
    )
    return made
