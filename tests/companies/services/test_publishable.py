"""Brokers hear the truth: whether they can publish, what is missing, and when a published profile is not shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.choices import ProfileStatus, Purpose, Stage
from companies.models import Company, Consent, CooperationProfile
from companies.profile_stages import Guard
from companies.services import publishable
from companies.services.approvals import approve_profile
from companies.services.consents import withdraw_consent
from companies.services.profile_words import hash_of
from companies.services.publishable import tell_of_hidden, why_hidden
from companies.services.publishing import publish_profile, take_back_profile
from tests import factories
from tests.publishing import complete, read
from tests.standing_scenes import standing
from tibs import wiring
from tibs.events.models import InboxItem
from tibs.events.notices import Notice

pytestmark = pytest.mark.django_db


@standing
def waiting(polish_company, ewa):
    """It was read and waits for the company, which has not agreed to anything yet."""
    made = complete(polish_company)
    read(made)
    CooperationProfile.objects.update(status=ProfileStatus.COMPANY_APPROVAL)
    made.refresh_from_db()
    return made


@standing
def published(polish_company, ewa):
    return factories.profile(polish_company)


def approve(profile, by):
    approve_profile(profile=profile, by=factories.actor(by), shown_hash=hash_of(profile))


def withdraw(company):
    withdraw_consent(company=company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH)


def waits_for(user):
    return [
        str(Notice.known[item.notice].sentence) % item.values
        for item in InboxItem.objects.filter(user=user, waits=True, done_at=None).order_by("pk")
    ]


class TestApproved:
    def test_the_broker_hears_what_is_missing_still(self, waiting, ewa, aleksandra_in_english):
        approve(waiting, ewa)

        [said] = waits_for(aleksandra_in_english)
        assert "The company has not agreed to the publication of its anonymous profile." in said
        assert "You can publish it now" not in said

    def test_the_broker_hears_when_nothing_is_missing_any_more_and_it_is_true(
        self, waiting, ewa, aleksandra_in_english
    ):
        approve(waiting, ewa)

        factories.consent(waiting.company)

        [said] = waits_for(aleksandra_in_english)
        assert said.startswith("Nothing is missing any more: you can publish")
        assert publish_profile(profile=waiting, by=factories.actor(aleksandra_in_english)).published_at
        assert waits_for(aleksandra_in_english) == []

    def test_without_the_rule_nothing_follows(self, waiting, ewa, aleksandra, monkeypatch):
        """The control."""
        rules = {event: list(found) for event, found in wiring.RULES.items()}
        for found in rules.values():
            if publishable.tell_of_consent in found:
                found.remove(publishable.tell_of_consent)
        monkeypatch.setattr(wiring, "RULES", rules)
        approve(waiting, ewa)

        factories.consent(waiting.company)

        assert not InboxItem.objects.filter(notice="companies.profile.can_be_published").exists()

    def test_where_nothing_is_missing_the_broker_hears_once(self, waiting, ewa, aleksandra_in_english):
        factories.consent(waiting.company)
        approve(waiting, ewa)

        factories.consent(waiting.company)

        [said] = waits_for(aleksandra_in_english)
        assert said.endswith("You can publish it now.")

    def test_a_consent_before_the_approval_tells_nothing(self, waiting, aleksandra):
        factories.consent(waiting.company)

        assert waits_for(aleksandra) == []


class TestHidden:
    def test_the_broker_hears_at_once_that_the_consent_was_taken_back(self, published, aleksandra_in_english):
        withdraw(published.company)

        [said] = waits_for(aleksandra_in_english)
        assert "took back its consent" in said
        assert why_hidden(published, timezone.now()) == Guard.CONSENTED

    def test_the_broker_hears_in_the_night_that_it_ran_out_and_once(self, published, aleksandra_in_english):
        Consent.objects.update(valid_until=timezone.now() - timedelta(minutes=1))

        for _night in range(2):
            tell_of_hidden(now=timezone.now())

        [said] = waits_for(aleksandra_in_english)
        assert "has ended" in said

    @pytest.mark.parametrize("how", ["given again", "taken back"])
    def test_nothing_waits_once_it_is_given_again_or_the_profile_taken_back(
        self, published, aleksandra_in_english, how
    ):
        withdraw(published.company)
        if how == "given again":
            factories.consent(published.company)
        else:
            take_back_profile(profile=published, by=factories.BENCH)

        assert waits_for(aleksandra_in_english) == []

    def test_the_second_time_is_told_as_the_first(self, published, aleksandra_in_english):
        withdraw(published.company)
        factories.consent(published.company)
        withdraw(published.company)

        assert len(waits_for(aleksandra_in_english)) == 1

    def test_what_is_shown_is_told_of_to_nobody(self, published, aleksandra):
        factories.consent(published.company, Purpose.SYNDICATE)
        withdraw_consent(
            company=published.company, purpose=Purpose.SYNDICATE, language="en", by=factories.BENCH
        )

        assert tell_of_hidden(now=timezone.now()) == 0
        assert waits_for(aleksandra) == []

    def test_the_companys_own_page_says_so_and_leads_to_the_consents(self, published, client, ewa):
        client.force_login(ewa)
        address = f"/mine/profiles/{published.public_id}/"
        shown = client.get(address).text
        withdraw(published.company)

        hidden = client.get(address).text

        assert "Brokers abroad see that you look for partners." in shown
        assert "Your profile is not shown now" not in shown
        assert "Brokers abroad see that you look for partners." not in hidden
        assert "Your profile is not shown now" in hidden
        assert f"/mine/{published.company.public_id}/consents/" in hidden

    def test_the_brokers_page_says_what_to_do(self, published, client, aleksandra_in_english):
        client.force_login(aleksandra_in_english)
        withdraw(published.company)

        page = client.get(f"/profiles/{published.public_id}/publication/").text

        assert "It is not shown now: the company&#x27;s consent was taken back or has ended." in page
        assert f"/companies/{published.company.public_id}/consents/" in page

    def test_a_company_that_rests_is_told_on_its_page(self, published, client, ewa):
        Company.objects.update(stage=Stage.DORMANT)
        client.force_login(ewa)

        page = client.get(f"/mine/profiles/{published.public_id}/").text

        assert "your company does not take part at present" in page
