"""Taking leads and handing companies over."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from companies.models import Company
from companies.services import ownership
from companies.services.ownership import AlreadyTakenError, claim_company, hand_over
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

CLAIMS, BROKERS, TOGETHER = 200, 20, 10


@standing
def lead():
    return factories.company("Nowa Firma", host=factories.host("PL"))


def test_the_broker_who_takes_a_lead_is_responsible_and_has_a_clock(aleksandra, lead):
    claimed = claim_company(company=lead, by=factories.actor(aleksandra))

    assert claimed.owner == aleksandra
    assert claimed.claimed_at <= timezone.now() < claimed.answer_due_at
    assert AuditRecord.objects.get(event="companies.company.claimed").facts == {"owner": aleksandra.public_id}


def test_whoever_comes_second_learns_who_has_it(aleksandra, lead):
    second = factories.broker("Adam Lis", organisation=factories.host("PL"))
    claim_company(company=lead, by=factories.actor(aleksandra))

    with pytest.raises(AlreadyTakenError, match="Aleksandra Nowak has taken this company"):
        claim_company(company=lead, by=factories.actor(second))


def test_a_double_click_is_no_error(aleksandra, lead):
    for _ in range(2):
        claim_company(company=lead, by=factories.actor(aleksandra))

    assert AuditRecord.objects.filter(event="companies.company.claimed").count() == 1


def test_strangers_staff_and_the_platform_take_nothing(johanna, signe, lead):
    for by in (factories.actor(johanna), factories.actor(signe), factories.BENCH):
        with pytest.raises(NotAllowedError):
            claim_company(company=lead, by=by)


def test_a_merged_lead_cannot_be_taken(aleksandra, lead):
    kept = factories.company("Kept", host=lead.host, owner=aleksandra)
    Company.objects.filter(pk=lead.pk).update(merged_into=kept)

    with pytest.raises(WrongStateError):
        claim_company(company=lead, by=factories.actor(aleksandra))


def claim_at_once(company):
    """Two hundred claims by twenty brokers, ten at a time: who was told what."""
    brokers = [factories.broker(f"B{n} Lis", organisation=company.host) for n in range(BROKERS)]
    actors = [factories.actor(broker) for broker in brokers]

    def claim(number):
        try:
            claim_company(company=company, by=actors[number % BROKERS])
        except AlreadyTakenError as told:
            return str(told)
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(claim, range(CLAIMS)))


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_claims_at_once_one_broker_wins_and_the_others_learn_who():
    company = factories.company("Nowa Firma", host=factories.host("PL"))

    told = claim_at_once(company)

    company.refresh_from_db()
    assert AuditRecord.objects.filter(event="companies.company.claimed").count() == 1
    assert told.count("taken") == CLAIMS / BROKERS  # the winner's own claims
    assert set(told) == {"taken", f"{company.owner.name} has taken this company."}


@pytest.mark.django_db(transaction=True)
def test_without_the_conditional_update_several_would_win(monkeypatch):
    """The control: who looks first and writes afterwards overwrites another broker's claim."""
    company = factories.company("Nowa Firma", host=factories.host("PL"))
    monkeypatch.setattr(ownership, "_take", look_then_take)

    claim_at_once(company)

    assert AuditRecord.objects.filter(event="companies.company.claimed").count() > 1


def look_then_take(company, person, now):
    if Company.objects.filter(pk=company.pk, owner=None).exists():
        return Company.objects.filter(pk=company.pk).update(owner=person)
    return 0


def test_a_colleague_who_gets_a_company_is_told(aleksandra, polish_company):
    adam = factories.broker("Adam Lis", organisation=polish_company.host).membership.user

    moved = hand_over(company=polish_company, to=adam, by=factories.actor(aleksandra), note="I am away.")

    assert moved.owner == adam
    [(subject, words)] = letters_to(adam.email)
    assert "Stolarnia Dąb" in subject
    assert "I am away." in words
    assert AuditRecord.objects.get(event="companies.company.handed_over").facts == {
        "from": aleksandra.public_id,
        "to": adam.public_id,
    }


def test_nobody_outside_the_organisation_gets_a_company(aleksandra, johanna, signe, polish_company):
    for person in (johanna, signe):
        with pytest.raises(BadInputError):
            hand_over(company=polish_company, to=person, by=factories.actor(aleksandra))


def test_a_coordinator_hands_over_for_others_and_a_stranger_does_not(johanna, aleksandra, polish_company):
    adam = factories.broker("Adam Lis", organisation=polish_company.host).membership.user
    celina = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=polish_company.host)

    with pytest.raises(NotAllowedError):
        hand_over(company=polish_company, to=adam, by=factories.actor(johanna))
    assert hand_over(company=polish_company, to=adam, by=factories.actor(celina)).owner == adam
