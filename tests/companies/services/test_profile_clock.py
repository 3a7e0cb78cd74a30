"""A profile that waits for its company, or for other words, has the clock of everything that waits."""

from datetime import UTC, datetime, timedelta

import pytest

from companies.choices import ProfileStatus, Purpose
from companies.models import Company, Contact, CooperationProfile
from companies.profile_stages import Guard
from companies.services import profile_clock
from companies.services.approvals import approve_profile, ask_for_changes
from companies.services.consents import give_consent, withdraw_consent
from companies.services.profile_clock import advance_profiles
from companies.services.profile_moves import ProfileStepRefusedError
from companies.services.profile_words import hash_of
from companies.services.publishing import publish_profile, take_back_profile
from companies.services.reviews import PARTS, decide_review, send_to_review
from regions.working_days import times_of
from tests import factories
from tests.publishing import complete
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import WrongStateError
from tibs.events.models import AuditRecord, InboxItem
from tibs.figures import COMPANY_DECIDES_DAYS, PROFILE_CHANGES_DAYS, PUBLISH_DAYS

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@standing
def chief():
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))


@pytest.fixture
def reviewed(polish_company, ewa, johanna, chief):
    """Johanna reads the profile, and says on Monday what becomes of it."""

    def decided(decision, company=polish_company):
        review = send_to_review(profile=complete(company), by=factories.BENCH, now=MONDAY)
        return decide_review(
            review=review,
            scores=dict.fromkeys(PARTS, 4),
            decision=decision,
            comment="Say how many cubic metres.",
            by=factories.actor(johanna),
            shown_hash=hash_of(review.profile),
            now=MONDAY,
        ).profile

    return decided


@pytest.fixture
def approving(reviewed):
    return reviewed("ready")


@pytest.fixture
def returned(reviewed):
    return reviewed("changes")


def told(user):
    return list(InboxItem.objects.filter(user=user).order_by("pk").values_list("notice", flat=True))


def now_is():
    return CooperationProfile.objects.get()


@pytest.mark.parametrize(
    ("decision", "days"), [("ready", COMPANY_DECIDES_DAYS), ("changes", PROFILE_CHANGES_DAYS)]
)
def test_the_times_are_those_of_everything_that_waits_in_the_firms_country(reviewed, decision, days):
    profile = reviewed(decision)
    times = times_of(factories.country("PL"), MONDAY, days)

    assert (profile.remind_at, profile.due_at) == (times.remind_at, times.due_at)


def test_nothing_is_due_before_half_of_the_time(approving, ewa):
    assert advance_profiles(now=approving.remind_at - SECOND) == 0
    assert told(ewa) == ["companies.approval.asked"]


def test_the_company_is_reminded_at_half_time_once(approving, ewa, chief):
    assert [advance_profiles(now=approving.remind_at) for _ in range(2)] == [1, 0]
    assert told(ewa) == ["companies.approval.asked", "companies.approval.reminded"]
    assert told(chief) == []


def test_the_coordinators_and_the_broker_hear_at_full_time_once_and_the_trail_says_so(
    approving, ewa, chief, aleksandra
):
    assert [advance_profiles(now=approving.due_at) for _ in range(2)] == [1, 0]
    assert told(chief) == ["companies.approval.late"]
    assert "companies.approval.late" in told(aleksandra)
    assert "companies.approval.reminded" not in told(ewa)
    assert AuditRecord.objects.filter(event="companies.profile.escalated").count() == 1


def test_the_broker_is_reminded_of_the_changes_and_then_the_coordinators_hear(returned, aleksandra, chief):
    advance_profiles(now=returned.remind_at)
    reminded = told(aleksandra)
    advance_profiles(now=returned.due_at)

    assert reminded == ["companies.review.changes", "companies.changes.reminded"]
    assert told(chief) == ["companies.changes.late"]


def test_an_answer_stops_the_clock_and_everything_that_waits(approving, ewa, chief):
    advance_profiles(now=approving.remind_at)
    due = approving.due_at

    approve_profile(
        profile=approving, by=factories.actor(ewa), shown_hash=hash_of(approving), now=approving.remind_at
    )

    assert now_is().reminded_at is None
    assert not InboxItem.objects.filter(user=ewa, done_at=None).exists()
    advance_profiles(now=due)
    assert "companies.approval.late" not in told(chief)


@pytest.fixture
def approved(approving, ewa):
    """The firm said yes a day later."""
    answer = {"shown_hash": hash_of(approving), "now": MONDAY + timedelta(days=1)}
    return approve_profile(profile=approving, by=factories.actor(ewa), **answer).profile


def test_a_yes_begins_the_clock_of_the_publication_and_a_second_one_does_not_begin_it_anew(approved, ewa):
    times = times_of(factories.country("PL"), MONDAY + timedelta(days=1), PUBLISH_DAYS)
    answer = {"shown_hash": hash_of(approved), "now": MONDAY + timedelta(days=2)}

    approve_profile(profile=approved, by=factories.actor(ewa), **answer)

    assert (now_is().remind_at, now_is().due_at) == (times.remind_at, times.due_at)


def test_the_broker_is_reminded_to_publish_and_then_the_coordinators_hear(approved, ewa, aleksandra, chief):
    factories.consent(approved.company)
    before = told(ewa)
    steps = [advance_profiles(now=approved.remind_at) for _ in range(2)]
    reminded = told(aleksandra)
    steps += [advance_profiles(now=approved.due_at) for _ in range(2)]

    assert steps == [1, 0, 1, 0]
    assert reminded[-1] == "companies.publish.reminded"
    assert told(chief) == ["companies.publish.late"]
    assert told(ewa) == before


