"""The firm beside its like on the page of the result: shown with its number, or not at all."""

import pytest
from django.urls import reverse

from companies.models import Assessment
from companies.services.assessments.answering import answer_items
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import describe_firm, start_assessment
from tests import factories
from tests.companies.assessments.sheets import as_given, firm, golden


@pytest.fixture
def assessed(aleksandra_in_english):
    """Makes an assessment with the golden answers, of a small firm that is active abroad."""
    by = factories.actor(aleksandra_in_english)

    def make(company):
        made = start_assessment(company=company, by=by)
        given = as_given([*firm(3), *golden()])
        answer_items(assessment=made, rater="broker", given=given, by=by)
        Assessment.objects.filter(pk=made.pk).update(size_class="SMALL")
        return describe_firm(assessment=made, stage="active", sector="", by=by), by

    return make


@pytest.fixture
def result(client, assessed, polish_company, aleksandra_in_english):
    """The page of Aleksandra's firm beside so many others."""

    def ask(others):
        for number in range(others):
            company = factories.company(
                f"Firm {number}", host=polish_company.host, owner=aleksandra_in_english, size_class="SMALL"
            )
            made, by = assessed(company)
            complete_assessment(assessment=made, by=by)
        own, _by = assessed(polish_company)
        client.force_login(aleksandra_in_english)
        return client.get(reverse("assessment_result", args=[own.public_id]))

    return ask


def test_the_result_stands_beside_five_other_firms_with_their_number(result):
    page = result(5)

    rows = [[cell.value for cell in row] for row in page.context["page"].peers.rows]
    assert ["Procurement", "68.2", "68.2", 5] in rows
    assert "Beside firms of the same stage and size" in page.text


def test_with_four_other_firms_nothing_is_compared(result):
    page = result(4)

    assert page.context["page"].peers is None
    assert "Beside firms of the same stage and size" not in page.text
