"""Somebody leaves, and nothing is left behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models

from brokers.models import Broker, DefaultBroker, Membership
from brokers.ownership import counts_of
from brokers.services.leaving import LeftBehindError, hold_seat, proposed_successor, release
from companies.choices import ProfileStatus
from companies.models import Company, NextStep, ProfileReview
from companies.services.ownership import claim_company
from matching.choices import IntroductionStatus, ViewEnd
from matching.models import Cooperation, Introduction, JointStrategy, StrategyMember, ViewRequest
from matching.services.cooperations import open_cooperation
from tests import factories, introducing
from tests.standing_scenes import standing
from tibs import wiring
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@standing
def pfrr():
    return factories.host("PL")


@standing
def ana(pfrr):
    return factories.broker("Ana Nowak", organisation=pfrr)


@standing
def jan(pfrr):
    return factories.broker("Jan Kos", organisation=pfrr)


@standing
def estate(pfrr, ana, jan):
    """One of each thing that Ana answers for."""
    company = factories.company("Stolarnia", host=pfrr, owner=ana.membership.user)
    _abroad, partner = introducing.side("FI", "Kymen Saha")
    met = introducing.introduction(factories.profile(company), partner, status=IntroductionStatus.INTRODUCED)
    open_cooperation(met, factories.BENCH)
    plan = JointStrategy.objects.create(
        title="Oak", domain=factories.domain(), lead=ana.membership.user, goal="Waste none."
    )
    StrategyMember.objects.create(strategy=plan, company=company)
    ProfileReview.objects.create(
        profile=in_review(partner.company), reader=ana.membership.user, asked_at=NOW, due_at=NOW
    )
    ViewRequest.objects.create(
        match=factories.match(met.sender_profile, partner),
        profile=partner,
        asked_by=met.receiver_broker,
        asked=ana.membership.user,
        question="Would they?",
    )
    factories.company("Nowa", host=pfrr, proposed_owner=ana.membership.user)
    NextStep.objects.create(company=company, what="Call", due_date=NOW.date() + timedelta(days=3))
    DefaultBroker.objects.create(country_id="PL", broker=ana)
    Broker.objects.filter(pk=jan.pk).update(deputy=ana)
    Broker.objects.filter(pk=ana.pk).update(deputy=jan)
    return company


def in_review(company):
    """A profile that waits for its second reader."""
    profile = factories.draft(company)
    profile.status = ProfileStatus.IN_REVIEW
    profile.save()
    return profile


def leave(broker, successor=None, by=factories.BENCH):
    return release(
        user=broker.membership.user,
        organisation=broker.membership.organisation,
        successor=successor.membership.user if successor else None,
        by=by,
        now=NOW,
    )


def numbers(broker):
    return [count.number for count in counts_of(broker.membership.user, broker.membership.organisation)]


def test_preview_counts_what_would_move(estate, ana):
    assert set(numbers(ana)) == {1}


def test_everything_goes_to_the_successor(estate, ana, jan):
    leave(ana, jan)

    estate.refresh_from_db()
    assert estate.owner == jan.membership.user
    assert Company.objects.get(name="Nowa").proposed_owner == jan.membership.user
    assert DefaultBroker.objects.get().broker == jan
    assert Broker.objects.get(pk=jan.pk).deputy is None
    introduction, review = Introduction.objects.get(), ProfileReview.objects.open().get()
    assert introduction.sender_broker == jan.membership.user
    assert Cooperation.objects.get().owner == JointStrategy.objects.get().lead == jan.membership.user
    assert review.reader == jan.membership.user
    assert set(numbers(ana)) == {0}
    ended = (ViewRequest.objects.get().end, Broker.objects.get(pk=jan.pk).deputy)
    assert ended == (ViewEnd.LEFT, None)
    assert sorted(numbers(jan)) == [0, 0, *[1] * (len(numbers(jan)) - 2)]


def test_who_left_is_a_visitor_and_the_record_says_who_took_over(estate, ana, jan):
    leave(ana, jan)

    assert not factories.actor(User.objects.get(pk=ana.membership.user_id)).is_person
    facts = AuditRecord.objects.get(event="brokers.broker.deactivated").facts
    assert (facts["user"], facts["successor"]) == (
        ana.membership.user.public_id,
        jan.membership.user.public_id,
    )


def test_timeline_of_each_company_says_that_another_broker_took_over(estate, ana, jan):
    leave(ana, jan)

    record = AuditRecord.objects.get(event="companies.company.handed_over")
    assert record.company_id == estate.public_id


def test_nobody_leaves_while_something_would_be_left_behind(estate, ana):
    with pytest.raises(LeftBehindError, match="Companies"):
        leave(ana)

    assert not Membership.objects.exclude(ended_at=None).exists()
    assert not AuditRecord.objects.filter(event="brokers.broker.deactivated").exists()
    assert set(numbers(ana)) == {1}


def test_kind_that_forgets_to_move_its_rows_stops_everything(estate, ana, jan, monkeypatch):
    kinds = [kind.__class__(kind.name, kind.rows, lambda *_: None) for kind in wiring.OWNED]
    monkeypatch.setattr(wiring, "OWNED", kinds)

    with pytest.raises(LeftBehindError):
        leave(ana, jan)

    estate.refresh_from_db()
    assert estate.owner == ana.membership.user


def test_without_the_rules_an_orphan_would_be_left(estate, ana, jan, monkeypatch):
    """The control: the rules of the wiring do the work."""
    monkeypatch.setattr(wiring, "RULES", {})

    leave(ana, jan)

    estate.refresh_from_db()
    assert not estate.owner.is_active


def test_broker_who_owns_nothing_needs_no_successor(ana):
    leave(ana)

    assert not Broker.objects.in_service().exists()


def test_deputy_is_proposed_while_still_there(ana, jan, pfrr):
    Broker.objects.filter(pk=ana.pk).update(deputy=jan)
    assert proposed_successor(ana.membership.user, pfrr) == jan.membership.user

    leave(jan)
    assert proposed_successor(ana.membership.user, pfrr) is None


def test_successor_works_for_the_same_organisation(estate, ana):
    aino = factories.broker("Aino Salo", organisation=factories.host("FI"))

    with pytest.raises(BadInputError) as refused:
        leave(ana, aino)

    assert list(refused.value.fields) == ["successor"]


def test_coordinator_who_takes_over_ends_what_only_brokers_can_be(estate, ana, jan, pfrr):
    celina = factories.person("Celina", role=RoleCode.COORDINATOR, organisation=pfrr)

    release(user=ana.membership.user, organisation=pfrr, successor=celina, by=factories.BENCH, now=NOW)

    estate.refresh_from_db()
    assert estate.owner == celina
    assert not DefaultBroker.objects.exists()


def test_companies_of_another_organisation_stay(ana, jan, pfrr):
    kinno = factories.host("FI")
    factories.member(ana.membership.user, kinno)
    foreign = factories.company("Kymen Saha", host=kinno, owner=ana.membership.user)

    leave(ana, jan)

    foreign.refresh_from_db()
    assert foreign.owner == ana.membership.user
    assert User.objects.get(pk=ana.membership.user_id).is_active


def test_person_of_a_firm_keeps_the_account(ana, pfrr):
    company = factories.company(host=pfrr)
    factories.contact(company, user=ana.membership.user)

    leave(ana)

    assert User.objects.get(pk=ana.membership.user_id).is_active


def test_who_left_cannot_leave_again(ana):
    leave(ana)

    with pytest.raises(WrongStateError):
        leave(ana)


def test_nobody_removes_oneself_or_a_stranger(ana, jan):
    own = factories.host("PL")
    celina = factories.person("Celina", role=RoleCode.COORDINATOR, organisation=own)
    olli = factories.person("Olli", role=RoleCode.COORDINATOR, organisation=factories.host("FI"))

    with pytest.raises(NotAllowedError):
        release(user=celina, organisation=own, successor=None, by=factories.actor(celina), now=NOW)
    for stranger in (jan.membership.user, olli):
        with pytest.raises(NotAllowedError):
            leave(ana, by=factories.actor(stranger))


def test_seat_is_held_only_by_who_works_there(ana, pfrr):
    hold_seat(user=ana.membership.user, organisation=pfrr)

    leave(ana)

    with pytest.raises(NotAllowedError):
        hold_seat(user=ana.membership.user, organisation=pfrr)


def test_who_left_a_moment_ago_claims_nothing(ana, pfrr):
    company = factories.company("Nowa", host=pfrr)
    before = factories.actor(ana)
    leave(ana)

    with pytest.raises(NotAllowedError):
        claim_company(company=company, by=before)

    company.refresh_from_db()
    assert company.owner is None


# References to people that say what somebody did or is, rather than what somebody answers for now.
HISTORY = {
    "brokers.Membership.successor",
    "brokers.Membership.user",
    "companies.Contact.user",
    "companies.Disclosure.reader",
    "companies.SavedSearch.owner",  # of no use to anybody else, like what follows
    "companies.SavedView.owner",
    "events.InboxItem.user",
    "events.Preference.user",
    "matching.Impression.reader",
    "matching.IntroductionStep.actor",
}
OWNED = {
    "companies.Company.owner",
    "companies.Company.proposed_owner",
    "companies.ProfileReview.reader",
    "matching.Cooperation.owner",
    "matching.Introduction.owner",
    "matching.Introduction.receiver_broker",
    "matching.Introduction.sender_broker",
    "matching.JointStrategy.lead",
    "matching.ViewRequest.asked",
}


def test_every_reference_to_a_person_is_owned_or_history():
    """A new column that names a person is thought about here: does it move when the person leaves?"""
    ours = {"brokers", "companies", "matching", "events"}
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }

    deeds = {name for name in found if name.endswith(("_by", ".author"))}
    assert found - deeds == HISTORY | OWNED


def test_who_leaves_is_signed_out_everywhere_at_once(client, ana):
    client.force_login(ana.membership.user)
    assert client.get("/brokers/me/").status_code == 200

    leave(ana)

    assert "/account/login/" in client.get("/brokers/me/")["Location"]
