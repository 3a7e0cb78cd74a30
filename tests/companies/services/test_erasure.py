"""What stays of an erased firm, who may erase, and who does not come back."""

import pytest
from django.db.models import Count, Sum

from companies.choices import Channel, InterestStatus, Stage, Support
from companies.models import (
    Company,
    CooperationProfile,
    ExpressionOfInterest,
    Interaction,
    Suppression,
)
from companies.services.erasure import erase_company
from companies.services.imports.importing import default_hosts, import_companies
from companies.services.imports.rows import ImportRow
from companies.services.leads import LeadContact, LeadFacts, create_lead
from companies.services.suppressions import email_key, register_key, source_key, suppressed
from matching.models import Match
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.actor import VISITOR, system
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.figures import SMALL_CELL

pytestmark = pytest.mark.django_db
COARSE = ("country", "kind", "size_class", "nace", "region")


def erase(company, by=factories.BENCH):
    return erase_company(company=company, by=by, reason="asked")


def statistics():
    """What reports count: firms, firsts of the funnel, hours, profiles and matches."""
    firms = Company.objects.aggregate(
        firms=Count("pk"), published=Count("first_published_at"), assessed=Count("first_assessed_at")
    )
    by_country = list(Company.objects.order_by("country").values_list("country").annotate(Count("pk")))
    by_size = list(Company.objects.order_by("size_class").values_list("size_class").annotate(Count("pk")))
    hours = Interaction.objects.aggregate(Sum("hours"), Count("pk"))
    return firms, by_country, by_size, hours, CooperationProfile.objects.count(), Match.objects.count()


def test_statistics_are_the_same_before_and_after(polish_company, finnish_company, aleksandra):
    """G-4: a tenth of twenty firms goes, the counts stay."""
    firms = [
        factories.company(f"Firma {number}", host=polish_company.host, owner=aleksandra, size_class="MICRO")
        for number in range(18)
    ]
    factories.match(factories.profile(polish_company), factories.profile(finnish_company))
    for firm in firms:
        Interaction.objects.create(
            company=firm, at=firm.created_at, channel=Channel.CALL, hours=1.5, support=Support.ADVICE
        )
    Company.objects.update(first_published_at=polish_company.created_at)
    before = statistics()

    erase(polish_company)
    erase(firms[0])

    assert statistics() == before


def test_what_stays_of_a_firm_is_shared_by_at_least_five(polish_company, aleksandra):
    """Codes of activity become sections, so that erased firms of one region and size cannot be told apart."""
    activities = ["25.62", "25.61", "26.11", "27.20", "28.30"]
    for number, code in enumerate(activities):
        firm = factories.company(
            f"Firma {number}", host=polish_company.host, owner=aleksandra, size_class="SMALL"
        )
        Company.objects.filter(pk=firm.pk).update(
            nace=factories.nace(code), staff_count=10 + number, founded_year=1990 + number
        )
        erase(firm)

    groups = (
        Company.objects.exclude(erased_at=None)
        .order_by()
        .values(*COARSE, "founded_year", "staff_count", "city", "postcode")
        .annotate(firms=Count("pk"))
    )
    assert [group["firms"] >= SMALL_CELL for group in groups] == [True]


def test_firm_leaves_every_list_and_search_at_once(polish_company, aleksandra, johanna):
    profile = factories.profile(polish_company)
    own, foreign = factories.actor(aleksandra), factories.actor(johanna)

    erase(polish_company)

    assert not Company.objects.visible_to(own).exists()
    assert not Company.objects.in_care_of(own).exists()
    assert not CooperationProfile.objects.visible_to(foreign).filter(pk=profile.pk).exists()
    assert not CooperationProfile.objects.published().exists()
    assert not Company.objects.search("stolarnia").exists()


def test_nobody_waits_for_an_answer_to_interest_of_an_erased_firm_or_in_it(
    polish_company, finnish_company, johanna
):
    """The visitor who is interested in the firm hears politely; the firm that is gone gets no letter."""
    of_firm = factories.interest(factories.profile(finnish_company), company=polish_company)
    in_firm = factories.interest(factories.profile(polish_company), company=finnish_company)
    unconcerned = factories.interest(factories.profile(finnish_company), company=finnish_company)

    erase(polish_company)

    ended = ExpressionOfInterest.objects.filter(status=InterestStatus.CLOSED)
    assert set(ended) == {of_firm, in_firm}
    assert [len(letters_to(one.email)) for one in (of_firm, in_firm, unconcerned)] == [0, 1, 0]


