"""To whom a new firm is proposed, in every situation that a country can be in."""

from datetime import UTC, date, datetime

import pytest

from brokers.models import Broker, DefaultBroker, HostOrganisation
from brokers.services.routing import NoOrganisationError, route
from brokers.wording import reason_sentences
from tests import factories
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@standing
def pfrr():
    return factories.host("PL")


@standing
def ana(pfrr):
    return factories.broker("Ana Nowak", organisation=pfrr, languages=("pl", "en"))


@standing
def jan(pfrr):
    return factories.broker("Jan Kos", organisation=pfrr, languages=("pl",))


def routed(language="pl", region=None):
    return route(
        country=factories.country("PL"), region=region or factories.region("PL"), language=language, now=NOW
    )


def codes(found):
    return [fact["code"] for fact in found.facts]


def change(broker, **values):
    Broker.objects.filter(pk=broker.pk).update(**values)


def test_broker_of_the_region_who_speaks_the_language_gets_the_firm(ana, pfrr):
    found = routed()

    assert (found.broker, found.person, found.organisation) == (ana, ana.membership.user, pfrr)
    assert codes(found) == ["serves_region", "speaks_language", "load"]


def test_companies_served_and_proposed_count_as_load(ana, jan, pfrr):
    factories.company(host=pfrr, owner=ana.membership.user)
    factories.company("Second", host=pfrr, proposed_owner=ana.membership.user)
    factories.company("Gone", host=pfrr, owner=ana.membership.user, stage="withdrawn")

    found = routed()

    assert found.broker == jan
    assert routed("en").facts[-1] == {"code": "load", "load": 2, "capacity": 30}


def test_load_is_counted_once_for_all_brokers(pfrr, ana, jan, django_assert_num_queries):
    country, region = factories.country("PL"), factories.region("PL")

    with django_assert_num_queries(3):
        route(country=country, region=region, language="pl", now=NOW)


def test_broker_who_is_away_is_passed_over_until_the_day_after(ana, jan):
    change(ana, absent_from=date(2026, 11, 1), absent_until=date(2026, 11, 2))
    assert routed("en").broker == jan

    change(ana, absent_until=date(2026, 11, 1))
    assert routed("en").broker == ana


def test_broker_who_wants_no_firms_is_passed_over(ana, jan):
    change(ana, accepts_leads=False)

    assert routed("en").broker == jan


def test_default_broker_gets_what_fits_nobody(ana, jan):
    change(ana, capacity=0)
    change(jan, capacity=0)
    DefaultBroker.objects.create(country_id="PL", broker=ana)

    found = routed()

    assert found.broker == ana
    assert codes(found)[0] == "default_broker"


def test_full_broker_is_better_than_none(ana):
    change(ana, capacity=0)

    found = routed()

    assert found.broker == ana
    assert "full" in codes(found)


def test_coordinator_gets_the_firm_where_no_broker_takes_any(ana, pfrr):
    celina = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=pfrr)
    change(ana, accepts_leads=False)

    found = routed()

    assert (found.broker, found.person, found.organisation) == (None, celina, pfrr)
    assert codes(found) == ["coordinator"]


def test_organisation_with_a_coordinator_is_chosen_before_an_empty_one(pfrr):
    other = factories.host("PL", number=250)
    celina = factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=other)

    found = routed()

    assert (found.person, found.organisation) == (celina, other)


def test_organisation_without_people_still_gets_the_firm(pfrr):
    found = routed()

    assert (found.broker, found.person, found.organisation) == (None, None, pfrr)
    assert codes(found) == ["nobody"]


def test_country_without_an_organisation_is_served_from_another_one():
    kinno = factories.host("FI")

    assert routed().organisation == kinno


def test_network_without_organisations_says_so():
    HostOrganisation.objects.update(active=False)

    with pytest.raises(NoOrganisationError):
        routed()


def test_broker_who_left_gets_nothing(ana, jan):
    ana.membership.ended_at = NOW
    ana.membership.save()

    assert routed("en").broker == jan


def test_firm_without_a_region_gets_the_default_broker(ana, jan):
    DefaultBroker.objects.create(country_id="PL", broker=jan)

    found = route(country=factories.country("PL"), region=None, language="en", now=NOW)

    assert found.broker == jan


def test_reasons_are_read_as_sentences(ana):
    assert reason_sentences(routed().facts) == [
        f"Serves the region {factories.region('PL').name}.",
        "Speaks the language of the company: Polish.",
        "Serves 0 companies now; has room for 30 in all.",
    ]


def test_every_code_has_its_sentence():
    facts = {"region": "PL841", "country": "PL", "language": "pl", "load": 1, "capacity": 2}
    known = ["serves_region", "near_region", "same_country", "speaks_language", "bridge_language"]
    known += ["other_language", "load", "full", "default_broker", "coordinator", "nobody"]

    sentences = reason_sentences([{"code": code, **facts} for code in known] + [{"code": "of tomorrow"}])

    assert len(set(sentences)) == len(known)
