"""Both firms said yes, but something is missing; and who hears what a pause or a broker's pen has done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies import events
from companies.choices import ProfileStatus, Stage
from companies.models import Company, Consent, CooperationProfile
from matching import tasks
from matching.handshake import Act, State
from matching.presenting.introduction_acts import company_of_reader
from matching.presenting.introduction_lists import waiting_for
from matching.presenting.introductions import page_of_introduction
from matching.services.introductions import meeting
from matching.services.introductions.ringing import follow_clocks, introduce_waiting
from tests import factories, introducing
from tests.matching.services.introductions.acting import act, begun, led_to
from tibs import wiring
from tibs.accounts.roles import RoleCode
from tibs.events.models import InboxItem
from tibs.figures import LONGEST_HOLD_DAYS


def consent_ends(company):
    Consent.objects.filter(company=company).update(valid_until=timezone.now() - timedelta(days=1))


def profile_goes(company):
    CooperationProfile.objects.filter(company=company).update(status=ProfileStatus.COMPANY_APPROVAL)


def company_goes(company):
    Company.objects.filter(pk=company.pk).update(stage=Stage.DORMANT)


def told(user):
    return set(InboxItem.objects.filter(user=user).values_list("notice", flat=True))


def is_in_queue_of(user):
    return waiting_for(factories.actor(user)).exists()


def page_for(introduction, user):
    actor = factories.actor(user)
    return page_of_introduction(introduction, actor, company_of_reader(introduction, actor), timezone.now())


def accepted_without(people, side, what_goes):
    introduction = led_to(Act.PUT, people)
    what_goes(getattr(people, side).company)
    return act(introduction, Act.ACCEPT, people)


@pytest.mark.parametrize("side", ["sender", "receiver"])
@pytest.mark.parametrize(
    ("what_goes", "code", "words"),
    [
        (consent_ends, "consent", "must consent anew to the publication of its profile"),
        (profile_goes, "profile", "must be published again"),
        (company_goes, "company", "takes no part any more"),
    ],
)
def test_the_side_that_can_mend_it_reads_what_is_missing_and_the_other_that_it_waits(
    people, side, what_goes, code, words
):
    other = {"sender": "receiver", "receiver": "sender"}[side]
    here, there = (getattr(people, f"{one}_broker") for one in (side, other))

    introduction = accepted_without(people, side, what_goes)

    assert introduction.status == State.ACCEPTED
    assert f"matching.introduction.accepted_without_{code}" in told(here)
    assert "matching.introduction.accepted" in told(there)
    assert f"matching.introduction.accepted_without_{code}" not in told(there)
    assert words in page_for(introduction, here).waits_for
    assert page_for(introduction, there).waits_for == (
        f"Both agreed. Something is still missing on the side of {here.name}."
    )


@pytest.mark.parametrize("what_goes", [consent_ends, profile_goes, company_goes])
@pytest.mark.parametrize("lacking", [("sender",), ("receiver",), ("sender", "receiver")])
def test_it_waits_in_the_queue_of_each_side_that_lacks_something_and_of_no_other(people, what_goes, lacking):
    introduction = led_to(Act.PUT, people)
    for side in lacking:
        what_goes(getattr(people, side).company)

    act(introduction, Act.ACCEPT, people)

    queues = {side: is_in_queue_of(getattr(people, f"{side}_broker")) for side in ("sender", "receiver")}
    assert queues == {side: side in lacking for side in ("sender", "receiver")}


def test_it_waits_for_who_began_it_once_nothing_is_missing(people):
    accepted_without(people, "receiver", consent_ends)
    factories.consent(people.receiver.company)

    assert is_in_queue_of(people.sender_broker)
    assert not is_in_queue_of(people.receiver_broker)


@pytest.mark.parametrize("side", ["sender", "receiver"])
@pytest.mark.parametrize(
    ("what_goes", "for_broker", "for_firm"),
    [
        (consent_ends, "company_consents", "own_consents"),
        (profile_goes, "profile_publication", ""),
        (company_goes, "", ""),
    ],
)
def test_the_side_that_can_mend_it_finds_the_way_to_the_page_where_it_is_done(
    people, side, what_goes, for_broker, for_firm
):
    profile = getattr(people, side)
    other = {"sender": "receiver", "receiver": "sender"}[side]

    introduction = accepted_without(people, side, what_goes)

    for who, page in (("broker", for_broker), ("person", for_firm)):
        own = profile.public_id if page == "profile_publication" else profile.company.public_id
        mending = page_for(introduction, getattr(people, f"{side}_{who}")).mending
        assert (mending.url.split("#")[0] if mending else "") == (reverse(page, args=[own]) if page else "")
        assert page_for(introduction, getattr(people, f"{other}_{who}")).mending is None


@pytest.mark.parametrize(
    ("who", "page"), [("receiver_person", "own_introduction"), ("receiver_broker", "introduction")]
)
def test_the_way_leads_to_a_page_on_which_the_consent_can_be_given(people, client, who, page):
    introduction = accepted_without(people, "receiver", consent_ends)
    client.force_login(getattr(people, who))
    shown = client.get(reverse(page, args=[introduction.public_id]))
    way = page_for(introduction, getattr(people, who)).mending.url

    consents = client.get(way)

    assert f'href="{way}"' in shown.text
    assert consents.status_code == 200
    assert f'id="{way.split("#")[1]}"' in consents.text


def test_the_firm_itself_hears_of_the_consent_that_only_it_can_give(people):
    accepted_without(people, "receiver", consent_ends)

    assert "matching.introduction.accepted_without_consent" in told(people.receiver_person)
    assert not any("without" in notice for notice in told(people.sender_person))


def test_once_nothing_is_missing_they_are_introduced_and_nobody_waits(people):
    introduction = accepted_without(people, "receiver", consent_ends)
    factories.consent(people.receiver.company)

    assert "Try again to introduce them" in page_for(introduction, people.sender_broker).waits_for
    done = meeting.complete(introduction=introduction, by=people.actor("receiver_broker"))

    assert done.status == State.INTRODUCED
    assert not InboxItem.objects.filter(notice__contains="accepted_without", done_at=None).exists()


@pytest.mark.parametrize("is_mended", [True, False])
def test_they_are_introduced_as_soon_as_what_was_missing_comes(people, is_mended):
    introduction = accepted_without(people, "receiver", consent_ends)
    if is_mended:
        factories.consent(people.receiver.company)

    introduced = introduce_waiting(now=timezone.now())

    introduction.refresh_from_db()
    assert introduced == is_mended
    assert introduction.status == (State.INTRODUCED if is_mended else State.ACCEPTED)


@pytest.mark.parametrize("what_goes", [consent_ends, profile_goes, company_goes])
def test_those_that_still_lack_something_do_not_keep_others_waiting(people, what_goes, monkeypatch):
    monkeypatch.setattr("matching.services.introductions.ringing.BATCH", 1)
    (_ana, ours), (_olli, theirs) = (
        introducing.side("PL", "Tartak Ruda"),
        introducing.side("FI", "Salon Saha"),
    )
    introducing.introduction(ours, theirs, status=State.ACCEPTED)
    what_goes(theirs.company)
    waiting = accepted_without(people, "receiver", consent_ends)
    factories.consent(people.receiver.company)

    introduced = introduce_waiting(now=timezone.now())

    waiting.refresh_from_db()
    assert introduced == 1
    assert waiting.status == State.INTRODUCED


@pytest.mark.parametrize("event", [events.CONSENT_GIVEN, events.PROFILE_PUBLISHED, events.STAGE_CHANGED])
def test_whatever_may_mend_it_lets_the_platform_look(event):
    assert tasks.introduce_waiting in wiring.NUDGES[event]


@pytest.mark.parametrize("side", ["sender", "receiver"])
@pytest.mark.parametrize(
    ("what_goes", "who"), [(consent_ends, {"broker", "person"}), (profile_goes, {"broker"})]
)
@pytest.mark.parametrize(("rings", "notice"), [(1, "reminded"), (2, "late")])
def test_who_can_mend_it_is_reminded_and_told_that_it_is_late(people, side, what_goes, who, rings, notice):
    introduction = accepted_without(people, side, what_goes)

    for _ in range(rings):
        follow_clocks(now=introduction.wakes_at)
        introduction.refresh_from_db()

    told_of_it = InboxItem.objects.filter(notice=f"matching.introduction.{notice}")
    assert set(told_of_it.values_list("user", flat=True)) == {
        getattr(people, f"{side}_{one}").pk for one in who
    }


@pytest.mark.parametrize("lacking", [("sender",), ("receiver",), ("sender", "receiver")])
def test_coordinators_of_the_sides_that_lack_something_hear_who_is_responsible(people, lacking):
    coordinators = {
        side: factories.person(
            f"Coordinator {side}",
            role=RoleCode.COORDINATOR,
            organisation=getattr(people, side).company.host,
        )
        for side in ("sender", "receiver")
    }
    introduction = led_to(Act.PUT, people)
    for side in lacking:
        consent_ends(getattr(people, side).company)
    introduction = act(introduction, Act.ACCEPT, people)

    for _ in range(2):
        follow_clocks(now=introduction.wakes_at)
        introduction.refresh_from_db()

    escalated = InboxItem.objects.filter(notice="matching.introduction.escalated")
    assert {item.user: item.values["broker"] for item in escalated} == {
        coordinators[side]: getattr(people, f"{side}_broker").name for side in lacking
    }


def test_an_expiry_after_both_agreed_does_not_say_that_nobody_answered(people):
    introduction = accepted_without(people, "receiver", consent_ends)

    for _ in range(3):
        follow_clocks(now=introduction.wakes_at)
        introduction.refresh_from_db()

    assert introduction.status == State.EXPIRED
    assert "matching.introduction.expired_accepted" in told(people.sender_broker)
    assert "matching.introduction.expired_accepted_firm" in told(people.sender_person)
    assert "matching.introduction.expired_accepted" not in told(people.sender_person)
    assert "matching.introduction.lapsed_accepted" in told(people.receiver_person)
    for user in (people.sender_broker, people.sender_person, people.receiver_broker, people.receiver_person):
        assert not told(user) & {"matching.introduction.expired", "matching.introduction.lapsed"}
        page = page_for(introduction, user)
        assert page.waits_for.startswith("Both agreed, but what was missing did not come in time.")
        assert page.history[-1].what == "returned it, because something was still missing"


@pytest.mark.parametrize(
    ("is_asked", "who", "notice"),
    [
        (False, "sender_broker", "matching.introduction.to_be_written"),
        (True, "sender_person", "matching.introduction.asked"),
    ],
)
def test_a_draft_that_wakes_up_tells_whom_it_waits_for(people, is_asked, who, notice):
    draft = begun(people)
    if is_asked:
        draft = act(draft, Act.ASK, people)
    held = act(draft, Act.HOLD, people, until=timezone.localdate() + timedelta(days=LONGEST_HOLD_DAYS - 1))
    InboxItem.objects.all().delete()

    follow_clocks(now=held.due_at + timedelta(minutes=1))

    draft.refresh_from_db()
    woken = InboxItem.objects.get()
    assert draft.status == State.DRAFT
    assert (woken.user, woken.notice, woken.done_at) == (getattr(people, who), notice, None)
    act(draft, Act.WITHDRAW, people, reason="timing")
    woken.refresh_from_db()
    assert woken.done_at is not None


@pytest.mark.parametrize(
    ("before", "what", "side"), [(Act.ASK, Act.AGREE, "sender"), (Act.PUT, Act.ACCEPT, "receiver")]
)
@pytest.mark.parametrize("is_noted", [True, False])
def test_a_firm_hears_of_the_yes_that_its_broker_wrote_down(people, before, what, side, is_noted):
    broker, person = getattr(people, f"{side}_broker"), getattr(people, f"{side}_person")
    introduction = led_to(before, people) if before is Act.PUT else act(begun(people), Act.ASK, people)

    done = act(introduction, what, people, f"{side}_broker" if is_noted else f"{side}_person")

    assert ("matching.introduction.noted" in told(person)) is is_noted
    assert "matching.introduction.noted" not in told(broker)
    for user in (people.sender_broker, people.receiver_broker):
        line = next(
            line for line in page_for(done, user).history if what in line.what or "agreed" in line.what
        )
        assert ("its broker wrote it down" in str(page_for(done, user).history)) is is_noted
        assert line.who in {"Our company", "The other company"}


@pytest.mark.parametrize(
    ("last", "what", "who", "ending"),
    [
        (Act.PUT, Act.DECLINE, "receiver_person", "Declined"),
        (Act.SEND, Act.DECLINE, "receiver_broker", "Declined"),
        (Act.PUT, Act.WITHDRAW, "sender_broker", "Withdrawn"),
    ],
)
def test_only_the_other_side_reads_the_polite_sentence(people, last, what, who, ending):
    ended = act(led_to(last, people), what, people, who, reason="price")
    here = who.split("_")[0]
    there = {"sender": "receiver", "receiver": "sender"}[here]

    assert page_for(ended, getattr(people, f"{here}_broker")).reason == (
        f"{ending} on your side: Price level does not fit."
    )
    assert "says thank you" in page_for(ended, getattr(people, f"{there}_broker")).reason
