"""Whoever starts the demonstration can look at a case in every state that there is."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from companies.choices import (
    InterestStatus,
    ProfileStatus,
    RegistrationStatus,
    ReviewDecision,
    Stage,
)
from companies.models import (
    ActionStep,
    Company,
    CooperationProfile,
    ExpressionOfInterest,
    Merge,
    ProfileReview,
    Registration,
    SavedSearch,
)
from companies.models.saved_search import SearchHit
from companies.notices import PROFILE_ENDS_SOON
from companies.services.profile_checks import blockers_of, findings_of
from companies.services.profile_people import title_for
from companies.services.profile_words import hash_of
from matching.agreement_words import State as AgreementState
from matching.agreement_words import state_of
from matching.choices import (
    Choice,
    CooperationStatus,
    IntroductionStatus,
    MeetingStatus,
    StrategyStatus,
    View,
)
from matching.models import (
    Agreement,
    Block,
    Cooperation,
    FollowUp,
    Introduction,
    JointStrategy,
    Match,
    MatchDecision,
    MatchRun,
    Meeting,
    Renewal,
    ViewRequest,
)
from tibs.accounts.actor import actor_of
from tibs.accounts.models import User
from tibs.demo.cast import Cast
from tibs.demo.reviewing import review_matches
from tibs.demo.telling import SOURCE, tell
from tibs.events.models import AuditRecord, InboxItem, Letter
from tibs.events.services.composing import DIGEST
from tibs.figures import MOST_SILENCES

pytestmark = [pytest.mark.django_db, pytest.mark.long]
# Models with their states, which come from the vocabularies themselves: a new one must be told of too.
STATES: list[tuple[type[Model], str, Iterable[str]]] = [
    (Company, "stage", Stage),
    (CooperationProfile, "status", ProfileStatus),
    (Registration, "status", RegistrationStatus),
    (ExpressionOfInterest, "status", InterestStatus),
    (ProfileReview, "decision", ["", *ReviewDecision]),
    (Introduction, "status", IntroductionStatus),
    (Cooperation, "status", CooperationStatus),
    (Meeting, "status", MeetingStatus),
    (JointStrategy, "status", StrategyStatus),
    (MatchDecision, "choice", Choice),
    (ViewRequest, "view", ["", *View]),
]
# Runs are watched on the terminal; a merge takes a firm out of the story.
UNTOLD = {MatchRun, Merge}


def states(model: type[Model], field: str) -> set[str]:
    return set(model._default_manager.order_by().values_list(field, flat=True))


@pytest.mark.parametrize(
    ("model", "field", "choices"), STATES, ids=lambda given: getattr(given, "__name__", "")
)
def test_there_is_a_case_in_every_state(told, model, field, choices):
    assert set(choices) - states(model, field) == set()


def test_every_model_with_a_life_cycle_is_looked_at():
    looked_at = {model for model, _field, _choices in STATES} | UNTOLD
    with_states = {
        model
        for app in ("companies", "matching")
        for model in apps.get_app_config(app).get_models()
        if any(field.name in {"status", "stage"} and field.choices for field in model._meta.fields)
    }

    assert with_states <= looked_at


def test_agreements_wait_for_everybody_they_can_wait_for(told):
    agreements = list(Agreement.objects.select_related("cooperation__introduction", "evidence"))

    assert {state_of(one) for one in agreements} == set(AgreementState)
    assert {one.statements.count() for one in agreements if state_of(one) == AgreementState.TO_STATE} == {
        0,
        1,
    }
    assert Agreement.objects.publishable().count() == 1
    assert Agreement.objects.filter(validated_at__isnull=False, is_publishable=False).exists()


def test_steps_of_a_plan_are_done_due_and_to_come(told):
    steps = ActionStep.objects.filter(plan__company__owner__isnull=False)

    assert steps.filter(done_at__isnull=False).exists()
    assert steps.due(timezone.localdate(told)).exclude(barrier="").exists()
    assert steps.filter(due_date__gt=timezone.localdate(told)).exclude(referral="").exists()


def test_follow_ups_are_answered_due_and_to_come(told):
    assert FollowUp.objects.filter(done_at__isnull=False).exists()
    assert FollowUp.objects.filter(done_at=None, reminded_at__isnull=False).exists()
    assert FollowUp.objects.filter(told_at=None, due_date__gt=timezone.localdate(told)).exists()


def test_published_profiles_live_differently(told):
    published = CooperationProfile.objects.filter(status=ProfileStatus.PUBLISHED)

    assert published.filter(renewed_at__isnull=False).exists()
    assert published.filter(silences=1, open_for_interest=True).exists()
    assert published.filter(silences=MOST_SILENCES, open_for_interest=False).exists()
    assert InboxItem.objects.filter(notice=PROFILE_ENDS_SOON.code).exists()


def test_published_words_passed_the_check_the_second_reader_and_the_firm(told):
    published = CooperationProfile.objects.filter(status=ProfileStatus.PUBLISHED).prefetch_related("texts")

    assert published.count() > 40
    for profile in published.select_related("company")[::4]:
        assert blockers_of(profile) == []
        assert profile.reviews.get().text_hash == profile.approvals.get().text_hash == hash_of(profile)


def test_a_draft_shows_what_the_check_finds(told):
    drafts = CooperationProfile.objects.filter(status=ProfileStatus.DRAFT).prefetch_related("texts")

    assert max(len(findings_of(draft)) for draft in drafts) > 5


def test_searches_have_told_of_profiles_and_people_of_their_day(told):
    assert SavedSearch.objects.filter(confirmed_at__isnull=False).count() == 3
    assert SearchHit.objects.filter(told_at__lte=told).count() >= 3
    assert Letter.objects.filter(template=DIGEST).exists()
    assert InboxItem.objects.filter(read_at__isnull=False).exists()


def test_some_firms_are_kept_apart_and_matches_wait_to_be_computed_anew(told):
    assert Block.objects.in_force().exists()
    assert Renewal.objects.exists()


def test_the_first_broker_has_something_in_each_place(told):
    first = User.objects.get(email="aleksandra.wysocka@podlasie.example")
    actor = actor_of(first)
    owed = Introduction.objects.filter(owner=first, due_at__isnull=False)

    assert owed.filter(status=IntroductionStatus.SENT, receiver_broker=first).exists()
    assert ProfileReview.objects.open().filter(reader=first).exists()
    assert Match.objects.visible_to(actor).still_open().exists()
    assert ViewRequest.objects.filter(asked=first, answered_at=None).exists()
    assert FollowUp.objects.filter(company__owner=first, done_at=None, told_at__isnull=False).exists()
    assert Cooperation.objects.filter(owner=first, next_due_date__isnull=False).exists()
    assert Agreement.objects.judged_by(actor).exists()
    assert ExpressionOfInterest.objects.filter(company__owner=first, status=InterestStatus.ROUTED).exists()
    assert InboxItem.objects.filter(user=first).waiting().exists()
    profiles = CooperationProfile.objects.filter(company__owner=first)
    assert len({profile.status for profile in profiles}) >= 5
    assert all(title_for(profile, "pl") for profile in profiles)


def test_the_story_happened_over_months(told):
    first, last = (AuditRecord.objects.order_by(order)[0].at for order in ("at", "-at"))

    assert (told - first).days > 500
    assert last >= told
    assert len(AuditRecord.objects.dates("at", "day")) > 40


def test_told_again_it_changes_nothing(told):
    before = AuditRecord.objects.count()

    tell(now=told)
    review_matches(Cast(SOURCE), told)

    assert AuditRecord.objects.count() == before
