"""From the first words of one broker to the moment in which two firms know each other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from brokers.services.leaving import hold_seats
from companies.choices import InterestStatus
from companies.models import Company, Disclosure
from matching.handshake import Act, State
from matching.models import Block, Introduction
from matching.services.introductions import deciding, meeting, sending, starting, writing
from matching.services.introductions.ringing import follow_clocks
from tests import factories
from tests.matching.services.introductions import acting
from tests.matching.services.introductions.acting import TEXTS, WAY, act, begun, led_to, receivers_heard
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord, InboxItem
from tibs.events.telling import sentence_of
from tibs.figures import INTRODUCTIONS_CARRIED


def test_five_signatures_in_their_order_introduce_two_firms(people):
    introduction = led_to(Act.ACCEPT, people)

    assert introduction.status == State.INTRODUCED
    assert introduction.introduced_at is not None
    assert [step.event for step in introduction.steps.order_by("id")] == [
        "start",
        "write",
        *WAY,
        "introduce",
    ]
    assert AuditRecord.objects.filter(event="matching.introduction.introduced").count() == 1
    for company in (people.sender.company, people.receiver.company):
        company.refresh_from_db()
        assert company.first_introduced_at == introduction.introduced_at


@pytest.mark.parametrize("missed", WAY[1:-1])
def test_no_signature_can_be_left_out(people, missed):
    introduction = led_to(WAY[WAY.index(missed) - 1], people)

    with pytest.raises((WrongStateError, NotAllowedError)):
        act(introduction, WAY[WAY.index(missed) + 1], people)


@pytest.mark.parametrize("signature", WAY)
def test_nobody_signs_for_the_other_side(people, signature):
    introduction = begun(people)
    for what in WAY[: WAY.index(signature)]:
        introduction = act(introduction, what, people)
    strangers = (
        ("receiver_broker", "receiver_person") if signature in WAY[:3] else ("sender_broker", "sender_person")
    )

    for stranger in strangers:
        with pytest.raises(NotAllowedError):
            act(introduction, signature, people, stranger)


def test_broker_may_write_down_a_yes_given_by_phone(people):
    introduction = act(begun(people), Act.AGREE, people, "sender_broker")

    assert introduction.status == State.COMPANY_AGREED
    assert introduction.consents.get().is_noted_by_broker


def test_own_word_of_a_firm_is_not_noted_as_its_brokers(people):
    introduction = led_to(Act.AGREE, people)

    assert not introduction.consents.get().is_noted_by_broker


def test_a_changed_word_makes_the_agreement_void(people):
    introduction = led_to(Act.AGREE, people)
    texts = TEXTS | {"question": "How thick are your boards? " * 8}

    changed = writing.write_texts(
        introduction=introduction,
        texts=texts,
        language="en",
        version=introduction.version,
        by=people.actor("sender_broker"),
    )

    assert changed.status == State.DRAFT
    with pytest.raises(WrongStateError):
        act(changed, Act.SEND, people)


def test_company_agrees_to_the_words_that_it_saw(people):
    introduction = act(begun(people), Act.ASK, people)

    with pytest.raises(WrongStateError, match="read them again"):
        deciding.agree(
            introduction=introduction, shown_hash="0" * 64, language="en", by=people.actor("sender_person")
        )


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"question": "Too short."}, "question"),
        ({"interest": "Write to me at eva@dab.example. " * 6}, "interest"),
        ({"presentation": "Stolarnia Dąb planes oak boards for makers of furniture. " * 4}, "presentation"),
        (
            {"presentation": "We are Eva Kask and others who plane oak boards for makers of furniture. " * 3},
            "presentation",
        ),
    ],
)
def test_texts_that_are_short_or_give_the_firm_away_are_not_put_to_the_company(people, texts, field):
    draft = begun(people)
    by = people.actor("sender_broker")
    draft = writing.write_texts(
        introduction=draft, texts=TEXTS | texts, language="en", version=draft.version, by=by
    )

    with pytest.raises(BadInputError) as refused:
        writing.ask_company(introduction=draft, by=by)

    assert set(refused.value.fields) == {field}


def test_a_text_that_is_too_long_is_refused_and_never_cut(people):
    draft = begun(people)

    with pytest.raises(BadInputError, match="too long"):
        writing.write_texts(
            introduction=draft,
            texts=TEXTS | {"question": "x" * 601},
            language="en",
            version=draft.version,
            by=people.actor("sender_broker"),
        )


def test_two_people_do_not_write_over_each_other(people):
    draft = begun(people)

    with pytest.raises(WrongStateError, match="Somebody else"):
        writing.write_texts(
            introduction=draft,
            texts={},
            language="en",
            version=draft.version - 1,
            by=people.actor("sender_broker"),
        )


@pytest.mark.parametrize("after", [Act.SEND, Act.ACKNOWLEDGE, Act.PUT])
def test_decline_needs_a_reason(people, after):
    introduction = led_to(after, people)

    with pytest.raises(BadInputError, match="reason"):
        act(introduction, Act.DECLINE, people, reason="")


def test_the_other_side_gets_a_polite_sentence_and_never_the_note(people):
    introduction = led_to(Act.PUT, people)

    act(introduction, Act.DECLINE, people, "receiver_person", reason="price", note="They are a nuisance.")

    told = InboxItem.objects.filter(notice="matching.introduction.declined_price")
    assert {item.user for item in told} == {people.sender_broker, people.sender_person}
    assert "nuisance" not in str(list(InboxItem.objects.values()))
    assert "nuisance" not in str(list(introduction.steps.values()))


def test_a_firm_that_declines_at_home_is_heard_by_its_own_broker_only(people):
    introduction = act(begun(people), Act.ASK, people)

    declined = act(introduction, Act.DECLINE, people, "sender_person", reason="timing")

    assert declined.status == State.DECLINED
    told = InboxItem.objects.filter(notice="matching.introduction.refused")
    assert [item.user for item in told] == [people.sender_broker]
    assert receivers_heard(people) == set()


@pytest.mark.parametrize("after", [Act.AGREE, Act.SEND, Act.ACKNOWLEDGE, Act.PUT])
def test_a_yes_can_be_taken_back_until_the_firms_are_introduced(people, after):
    introduction = led_to(after, people)

    ended = act(introduction, Act.TAKE_BACK, people, company=people.sender.company, language="en")

    assert ended.status == State.WITHDRAWN
    assert not introduction.consents.order_by("-id").first().is_given


def test_what_is_introduced_is_not_taken_back(people):
    introduction = led_to(Act.ACCEPT, people)

    with pytest.raises(WrongStateError):
        act(introduction, Act.TAKE_BACK, people, company=people.sender.company, language="en")


def test_pair_is_introduced_once(people):
    led_to(Act.ACCEPT, people)

    with pytest.raises(starting.PairTakenError):
        _start(people)


def test_second_introduction_of_a_pair_is_refused_from_either_side(people):
    begun(people)

    with pytest.raises(starting.PairTakenError):
        starting.start_from_match(
            match=people.sender.matches_as_first.get(),
            profile=people.receiver,
            by=people.actor("receiver_broker"),
        )


def test_an_introduction_may_be_begun_anew_after_it_ended(people):
    act(led_to(Act.SEND, people), Act.DECLINE, people, reason="timing")

    assert _start(people).status == State.DRAFT


def test_blocked_firms_are_not_introduced(people):
    Block.objects.create(company=people.receiver.company, other=people.sender.company)

    with pytest.raises(WrongStateError, match="cannot be introduced"):
        begun(people)


@pytest.mark.parametrize(("side", "other"), [("sender", "receiver"), ("receiver", "sender")])
def test_a_country_that_one_side_leaves_out_is_refused_in_the_words_of_a_block(people, side, other):
    profile = getattr(people, side)
    profile.excluded_countries = [getattr(people, other).company.country_id]
    profile.save()

    with pytest.raises(WrongStateError, match="cannot be introduced") as refused:
        begun(people)

    assert refused.value.code == "blocked"


def test_a_third_country_that_one_side_leaves_out_keeps_nobody_apart(people):
    people.receiver.excluded_countries = ["LV"]
    people.receiver.save()

    assert begun(people).status == State.DRAFT


def test_firms_of_one_country_are_not_introduced(people):
    neighbour = factories.company("Sąsiad", host=people.sender.company.host, owner=people.sender_broker)
    match = factories.match(people.sender, factories.profile(neighbour))

    with pytest.raises(WrongStateError, match="two countries"):
        starting.start_from_match(match=match, profile=people.sender, by=people.actor("sender_broker"))


def test_eleventh_open_introduction_of_a_company_is_refused(people):
    for number in range(INTRODUCTIONS_CARRIED):
        partner = factories.company(
            f"Saha {number}", host=people.receiver.company.host, owner=people.receiver_broker
        )
        match = factories.match(people.sender, factories.profile(partner))
        starting.start_from_match(match=match, profile=people.sender, by=people.actor("sender_broker"))

    with pytest.raises(starting.FullError, match="at most 10"):
        begun(people)


def test_strangers_begin_nothing(people, signe):
    match = factories.match(people.sender, people.receiver)

    for by in (people.actor("receiver_broker"), people.actor("sender_person"), factories.actor(signe)):
        with pytest.raises(NotAllowedError):
            starting.start_from_match(match=match, profile=people.sender, by=by)


@pytest.mark.parametrize("what", [Act.ASK, Act.AGREE])
def test_public_facts_reach_a_draft_and_no_further(people, what):
    partner = factories.company("Stille Oy", host=people.receiver.company.host, owner=people.receiver_broker)
    match = factories.match(people.sender, factories.public_facts(partner))
    by = people.actor("sender_broker")
    draft = starting.start_from_match(match=match, profile=people.sender, by=by)
    writing.write_texts(introduction=draft, texts=TEXTS, language="en", version=draft.version, by=by)

    with pytest.raises(WrongStateError, match="known from public facts only"):
        act(draft, what, people, "sender_broker")

    draft.refresh_from_db()
    assert (draft.status, draft.asked_sender_at) == (State.DRAFT, None)
    assert not draft.consents.exists()


def test_what_rests_on_public_facts_is_never_sent(people):
    introduction = led_to(Act.AGREE, people)
    facts = factories.public_facts(people.receiver.company)
    Introduction.objects.filter(pk=introduction.pk).update(receiver_profile=facts)

    with pytest.raises(WrongStateError, match="known from public facts only"):
        act(introduction, Act.SEND, people)


def test_interest_of_a_visitor_becomes_an_introduction_without_a_profile_of_its_own(people):
    visitor = factories.company("Nowa Firma", host=people.sender.company.host, owner=people.sender_broker)
    factories.contact(visitor, user=factories.person("Ola Nowa"))
    expression = acting.interest_of(people, visitor)

    introduction = starting.start_from_interest(expression=expression, by=people.actor("sender_broker"))

    expression.refresh_from_db()
    assert expression.status == InterestStatus.TAKEN_UP
    assert (introduction.sender_company, introduction.sender_profile) == (visitor, None)
    assert introduction.presentation == TEXTS["presentation"]
    with pytest.raises(WrongStateError):
        starting.start_from_interest(expression=expression, by=people.actor("sender_broker"))


@pytest.fixture
def beginning(people):
    """Beginning from a match, and from the interest of a visitor that the same broker serves."""
    visitor = factories.company("Nowa Firma", host=people.sender.company.host, owner=people.sender_broker)
    match, by = factories.match(people.sender, people.receiver), people.actor("sender_broker")
    interest = acting.interest_of(people, visitor)
    return {
        "match": lambda: starting.start_from_match(match=match, profile=people.sender, by=by),
        "interest": lambda: starting.start_from_interest(expression=interest, by=by),
    }


@pytest.mark.parametrize("way", ["match", "interest"])
def test_company_handed_over_while_it_waits_for_its_lock_is_not_begun_with_its_former_broker(
    people, beginning, way, monkeypatch
):
    company = people.receiver.company
    heir = factories.broker("Heta Ilo", organisation=company.host).membership.user

    def hand_over_meanwhile(seats):
        Company.objects.filter(pk=company.pk).update(owner=heir)
        return hold_seats(seats)

    monkeypatch.setattr(starting, "hold_seats", hand_over_meanwhile)
    with pytest.raises(WrongStateError) as refused:
        beginning[way]()

    assert refused.value.code == "conflict"
    assert not Introduction.objects.exists()


def test_beginning_from_interest_holds_the_seats_once(people, beginning):
    with CaptureQueriesContext(connection) as queries:
        beginning["interest"]()

    asked = [
        query["sql"] for query in queries if query["sql"].endswith(' FOR UPDATE OF "brokers_membership"')
    ]
    assert len(asked) == 1


def changed(introduction, people):
    """The sender's broker writes another question, which the firm was not asked about."""
    introduction.refresh_from_db()
    words = TEXTS | {"question": TEXTS["question"][::-1]}
    return writing.write_texts(
        introduction=introduction,
        texts=words,
        language="en",
        version=introduction.version,
        by=people.actor("sender_broker"),
    )


