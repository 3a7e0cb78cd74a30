"""Decisions belong to one side, have a reason, and can be taken back."""

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from companies.models import ProfileText
from companies.services.profiles import withdraw_profile
from matching.choices import Choice, DismissReason, IntroductionStatus
from matching.models import Block, Match, MatchDecision
from matching.services.decisions import Verdict, decide, undo
from matching.services.review import MATERIAL, to_review
from tests import factories
from tests.introducing import introduction
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

NO_NEED = Verdict(Choice.DISMISSED, DismissReason.NO_NEED)
SHORTLIST = Verdict(Choice.SHORTLISTED)


@standing
def mine(polish_company):
    return factories.profile(polish_company)


@standing
def theirs(finnish_company):
    return factories.profile(finnish_company, offered="We saw oak.")


@standing
def match(mine, theirs):
    return factories.match(mine, theirs)


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


@standing
def jo(johanna):
    return factories.actor(johanna)


def test_what_one_broker_dismisses_the_other_still_sees(match, mine, theirs, ana, jo):
    decide(match=match, profile=mine, verdict=NO_NEED, by=ana)

    assert list(to_review(ana)) == []
    assert list(to_review(jo)) == [match]
    assert not MatchDecision.objects.visible_to(jo).exists()


def test_and_the_other_way_round(match, mine, theirs, ana, jo):
    decide(match=match, profile=theirs, verdict=NO_NEED, by=jo)

    assert list(to_review(jo)) == []
    assert list(to_review(ana)) == [match]
    assert not MatchDecision.objects.visible_to(ana).exists()


def test_no_page_of_the_other_side_tells_of_a_decision(client, match, mine, theirs, ana, johanna):
    decide(match=match, profile=mine, verdict=Verdict(Choice.DISMISSED, "other", "canary-note"), by=ana)
    johanna.language = "en"
    johanna.save()
    client.force_login(johanna)
    pages = [
        reverse("match_review"),
        reverse("match_shortlist", query={"show": "dismissed"}),
        reverse("profile_matches", args=[theirs.public_id]),
        reverse("company", args=[theirs.company.public_id]),
    ]

    texts = [client.get(page).text for page in pages]

    assert not any("canary-note" in text or "Not relevant:" in text for text in texts)


def test_a_broker_cannot_decide_for_the_other_side(match, theirs, ana):
    with pytest.raises(NotAllowedError):
        decide(match=match, profile=theirs, verdict=SHORTLIST, by=ana)


def test_a_profile_that_is_no_side_of_the_match_cannot_decide(match, polish_company, ana):
    with pytest.raises(WrongStateError):
        decide(match=match, profile=factories.profile(polish_company), verdict=SHORTLIST, by=ana)


@pytest.mark.parametrize("reason", ["", "nonsense", "\0", "competitor " * 1000])
def test_a_dismissal_needs_a_reason_of_the_list(reason):
    with pytest.raises(BadInputError) as refused:
        Verdict(Choice.DISMISSED, reason)

    assert "reason" in refused.value.fields


def test_deciding_again_takes_the_place_of_the_first_decision(match, mine, ana):
    decide(match=match, profile=mine, verdict=NO_NEED, by=ana)
    decide(match=match, profile=mine, verdict=SHORTLIST, by=ana)

    decision = MatchDecision.objects.get()
    assert (decision.choice, decision.reason) == (Choice.SHORTLISTED, "")
    assert AuditRecord.objects.filter(event__startswith="matching.match.").count() == 2


def test_a_decision_taken_back_waits_again(match, mine, ana):
    decide(match=match, profile=mine, verdict=NO_NEED, by=ana)

    undo(match=match, profile=mine, by=ana)
    undo(match=match, profile=mine, by=ana)

    assert list(to_review(ana)) == [match]
    assert AuditRecord.objects.filter(event="matching.match.reconsidered").count() == 1


@pytest.mark.parametrize(
    ("change", "comes_back"),
    [
        (0, False),
        (MATERIAL / 2, False),
        (-MATERIAL / 2, False),
        (MATERIAL * 1.1, True),
        (-MATERIAL * 1.1, True),
    ],
)
def test_a_score_that_moved_much_brings_a_match_back(match, mine, ana, change, comes_back):
    decide(match=match, profile=mine, verdict=NO_NEED, by=ana)

    Match.objects.update(score=match.score + change)

    assert to_review(ana).exists() is comes_back


