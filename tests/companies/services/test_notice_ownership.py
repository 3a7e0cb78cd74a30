"""What waits for the broker of a company follows the company to its next broker."""

import pytest

from companies.choices import ProfileStatus, ReviewDecision
from companies.models import CooperationProfile
from companies.notices import EXPRESSION_ARRIVED
from companies.services import notice_ownership
from companies.services.approvals import approve_profile, ask_for_changes
from companies.services.expression_letters import key_of, tell_of_interest
from companies.services.expressions import close_interest
from companies.services.ownership import claim_company, hand_over
from companies.services.profile_words import hash_of
from tests import factories
from tests.letters import letters_to
from tests.publishing import complete, read
from tests.standing_scenes import standing
from tibs import wiring
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db


@standing
def adam():
    return factories.broker("Adam Lis", organisation=factories.host("PL")).membership.user


@standing
def approving(polish_company, ewa):
    made = complete(polish_company)
    read(made, decision=ReviewDecision.READY)
    CooperationProfile.objects.update(status=ProfileStatus.COMPANY_APPROVAL)
    made.refresh_from_db()
    return made


@standing
def interest(polish_company, finnish_company):
    found = factories.interest(factories.profile(finnish_company), company=polish_company)
    tell_of_interest(EXPRESSION_ARRIVED, found, polish_company, polish_company.owner, key=key_of(found))
    return found


def waits_for(user):
    return set(InboxItem.objects.filter(user=user, done_at=None).values_list("notice", flat=True))


def test_an_approved_profile_waits_for_the_new_broker_alone(polish_company, approving, ewa, aleksandra, adam):
    approve_profile(profile=approving, by=factories.actor(ewa), shown_hash=hash_of(approving))

    hand_over(company=polish_company, to=adam, by=factories.BENCH)

    assert waits_for(aleksandra) == set()
    assert waits_for(adam) == {"companies.profile.approved_but"}


def test_changes_that_were_asked_for_and_interest_with_its_clock_follow_too(
    polish_company, approving, interest, ewa, aleksandra, adam
):
    ask_for_changes(
        profile=approving, by=factories.actor(ewa), shown_hash=hash_of(approving), comment="60, not 40."
    )

    hand_over(company=polish_company, to=adam, by=factories.BENCH)

    assert waits_for(aleksandra) == set()
    assert waits_for(adam) == {"companies.profile.objected", "companies.expression.arrived"}
    assert len(letters_to(adam.email)) >= 2


def test_what_is_settled_afterwards_is_settled_for_the_new_broker(polish_company, interest, adam):
    hand_over(company=polish_company, to=adam, by=factories.BENCH)

    close_interest(expression=interest, reason="no_fit", by=factories.actor(adam))

    assert waits_for(adam) == set()


def test_a_company_that_comes_back_brings_what_still_waits(polish_company, interest, aleksandra, adam):
    hand_over(company=polish_company, to=adam, by=factories.BENCH)
    hand_over(company=polish_company, to=aleksandra, by=factories.BENCH)

    assert waits_for(adam) == set()
    assert waits_for(aleksandra) == {"companies.expression.arrived"}


def test_whoever_claims_a_lead_is_told_of_its_interest_instead_of_who_was_proposed(
    finnish_company, aleksandra, adam
):
    lead = factories.company("Nowa Firma", host=factories.host("PL"), proposed_owner=aleksandra)
    found = factories.interest(factories.profile(finnish_company), company=lead)
    tell_of_interest(EXPRESSION_ARRIVED, found, lead, aleksandra, key=key_of(found))

    claim_company(company=lead, by=factories.actor(adam))

    assert waits_for(aleksandra) == set()
    assert waits_for(adam) == {"companies.expression.arrived"}


def test_without_the_rule_it_stays_with_who_handed_over(
    polish_company, interest, aleksandra, adam, monkeypatch
):
    """The control."""
    rules = {
        event: [rule for rule in found if rule is not notice_ownership.follow_company]
        for event, found in wiring.RULES.items()
    }
    monkeypatch.setattr(wiring, "RULES", rules)

    hand_over(company=polish_company, to=adam, by=factories.BENCH)

    assert waits_for(aleksandra) == {"companies.expression.arrived"}
    assert waits_for(adam) == set()