@pytest.mark.parametrize("last", [Act.ASK, Act.AGREE])
def test_a_firm_that_was_asked_keeps_its_page_while_its_broker_changes_the_texts(people, client, last):
    introduction = changed(led_to(last, people), people)
    client.force_login(people.sender_person)

    page = client.get(reverse("own_introduction", args=[introduction.public_id]))

    assert page.status_code == 200
    assert "Your broker is changing the texts; you will be asked again." in page.text
    assert introduction.question not in page.text
    assert "Your answer" not in page.text
    for what, values in ((Act.AGREE, {}), (Act.DECLINE, {"reason": "timing"})):
        with pytest.raises(WrongStateError, match="changing the texts"):
            act(introduction, what, people, "sender_person", **values)
    asked = act(act(introduction, Act.ASK, people), Act.AGREE, people)
    assert asked.first_asked_at < asked.asked_sender_at


def test_a_firm_that_was_asked_once_hears_of_the_end_and_is_not_reminded_of_texts_that_change(people):
    introduction = changed(led_to(Act.ASK, people), people)
    InboxItem.objects.all().delete()

    follow_clocks(now=introduction.wakes_at)
    act(introduction, Act.WITHDRAW, people, reason="timing")

    told = InboxItem.objects.filter(user=people.sender_person).values_list("notice", flat=True)
    assert list(told) == ["matching.introduction.withdrawn"]


