"""Rows that a firm has once it looks for partners, one of each kind, for the canaries."""

from datetime import timedelta

from django.utils import timezone

from companies.choices import InterestStatus
from companies.models import (
    Attachment,
    Company,
    CooperationProfile,
    ExpressionOfInterest,
    ProfileApproval,
    ProfileReview,
    ResearchCall,
    SavedSearch,
)
from matching.choices import AgreementType, Choice, IntroductionStatus, StrategyStatus
from matching.models import (
    Agreement,
    AgreementStatement,
    Block,
    Cooperation,
    FollowUp,
    Introduction,
    IntroductionStep,
    JointStrategy,
    Match,
    MatchDecision,
    Meeting,
    StrategyMember,
    ViewRequest,
)
from tests import factories, introducing
from tibs.accounts.models import User
from tibs.events.models import InboxItem, NoticeKind


def rows_of_partners(profile: CooperationProfile, person: User, broker: User) -> None:
    """Everything from the review of the profile to the follow-up of an agreement."""
    _of_profile(profile, person, broker)
    _, partner = introducing.side("FI", "Kymen Saha Oy")
    _of_match(factories.match(profile, partner), profile, broker)
    introduction = introducing.introduction(
        profile,
        partner,
        status=IntroductionStatus.INTRODUCED,
        sender_broker=broker,
        owner=broker,
    )
    IntroductionStep.objects.create(
        introduction=introduction, event="sent", to_status=IntroductionStatus.SENT, at=timezone.now()
    )
    _of_cooperation(introduction, profile.company, broker)


def _of_profile(profile: CooperationProfile, person: User, broker: User) -> None:
    now, company = timezone.now(), profile.company
    today = timezone.localdate()
    ResearchCall.objects.create(
        profile=profile,
        programme="Horizon",
        title="Call",
        interest_until=today,
        closing_date=today + timedelta(days=1),
    )
    ProfileReview.objects.create(profile=profile, reader=broker, asked_at=now, due_at=now)
    ProfileApproval.objects.create(profile=profile, is_approved=True, at=now)
    ExpressionOfInterest.objects.create(
        profile=profile,
        company=company,
        country=company.country,
        status=InterestStatus.ROUTED,
        language="en",
        form_token="e" * 20,
        email="ewa@example.org",
        expires_at=now,
    )
    SavedSearch.objects.create(owner=person, email=person.email, language="en", query={})
    InboxItem.objects.create(
        user=person, key="k", notice="n", kind=NoticeKind.PROFILES, url="/", company_id=company.public_id
    )


def _of_match(match: Match, profile: CooperationProfile, broker: User) -> None:
    MatchDecision.objects.create(
        match=match, profile=profile, choice=Choice.SHORTLISTED, score=0.5, decided_at=timezone.now()
    )
    ViewRequest.objects.create(match=match, profile=profile, asked_by=broker, asked=broker, question="Fits?")
    other = match.second.company if match.first_id == profile.pk else match.first.company
    Block.objects.create(company=profile.company, other=other)


def _of_cooperation(introduction: Introduction, company: Company, broker: User) -> None:
    now, today = timezone.now(), timezone.localdate()
    cooperation = Cooperation.objects.create(introduction=introduction, owner=broker)
    Meeting.objects.create(cooperation=cooperation, proposed_by=broker, slots=[now])
    evidence = Attachment.objects.create(
        company=company,
        file_name="a.pdf",
        content_type="application/pdf",
        size=1,
        digest="d",
        stored_name="s",
    )
    agreement = Agreement.objects.create(
        cooperation=cooperation,
        type=AgreementType.SUPPLY,
        subject="Boards",
        signed_date=today,
        evidence=evidence,
    )
    AgreementStatement.objects.create(
        agreement=agreement, company=company, signer="Ewa", text_hash="h", at=now
    )
    FollowUp.objects.create(agreement=agreement, company=company, months=6, due_date=today)
    strategy = JointStrategy.objects.create(
        title="Oak", domain=factories.domain(), status=StrategyStatus.DRAFT, lead=broker, goal="More oak"
    )
    StrategyMember.objects.create(strategy=strategy, company=company)