class TestApprovedWithoutConsent:
    """Only the company itself can give what is missing."""

    def test_nobody_hears_that_the_broker_only_has_to_publish(self, approved, ewa, aleksandra, chief):
        steps = [advance_profiles(now=approved.remind_at) for _ in range(2)]
        steps += [advance_profiles(now=approved.due_at) for _ in range(2)]

        assert steps == [1, 0, 1, 0]
        assert "companies.publish.reminded" not in told(aleksandra)
        assert told(chief) == ["companies.publish.stuck"]
        rows = InboxItem.objects.filter(user__in=[aleksandra, chief], done_at=None, waits=True)
        assert {row.notice for row in rows} == {"companies.profile.approved_but", "companies.publish.stuck"}
        assert all(row.values["missing"] for row in rows)

    def test_the_company_is_reminded_once(self, approved, ewa):
        advance_profiles(now=approved.remind_at)
        advance_profiles(now=approved.due_at)

        assert told(ewa).count("companies.profile.consent_reminded") == 1

    def test_a_company_that_took_it_back_is_not_asked_anew(self, approved, ewa):
        factories.consent(approved.company)
        withdraw_consent(
            company=approved.company,
            purpose=Purpose.PUBLISH_ANONYMOUS,
            language="en",
            by=factories.actor(ewa),
        )

        advance_profiles(now=approved.remind_at)

        assert "companies.profile.consent_reminded" not in told(ewa)

    def test_its_consent_settles_all_of_it_and_the_broker_hears_that_it_can_be_published(
        self, approved, ewa, aleksandra, chief
    ):
        advance_profiles(now=approved.remind_at)
        advance_profiles(now=approved.due_at)

        give_consent(
            company=approved.company,
            purpose=Purpose.PUBLISH_ANONYMOUS,
            language="en",
            by=factories.actor(ewa),
        )

        waiting = InboxItem.objects.filter(done_at=None, waits=True)
        assert list(waiting.values_list("user", "notice")) == [
            (aleksandra.pk, "companies.profile.can_be_published")
        ]


@pytest.mark.parametrize("how", ["published", "taken back", "objected"])
def test_publishing_or_going_back_ends_the_clock_and_what_waits(approved, ewa, aleksandra, chief, how):
    due = approved.due_at
    advance_profiles(now=approved.remind_at)
    advance_profiles(now=due)

    if how == "published":
        factories.consent(approved.company)
        publish_profile(profile=approved, by=factories.BENCH, now=due)
    elif how == "taken back":
        take_back_profile(profile=approved, by=factories.BENCH, now=due)
    else:
        answer = {"shown_hash": hash_of(approved), "comment": "Not so.", "now": due}
        ask_for_changes(profile=approved, by=factories.actor(ewa), **answer)

    waiting = InboxItem.objects.filter(done_at=None, notice__startswith="companies.publish.")
    assert not waiting.exists()
    assert now_is().escalated_at is None


def test_other_words_begin_the_clock_of_the_broker(approving, ewa):
    later = MONDAY + timedelta(days=3)

    changed = ask_for_changes(
        profile=approving, by=factories.actor(ewa), shown_hash=hash_of(approving), comment="60.", now=later
    ).profile

    times = times_of(factories.country("PL"), later, PROFILE_CHANGES_DAYS)
    assert (changed.remind_at, changed.due_at) == (times.remind_at, times.due_at)


@pytest.mark.parametrize("how", [take_back_profile, send_to_review])
def test_whoever_writes_on_or_sends_again_stops_it(returned, chief, how):
    due = returned.due_at
    if how is take_back_profile:
        CooperationProfile.objects.update(status=ProfileStatus.COMPANY_APPROVAL)

    how(profile=returned, by=factories.BENCH, now=MONDAY)

    assert advance_profiles(now=due) == 0


def test_a_firm_that_left_is_not_reminded(approving):
    Company.objects.update(stage="withdrawn")

    assert advance_profiles(now=approving.due_at) == 0


def test_a_profile_that_fails_does_not_keep_the_others(reviewed, polish_company, chief, monkeypatch):
    poison, healthy = reviewed("ready"), reviewed("ready")
    working = profile_clock.locked

    def poisoned(profile):
        if profile.pk == poison.pk:
            raise WrongStateError("poison")
        return working(profile)

    monkeypatch.setattr(profile_clock, "locked", poisoned)

    assert advance_profiles(now=healthy.due_at) == 1
    assert told(chief) == ["companies.approval.late"]


def test_nothing_is_sent_to_be_read_for_a_company_in_which_nobody_can_be_asked(polish_company, johanna):
    profile = complete(polish_company)
    Contact.objects.all().delete()

    with pytest.raises(ProfileStepRefusedError, match="Add a contact person first") as refused:
        send_to_review(profile=profile, by=factories.BENCH)

    assert refused.value.guard == Guard.REACHABLE
    assert now_is().status == ProfileStatus.DRAFT


def test_where_nobody_is_left_to_be_asked_the_broker_hears(polish_company, johanna, aleksandra):
    review = send_to_review(profile=complete(polish_company), by=factories.BENCH)
    Contact.objects.all().delete()

    decide_review(
        review=review,
        scores=dict.fromkeys(PARTS, 4),
        decision="ready",
        comment="",
        by=factories.actor(johanna),
        shown_hash=hash_of(review.profile),
    )

    assert "companies.approval.nobody" in told(aleksandra)