def test_a_firm_that_was_never_asked_sees_and_hears_nothing(people, client):
    draft = begun(people)
    client.force_login(people.sender_person)

    page = client.get(reverse("own_introduction", args=[draft.public_id]))
    act(draft, Act.WITHDRAW, people, reason="timing")

    assert page.status_code == 404
    assert not InboxItem.objects.filter(
        user=people.sender_person, notice__startswith="matching.introduction"
    ).exists()


def test_feedback_is_told_once_and_ends_the_clock(people):
    introduction = led_to(Act.ACCEPT, people)
    assert introduction.due_at is not None

    told = act(introduction, Act.FEEDBACK, people, note="They meet in May.")

    assert told.due_at is None
    assert told.steps.order_by("-id").first().note == "They meet in May."
    with pytest.raises(WrongStateError):
        act(introduction, Act.FEEDBACK, people, note="Again.")


def test_each_showing_of_contact_data_is_noted(people):
    introduction = led_to(Act.ACCEPT, people)

    shown = meeting.show_contacts(introduction=introduction, by=people.actor("sender_broker"))

    assert [contact.company for contact in shown] == [people.receiver.company]
    noted = Disclosure.objects.get()
    assert (noted.company, noted.reader) == (people.receiver.company, people.sender_broker)
    assert noted.organisation == people.sender.company.host
    assert noted.what == ["name", "email"]


