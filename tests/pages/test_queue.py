"""The list of what waits for a broker: every kind of it, by the day when its clock runs out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.choices import ProfileStatus
from companies.models import Consent, CooperationProfile, ProfileReview
from matching.choices import IntroductionStatus
from matching.models import Cooperation, FollowUp
from matching.models.cooperation import VALIDATE
from matching.services.opinions import ask_view
from matching.services.strategies import add_activity, move_strategy
from tests import cooperating, factories, introducing
from tests.publishing import approved, read

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def queue(client, aleksandra_in_english, polish_company):
    client.force_login(aleksandra_in_english)
    return lambda: client.get(reverse("broker_home")).context["desk"].queue


@pytest.fixture
def page(client, queue):
    return lambda: client.get(reverse("broker_home")).text


def said(section, part):
    """Whose lines of that kind there are, what is to be done, and where."""
    return [(line.firm, line.sentence, line.url) for line in section.rows if line.part == part]


def put(profile, status):
    CooperationProfile.objects.filter(pk=profile.pk).update(status=status)


def test_a_reading_names_the_country_and_never_the_firm(queue, page, aleksandra, finnish_company):
    draft = factories.draft(finnish_company)
    review = ProfileReview.objects.create(profile=draft, reader=aleksandra, asked_at=NOW(), due_at=NOW())

    assert said(queue().mine, "review") == [
        ("Finland", "Read a profile as second reader.", f"/reviews/{review.public_id}/")
    ]
    assert finnish_company.name not in page()


def test_changes_that_were_asked_for_wait_for_the_broker(queue, polish_company):
    draft = factories.draft(polish_company)
    put(draft, ProfileStatus.CHANGES_REQUESTED)

    assert said(queue().mine, "changes") == [
        (
            polish_company.name,
            "Mend the profile: changes were asked for.",
            f"/profiles/{draft.public_id}/publication/",
        )
    ]


def test_words_that_the_company_reads_wait_for_the_company(queue, polish_company):
    draft = factories.draft(polish_company)
    read(draft)
    put(draft, ProfileStatus.COMPANY_APPROVAL)

    seen = queue()

    assert [firm for firm, _do, _url in said(seen.others, "approval")] == [polish_company.name]
    assert said(seen.mine, "publish") == []


def test_words_that_the_company_approved_wait_to_be_published(queue, polish_company):
    draft = factories.draft(polish_company)
    factories.consent(polish_company)
    read(draft)
    approved(draft)
    put(draft, ProfileStatus.COMPANY_APPROVAL)
    due = NOW() + timedelta(days=3)
    CooperationProfile.objects.update(due_at=due)

    seen = queue()

    assert said(seen.others, "approval") == []
    assert [line.day for line in seen.mine.rows] == [due]
    assert [(do, url) for _firm, do, url in said(seen.mine, "publish")] == [
        ("Publish the profile: the company approved it.", f"/profiles/{draft.public_id}/publication/")
    ]


@pytest.mark.parametrize("was_given", [True, False])
def test_a_missing_consent_is_said_where_the_profile_waits_to_be_published(queue, polish_company, was_given):
    draft = factories.draft(polish_company)
    if was_given:
        factories.consent(polish_company)
        Consent.objects.update(valid_until=NOW())
    read(draft)
    approved(draft)
    put(draft, ProfileStatus.COMPANY_APPROVAL)

    assert [(do, url) for _firm, do, url in said(queue().mine, "publish")] == [
        (
            "Ask for the consent to publication: the company approved its profile.",
            f"/companies/{polish_company.public_id}/consents/",
        )
    ]


def test_an_approval_of_earlier_words_counts_no_more(queue, polish_company):
    draft = factories.draft(polish_company)
    approved(draft, now=NOW() - timedelta(days=2))
    read(draft)
    put(draft, ProfileStatus.COMPANY_APPROVAL)

    assert said(queue().mine, "publish") == []


@pytest.mark.parametrize(
    ("status", "do"),
    [
        (IntroductionStatus.SENT, "Confirm that you have the introduction."),
        (IntroductionStatus.ACKNOWLEDGED, "Put the introduction to the company."),
        (IntroductionStatus.WITH_PARTNER, "Hear what the company says to the introduction."),
    ],
)
def test_an_introduction_is_named_by_the_own_firm_only(
    queue, page, polish_company, finnish_company, status, do
):
    made = introducing.introduction(
        factories.profile(finnish_company),
        factories.profile(polish_company),
        status=status,
        due_at=NOW() + timedelta(days=3),
    )

    assert said(queue().mine, "introduction") == [
        (polish_company.name, do, f"/introductions/{made.public_id}/")
    ]
    assert finnish_company.name not in page()


def test_a_question_of_another_broker_waits_for_its_answer(
    queue, aleksandra, polish_company, finnish_company
):
    own = factories.profile(finnish_company)
    factories.match_run()
    match = factories.match(own, factories.profile(polish_company))
    johanna = finnish_company.owner
    asked = ask_view(
        match=match, profile=own, asked=aleksandra, question="Would they?", by=factories.actor(johanna)
    )

    assert said(queue().mine, "question") == [
        ("Johanna Virtanen", "Asks what you think of a match.", f"/matches/questions/{asked.public_id}/")
    ]


def test_the_next_step_of_a_cooperation_waits_when_its_day_has_come(client):
    made = cooperating.pair()
    Cooperation.objects.update(next_step="Send the samples", next_due_date=timezone.localdate())
    client.force_login(made.brokers[0])

    queue = client.get(reverse("broker_home")).context["desk"].queue

    assert said(queue.mine, "cooperation") == [
        ("Stolarnia Dąb – Kymen Saha Oy", "Send the samples", f"/cooperations/{made.cooperation.public_id}/")
    ]


def test_the_validation_by_a_third_party_does_not_wait_for_a_broker(client):
    made = cooperating.pair()
    Cooperation.objects.update(next_step=VALIDATE, next_due_date=timezone.localdate())
    client.force_login(made.brokers[0])

    assert said(client.get(reverse("broker_home")).context["desk"].queue.mine, "cooperation") == []


def test_a_step_of_the_other_side_does_not_wait_for_the_reader(client):
    made = cooperating.pair()
    Cooperation.objects.update(next_due_date=timezone.localdate(), owner=made.brokers[1])
    client.force_login(made.brokers[0])

    assert said(client.get(reverse("broker_home")).context["desk"].queue.mine, "cooperation") == []


def test_a_follow_up_that_is_due_waits(client):
    made = cooperating.pair()
    cooperating.agreement(made, validated=True)
    due = FollowUp.objects.filter(company=made.polish).earliest("due_date")
    FollowUp.objects.filter(pk=due.pk).update(due_date=timezone.localdate() - timedelta(days=1))
    client.force_login(made.brokers[0])

    queue = client.get(reverse("broker_home")).context["desk"].queue

    assert said(queue.mine, "follow_up") == [
        (
            made.polish.name,
            "Ask what became of the agreement after 6 months.",
            f"/follow-ups/{due.public_id}/",
        )
    ]


def test_interest_waits_for_an_answer(queue, polish_company, finnish_company):
    wanted = factories.profile(finnish_company)
    interest = factories.interest(wanted, company=polish_company)

    assert said(queue().mine, "interest") == [
        (
            polish_company.name,
            f"Answer the interest in the profile {wanted.reference}.",
            f"/interest/{interest.public_id}/",
        )
    ]


def test_what_ends_first_comes_first_whatever_it_is(queue, aleksandra, polish_company, finnish_company):
    introducing.introduction(
        factories.profile(finnish_company),
        factories.profile(polish_company),
        status=IntroductionStatus.SENT,
        due_at=NOW() + timedelta(days=3),
    )
    factories.company(
        "Nowy Trop",
        host=factories.host("PL"),
        proposed_owner=aleksandra,
        answer_due_at=NOW() - timedelta(days=1),
    )
    read_by_me = factories.draft(finnish_company)
    ProfileReview.objects.create(
        profile=read_by_me, reader=aleksandra, asked_at=NOW(), due_at=NOW() + timedelta(days=2)
    )
    put(factories.draft(polish_company), ProfileStatus.CHANGES_REQUESTED)

    seen = queue()

    assert [line.part.value for line in seen.mine.rows] == ["lead", "review", "introduction", "changes"]
    assert str(seen.running_out) == "1"


def test_when_more_waits_than_is_shown_the_whole_lists_are_offered(client, queue, page):
    for number in range(20):
        factories.company(f"Tartak {number}", host=factories.host("PL"))

    assert len(queue().mine.rows) < 20
    assert "See all new companies" in page()


def test_an_activity_of_a_joint_strategy_waits_for_its_lead_from_its_day_on(client):
    made = cooperating.pair()
    draft = cooperating.strategy(made)
    for number in (0, 1):
        day = timezone.localdate() + timedelta(days=number)
        add_activity(strategy=draft, what=f"In {number} days", due_date=day, by=made.ana)
    cooperating.sign_all(made, draft)
    move_strategy(strategy=draft, by=made.ana)

    def seen(broker):
        client.force_login(broker)
        return said(client.get(reverse("broker_home")).context["desk"].queue.mine, "activity")

    assert seen(made.brokers[0]) == [("Oak without waste", "In 0 days", f"/strategies/{draft.public_id}/")]
    assert seen(made.brokers[1]) == []
