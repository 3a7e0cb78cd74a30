"""Who is asked for a view need not have one, and what needs no answer any more does not wait."""

import pytest
from django.urls import reverse
from django.utils import timezone

from brokers.services.leaving import release
from brokers.services.members import appoint_broker
from companies.services.profiles import withdraw_profile
from matching.choices import Choice, DismissReason, IntroductionStatus, ViewEnd
from matching.models import ViewRequest
from matching.services.decisions import Verdict, decide
from matching.services.opinions import answer_view, ask_view
from matching.services.unanswered import end_over, pass_on_view
from tests import factories
from tests.introducing import introduction
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord, InboxItem

VERDICTS = [Verdict(Choice.SHORTLISTED), Verdict(Choice.DISMISSED, DismissReason.NO_NEED)]


@standing
def match(polish_company, finnish_company):
    return factories.match(factories.profile(polish_company), factories.profile(finnish_company))


@standing
def asked(match, aleksandra, johanna):
    return ask_view(
        match=match,
        profile=match.first,
        asked=johanna,
        question="Would they deliver?",
        by=factories.actor(aleksandra),
    )


def waits_for(person):
    return InboxItem.objects.filter(user=person, notice="matching.view.asked", done_at=None).exists()


def told(person):
    return list(
        InboxItem.objects.filter(user=person, notice__startswith="matching.view.").values_list("notice")
    )


def test_who_cannot_say_is_asked_no_more_and_the_asker_hears_it(asked, aleksandra, johanna):
    pass_on_view(request=asked, by=factories.actor(johanna))

    asked.refresh_from_db()
    assert asked.end == ViewEnd.CANNOT_SAY
    assert not waits_for(johanna)
    assert told(aleksandra) == [("matching.view.not_given",)]
    assert AuditRecord.objects.get(event="matching.view.ended").facts == {"end": "cannot_say"}


def test_only_who_was_asked_cannot_say_and_once(asked, aleksandra, johanna):
    with pytest.raises(NotAllowedError):
        pass_on_view(request=asked, by=factories.actor(aleksandra))
    pass_on_view(request=asked, by=factories.actor(johanna))
    with pytest.raises(WrongStateError):
        pass_on_view(request=asked, by=factories.actor(johanna))
    with pytest.raises(WrongStateError):
        answer_view(request=asked, view="fits", answer="", by=factories.actor(johanna))


def test_who_answered_has_said_something(asked, johanna):
    answer_view(request=asked, view="fits", answer="", by=factories.actor(johanna))

    with pytest.raises(WrongStateError):
        pass_on_view(request=asked, by=factories.actor(johanna))


def test_who_could_not_say_can_be_asked_something_else(asked, match, aleksandra, johanna):
    pass_on_view(request=asked, by=factories.actor(johanna))

    ask_view(
        match=match, profile=match.first, asked=johanna, question="And now?", by=factories.actor(aleksandra)
    )

    assert waits_for(johanna)


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: verdict.choice)
def test_decision_of_the_asking_side_ends_the_question(asked, match, aleksandra, johanna, verdict):
    decide(match=match, profile=match.first, verdict=verdict, by=factories.actor(aleksandra))

    asked.refresh_from_db()
    assert asked.end == ViewEnd.DECIDED
    assert not waits_for(johanna)
    assert told(aleksandra) == []


def test_decision_of_the_other_side_ends_nothing(asked, match, johanna):
    decide(match=match, profile=match.second, verdict=VERDICTS[0], by=factories.actor(johanna))

    asked.refresh_from_db()
    assert asked.is_open
    assert waits_for(johanna)


def withdrawn(match):
    withdraw_profile(profile=match.second, by=factories.BENCH)


def introduced(match):
    introduction(match.first, match.second, status=IntroductionStatus.SENT)


@pytest.mark.parametrize("happens", [withdrawn, introduced])
def test_question_ends_with_its_match(asked, match, johanna, happens):
    assert end_over(now=timezone.now()) == 0
    happens(match)

    assert end_over(now=timezone.now()) == 1

    asked.refresh_from_db()
    assert asked.end == ViewEnd.MATCH_OVER
    assert not waits_for(johanna)
    assert end_over(now=timezone.now()) == 0


def leave(person):
    seat = person.memberships.get(organisation__country="FI")
    boss = factories.person("Raija Salo", role=RoleCode.COORDINATOR, organisation=seat.organisation)
    release(
        user=person,
        organisation=seat.organisation,
        successor=boss,
        by=factories.actor(boss),
        now=timezone.now(),
    )


def test_question_to_a_broker_who_leaves_ends_and_the_asker_hears_it(asked, aleksandra, johanna):
    leave(johanna)

    asked.refresh_from_db()
    assert asked.end == ViewEnd.LEFT
    assert not waits_for(johanna)
    assert told(aleksandra) == [("matching.view.left",)]


def test_broker_who_works_elsewhere_too_can_still_answer(asked, johanna):
    abroad = factories.host("DE")
    appoint_broker(
        membership=factories.member(johanna, abroad),
        languages=["en"],
        regions=[abroad.region],
        domains=[],
        by=factories.BENCH,
    )

    leave(johanna)

    asked.refresh_from_db()
    assert asked.is_open


def test_nobody_is_asked_who_left_a_moment_ago(match, aleksandra, johanna):
    leave(johanna)

    with pytest.raises(BadInputError):
        ask_view(
            match=match, profile=match.first, asked=johanna, question="Still?", by=factories.actor(aleksandra)
        )

    assert not ViewRequest.objects.exists()


def test_page_offers_that_one_cannot_say_and_leads_the_asker_to_somebody_else(
    client, asked, match, aleksandra_in_english, johanna
):
    address = reverse("view_request", args=[asked.public_id])
    johanna.language = "en"
    johanna.save()
    client.force_login(johanna)

    page = client.get(address)
    passed = client.post(reverse("view_pass", args=[asked.public_id]), follow=True)
    again = client.post(reverse("view_pass", args=[asked.public_id]), follow=True)
    client.force_login(aleksandra_in_english)
    page_of_the_asker = client.get(address)

    assert "I cannot say" in page.text
    assert "That is all right" in passed.text
    assert "I cannot say" not in passed.text
    assert "needs no answer any more" in again.text
    assert "cannot say anything about this match" in page_of_the_asker.text
    assert reverse("match_ask", args=[match.first.public_id, match.public_id]) in page_of_the_asker.text