def test_served_firm_has_left_and_nobody_erases_it_twice(polish_company):
    erase(polish_company)

    polish_company.refresh_from_db()
    assert (polish_company.stage, polish_company.name) == (Stage.WITHDRAWN, "")
    with pytest.raises(WrongStateError):
        erase(polish_company)


@standing
def people(polish_company, aleksandra, johanna):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, user=ewa)
    at_home = {"role": RoleCode.COORDINATOR, "organisation": polish_company.host}
    abroad = {"role": RoleCode.COORDINATOR, "organisation": factories.host("FI")}
    of_both = factories.person(**abroad)
    factories.member(of_both, polish_company.host)
    return {
        "contact": factories.actor(ewa),
        "own coordinator": factories.actor(factories.person(**at_home)),
        "the platform": system("retention"),
        "own broker": factories.actor(aleksandra),
        "foreign coordinator": factories.actor(factories.person(**abroad)),
        "foreign coordinator who is a broker here": factories.actor(of_both),
        "staff": factories.actor(factories.person(role=RoleCode.STAFF)),
        "visitor": VISITOR,
    }


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("contact", True),
        ("own coordinator", True),
        ("the platform", True),
        ("own broker", False),
        ("foreign coordinator", False),
        ("foreign coordinator who is a broker here", False),
        ("staff", False),
        ("visitor", False),
    ],
)
def test_firm_its_coordinator_and_the_nightly_rule_erase(who, may, people, polish_company):
    if may:
        erase(polish_company, by=people[who])
    else:
        with pytest.raises(NotAllowedError):
            erase(polish_company, by=people[who])

    polish_company.refresh_from_db()
    assert (polish_company.erased_at is not None) is may


def test_account_stays_while_it_serves_another_firm(polish_company, finnish_company):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, user=ewa)
    factories.contact(finnish_company, user=ewa)

    erase(polish_company)
    stays = User.objects.filter(pk=ewa.pk).exists()
    erase(finnish_company)

    assert stays
    assert not User.objects.filter(pk=ewa.pk).exists()


def test_broker_who_is_also_a_contact_keeps_the_account(polish_company, johanna):
    factories.contact(polish_company, user=johanna)

    erase(polish_company)

    assert User.objects.filter(pk=johanna.pk).exists()


def row(external_id, register_number):
    company = {"name": "Oak", "country_id": "PL", "register_number": register_number}
    return ImportRow(2, external_id, "PL", company, {"offered": "Oak.", "language": "en"})


def load(source, *rows):
    hosts = default_hosts()
    return import_companies(
        rows=rows, source=source, file_hash="f", host_by_country=hosts, by=system("tests")
    )


def test_import_leaves_an_erased_firm_out(polish_company):
    load("register", row("id-7", "123"))
    erase(Company.objects.get(external_id="id-7"))

    again = load("register", row("id-7", "123"), row("id-8", "456"))
    elsewhere = load("chamber", row("77", "123"))

    assert (again.created, again.left_alone) == (1, 1)
    assert (elsewhere.created, elsewhere.left_alone) == (0, 1)


def test_digests_tell_nobody_what_they_stand_for(polish_company):
    eva = factories.contact(polish_company)
    Company.objects.update(register_number="PL 123-456", external_id="a7", source="register")

    erase(polish_company)

    keys = {email_key(eva.email), register_key("PL", "pl123456"), source_key("register", "a7")}
    assert suppressed([*keys, email_key("else@example.org"), ""]) == keys
    assert not any(eva.email in digest for digest in Suppression.objects.values_list("digest", flat=True))


def test_others_cannot_bring_an_erased_firm_in_again_but_its_own_people_can(polish_company):
    eva = factories.contact(polish_company)
    erase(polish_company)
    facts = LeadFacts(name="Oak", country=polish_company.country)

    def come(**values):
        contact = LeadContact(name="Eva", email=eva.email.upper(), language="pl", **values)
        return create_lead(facts=facts, contact=contact, source="partner site", by=system("tests"))

    with pytest.raises(BadInputError, match="asked us to erase"):
        come()

    assert come(confirmed_at=polish_company.created_at).name == "Oak"