def test_new_words_of_the_partner_bring_a_match_back(match, mine, theirs, ana):
    decide(match=match, profile=mine, verdict=NO_NEED, by=ana)

    ProfileText.objects.filter(profile=mine).update(offered="Our own words do not count.")
    assert not to_review(ana).exists()
    ProfileText.objects.filter(profile=theirs).update(offered="We dry oak.")
    assert to_review(ana).exists()


def test_a_match_that_is_over_cannot_be_decided(match, mine, theirs, ana):
    withdraw_profile(profile=theirs, by=factories.BENCH)

    with pytest.raises(WrongStateError):
        decide(match=match, profile=mine, verdict=SHORTLIST, by=ana)


def test_a_block_keeps_both_sides_apart_until_it_is_lifted(match, mine, ana, jo):
    decide(match=match, profile=mine, verdict=Verdict(Choice.DISMISSED, "competitor", blocks=True), by=ana)

    assert Block.objects.in_force().get().other == match.second.company
    assert not to_review(jo).exists()
    assert not Block.objects.visible_to(jo).exists(), "the other side never learns of it"
    undo(match=match, profile=mine, by=ana)
    assert to_review(jo).exists()


NEVER_AGAIN = Verdict(Choice.DISMISSED, "competitor", blocks=True)


@pytest.mark.parametrize("verdict", [SHORTLIST, NO_NEED])
def test_taking_back_a_decision_lifts_no_block_of_another_one(match, mine, theirs, ana, verdict):
    another = factories.match(mine, factories.profile(theirs.company))
    decide(match=match, profile=mine, verdict=verdict, by=ana)
    decide(match=another, profile=mine, verdict=NEVER_AGAIN, by=ana)

    undo(match=match, profile=mine, by=ana)

    assert Block.objects.in_force().exists()
    undo(match=another, profile=mine, by=ana)
    assert not Block.objects.in_force().exists()


def test_two_companies_stay_apart_until_the_last_never_again_is_taken_back(match, mine, theirs, ana):
    another = factories.match(mine, factories.profile(theirs.company))
    decide(match=match, profile=mine, verdict=NEVER_AGAIN, by=ana)
    Block.objects.update(lifted_at=timezone.now())
    decide(match=another, profile=mine, verdict=NEVER_AGAIN, by=ana)

    undo(match=match, profile=mine, by=ana)

    assert Block.objects.in_force().exists()


def test_taking_back_on_the_other_side_lifts_nothing(match, mine, theirs, ana, jo):
    decide(match=match, profile=theirs, verdict=SHORTLIST, by=jo)
    decide(match=match, profile=mine, verdict=NEVER_AGAIN, by=ana)

    undo(match=match, profile=theirs, by=jo)

    assert Block.objects.in_force().exists()


@pytest.mark.parametrize(
    ("sender", "is_sent", "waits"),
    [
        ("mine", False, {"mine": False, "theirs": True}),
        ("theirs", False, {"mine": True, "theirs": False}),
        ("mine", True, {"mine": False, "theirs": False}),
        ("theirs", True, {"mine": False, "theirs": False}),
    ],
)
def test_what_a_firm_declined_before_it_was_sent_is_the_decision_of_its_side_alone(
    match, mine, theirs, ana, jo, sender, is_sent, waits
):
    pair = (mine, theirs) if sender == "mine" else (theirs, mine)
    now = timezone.now()
    introduction(*pair, status=IntroductionStatus.DECLINED, sent_at=now if is_sent else None, ended_at=now)

    assert {"mine": to_review(ana).exists(), "theirs": to_review(jo).exists()} == waits


@pytest.mark.parametrize(
    ("status", "waits"),
    [
        (IntroductionStatus.SENT, False),
        (IntroductionStatus.INTRODUCED, False),
        (IntroductionStatus.WITHDRAWN, True),
    ],
)
def test_firms_that_are_being_introduced_do_not_wait_for_a_review(match, mine, theirs, ana, status, waits):
    introduction(mine, theirs, status=status)

    assert to_review(ana).exists() is waits
    assert Match.objects.of_profile(mine).exists() is waits


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_are_one_decision(match, mine, ana):
    together = threading.Barrier(8)

    def click():
        together.wait()
        decide(match=match, profile=mine, verdict=SHORTLIST, by=ana)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert MatchDecision.objects.count() == 1