def test_contact_data_are_for_the_four_alone(people, signe):
    introduction = led_to(Act.ACCEPT, people)
    colleague = factories.broker("Basia Lis", organisation=people.sender.company.host)
    others = [factories.actor(colleague), factories.actor(signe), factories.BENCH]

    for by in others:
        with pytest.raises(NotAllowedError):
            meeting.show_contacts(introduction=introduction, by=by)
    for who in ("sender_broker", "receiver_broker", "sender_person", "receiver_person"):
        assert len(meeting.show_contacts(introduction=introduction, by=people.actor(who))) == 1


@pytest.mark.parametrize("last", WAY[:-1])
def test_contact_data_stay_hidden_until_both_agreed(people, last):
    introduction = led_to(last, people)

    for who in ("sender_broker", "receiver_broker", "sender_person", "receiver_person"):
        with pytest.raises(NotAllowedError):
            meeting.show_contacts(introduction=introduction, by=people.actor(who))


def test_accepted_waits_while_an_ended_profile_is_read_anew(people):
    introduction = led_to(Act.PUT, people)
    type(people.sender).objects.filter(pk=people.sender.pk).update(status="in_review")

    accepted = act(introduction, Act.ACCEPT, people)

    assert accepted.status == State.ACCEPTED
    with pytest.raises(WrongStateError, match="not published"):
        act(accepted, Act.INTRODUCE, people)
    type(people.sender).objects.filter(pk=people.sender.pk).update(status="published")
    assert act(accepted, Act.INTRODUCE, people).status == State.INTRODUCED


def test_withdrawing_broker_gives_a_reason_too(people):
    introduction = led_to(Act.SEND, people)

    with pytest.raises(BadInputError):
        sending.withdraw(introduction=introduction, reason="", by=people.actor("sender_broker"))

    ended = sending.withdraw(introduction=introduction, reason="no_fit", by=people.actor("sender_broker"))
    assert ended.status == State.WITHDRAWN


def _start(people) -> Introduction:
    return starting.start_from_match(
        match=people.sender.matches_as_first.get(), profile=people.sender, by=people.actor("sender_broker")
    )


def test_a_pause_is_told_with_its_day_as_the_reader_writes_it(people):
    introduction = led_to(Act.SEND, people)
    until = timezone.localdate() + timedelta(days=20)

    act(introduction, Act.HOLD, people, until=until)

    told = InboxItem.objects.get(user=people.receiver_broker, notice="matching.introduction.held")
    assert sentence_of(told).endswith(f"rests until {date_format(until)}.")
