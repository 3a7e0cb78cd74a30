"""A visit that somebody else goes on with: a colleague, a coordinator, an organisation that took the firm over."""

import pytest
from django.urls import reverse

from companies.choices import Purpose
from companies.models import Answer, Company, Consent
from companies.services.assessments.answering import answer_items
from companies.services.assessments.starting import start_assessment
from companies.services.consents import withdraw_consent
from companies.services.ownership import hand_over
from tests import factories
from tests.companies.assessments.sheets import as_given, firm, golden
from tibs.accounts.roles import RoleCode


@pytest.fixture
def begun(polish_company, aleksandra):
    """Aleksandra is through with all questions but one."""
    by = factories.actor(aleksandra)
    made = start_assessment(company=polish_company, by=by)
    given = as_given([*firm(3), *golden()])
    rest = [one for one in given if (one.area, one.item) != ("PRC", "V1")]
    answer_items(assessment=made, rater="broker", given=rest, by=by)
    return made


def finish(client, person, made):
    """What each page of the rest of the visit answers to that person."""
    client.force_login(person)
    address = {name: reverse(f"assessment_{name}", args=[made.public_id]) for name in ("answer", "result")}
    last = {"area": "PRC", "item": "V1", "value": "3", "sequence": "5"}
    parts = [reverse("assessment_part", args=[made.public_id, part]) for part in ("firm", "quick", "PRC")]
    return [
        *(client.get(part).status_code for part in parts),
        client.post(address["answer"], last).status_code,
        client.get(address["result"]).status_code,
        client.post(reverse("assessment_complete", args=[made.public_id]), {"seen": "PRC"}).status_code,
        client.post(
            reverse("assessment_plan", args=[made.public_id]), {"what": "Call", "waits_for": "us"}
        ).status_code,
        client.get(address["result"]).status_code,
    ]


EVERYTHING = [200, 200, 200, 200, 200, 302, 302, 200]


def colleague_of(company):
    return factories.broker("Basia Lis", organisation=company.host).membership.user


def coordinator_of(company):
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=company.host)


@pytest.mark.parametrize("other", [colleague_of, coordinator_of])
def test_a_second_person_of_the_organisation_finishes_the_visit(client, begun, other):
    person = other(begun.company)

    assert finish(client, person, begun) == EVERYTHING

    begun.refresh_from_db()
    by = set(Answer.objects.filter(assessment=begun).values_list("answered_by__name", flat=True))
    assert by == {"Aleksandra Nowak", person.name}
    assert (begun.completed_by, begun.chosen_area) == (person, "PRC")


def test_who_gets_the_company_in_the_middle_of_a_visit_finishes_it(client, begun):
    person = colleague_of(begun.company)

    hand_over(company=begun.company, to=person, by=factories.actor(coordinator_of(begun.company)))

    assert finish(client, person, begun) == EVERYTHING


def test_an_organisation_that_takes_the_firm_over_finishes_and_the_one_before_is_out(
    client, begun, aleksandra
):
    neighbours = factories.host("PL", short_name="Neighbours")
    person = factories.broker("Nela Zając", organisation=neighbours).membership.user
    Company.objects.filter(pk=begun.company.pk).update(host=neighbours, owner=person)

    assert set(finish(client, aleksandra, begun)) == {404}
    assert finish(client, person, begun) == EVERYTHING


def test_a_consent_that_is_taken_back_in_the_middle_stops_no_visit(client, begun, aleksandra):
    """The service rests on the agreement with the firm, publication on its consent."""
    factories.consent(begun.company)
    withdraw_consent(
        company=begun.company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
    )

    assert finish(client, aleksandra, begun) == EVERYTHING
    assert not Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).exists()
