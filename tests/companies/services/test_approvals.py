"""The company's answer to the exact words."""

import pytest

from companies.choices import ProfileStatus, Purpose
from companies.consent_texts import text_hash
from companies.models import Consent, CooperationProfile, ProfileApproval, ProfileText
from companies.profile_stages import Guard
from companies.services.approvals import approve_profile, ask_for_changes
from companies.services.consents import give_consent
from companies.services.profile_moves import ProfileStepRefusedError, is_approved
from companies.services.profile_words import hash_of
from companies.services.publishing import publish_profile, take_back_profile
from tests import factories
from tests.publishing import complete, read
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db


@standing
def profile(polish_company):
    """It was read and waits for the company."""
    made = complete(polish_company)
    read(made)
    CooperationProfile.objects.update(status=ProfileStatus.COMPANY_APPROVAL)
    made.refresh_from_db()
    return made


def shown(profile):
    return hash_of(CooperationProfile.objects.get(pk=profile.pk))


def approve(profile, by, **values):
    return approve_profile(
        profile=profile, by=factories.actor(by), **({"shown_hash": shown(profile)} | values)
    )


def waiting(user):
    return list(InboxItem.objects.filter(user=user, done_at=None).values_list("notice", flat=True))


def test_the_company_approves_and_its_broker_is_told(profile, ewa, aleksandra):
    factories.consent(profile.company)

    approval = approve(profile, ewa)

    assert approval.text_hash == shown(profile)
    assert not approval.is_noted_by_broker
    assert waiting(aleksandra) == ["companies.profile.approved"]


def test_the_consent_is_given_in_the_same_step(profile, ewa):
    words = text_hash(Purpose.PUBLISH_ANONYMOUS, "en")

    approve(profile, ewa, consent_language="en", consent_hash=words)

    assert Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).exists()
    assert publish_profile(profile=profile, by=factories.BENCH).published_at


def test_without_the_consent_the_approval_counts_and_nothing_is_published(profile, ewa):
    approve(profile, ewa)

    with pytest.raises(ProfileStepRefusedError) as refused:
        publish_profile(profile=profile, by=factories.BENCH)

    assert refused.value.guard == Guard.CONSENTED


def test_other_words_of_the_consent_refuse_the_whole_answer(profile, ewa):
    with pytest.raises(WrongStateError):
        approve(profile, ewa, consent_language="en", consent_hash="of yesterday")

    assert not ProfileApproval.objects.exists()


def test_other_words_than_those_on_the_page_are_not_approved(profile, ewa):
    with pytest.raises(WrongStateError) as refused:
        approve(profile, ewa, shown_hash="of yesterday")

    assert refused.value.code == "text_changed"


def test_a_word_that_changes_later_makes_the_approval_void(profile, ewa):
    approve(profile, ewa)
    held = is_approved(CooperationProfile.objects.get(), None)

    ProfileText.objects.update(advantages="Other advantages.")

    assert held
    assert not is_approved(CooperationProfile.objects.get(), None)


def test_a_broker_writes_down_what_was_said_by_phone(profile, aleksandra):
    approval = approve(profile, aleksandra, comment="By phone on Monday, Ms Lis.")

    assert approval.is_noted_by_broker
    assert approval.comment == "By phone on Monday, Ms Lis."


def test_where_the_consent_is_missing_the_company_is_asked_for_it_once_and_its_yes_settles_that(
    profile, ewa, aleksandra
):
    for _ in range(2):
        approve(profile, aleksandra, comment="By phone on Monday, Ms Lis.")
    asked = waiting(ewa)
    where = InboxItem.objects.get(user=ewa).url
    give_consent(
        company=profile.company,
        purpose=Purpose.PUBLISH_ANONYMOUS,
        language="en",
        by=factories.actor(ewa),
    )

    assert asked == ["companies.profile.consent_wanted"]
    assert where.endswith("/consents/")
    assert waiting(ewa) == []
    assert waiting(aleksandra) == ["companies.profile.can_be_published"]


def test_who_has_consented_or_withholds_it_on_purpose_is_not_asked(profile, ewa, aleksandra):
    approve(profile, ewa)
    withheld = waiting(ewa)
    factories.consent(profile.company)
    approve(profile, aleksandra, comment="By phone on Monday, Ms Lis.")

    assert (withheld, waiting(ewa)) == ([], [])


def test_going_back_settles_the_question_for_the_consent(profile, ewa, aleksandra):
    approve(profile, aleksandra, comment="By phone on Monday, Ms Lis.")

    take_back_profile(profile=profile, by=factories.BENCH)

    assert waiting(ewa) == []


def test_a_broker_says_how_the_company_answered(profile, aleksandra):
    with pytest.raises(BadInputError) as refused:
        approve(profile, aleksandra)

    assert list(refused.value.fields) == ["comment"]


def test_changes_go_back_to_the_broker_with_the_wish(profile, ewa, aleksandra):
    ask_for_changes(
        profile=profile, by=factories.actor(ewa), shown_hash=shown(profile), comment="Not 40 m3, but 60."
    )

    assert CooperationProfile.objects.get().status == ProfileStatus.CHANGES_REQUESTED
    assert waiting(aleksandra) == ["companies.profile.objected"]


@pytest.mark.parametrize("comment", ["", "   ", "x" * 2001])
def test_a_wish_for_changes_says_which(profile, ewa, comment):
    with pytest.raises(BadInputError):
        ask_for_changes(profile=profile, by=factories.actor(ewa), shown_hash=shown(profile), comment=comment)


def test_strangers_answer_nothing(profile, johanna):
    with pytest.raises(NotAllowedError):
        approve(profile, johanna)


@pytest.mark.parametrize(
    "status", [ProfileStatus.DRAFT, ProfileStatus.IN_REVIEW, ProfileStatus.CHANGES_REQUESTED]
)
def test_nothing_is_approved_before_it_was_read(profile, ewa, status):
    CooperationProfile.objects.update(status=status)

    with pytest.raises(WrongStateError):
        approve(profile, ewa)
