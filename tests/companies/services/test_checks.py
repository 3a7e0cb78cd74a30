"""What does not fit is said in words, with few questions to the database."""

import pytest
from django.core.exceptions import ValidationError

from companies.choices import CompanyKind
from companies.models import Company
from companies.services.checks import refuse_misfits
from tests import factories
from tibs.core.errors import BadInputError

AFTER_LEAD = "After the lead stage a company needs a responsible broker."
ONLY_SMES = "Only small and medium-sized enterprises receive the service."
NUMBER_EXISTS = "A company with this register number exists in this country."


def firm(**values):
    host = factories.host("PL")
    given = {"name": "Dąb", "host": host, "country": host.country, "source": "tests", "language": "pl"}
    return Company(**given | values)


def refused(thing, **options):
    with pytest.raises(BadInputError) as caught:
        refuse_misfits(thing, exclude=["search_text", *options.get("exclude", ())])
    return str(caught.value)


@pytest.mark.django_db
def test_each_broken_rule_is_said_in_its_own_words():
    broken = firm(stage="active", kind=CompanyKind.CLUSTER)

    assert refused(broken) == f"{AFTER_LEAD} {ONLY_SMES}"


@pytest.mark.django_db
@pytest.mark.parametrize("left_out", ["owner", "stage"])
def test_a_rule_that_speaks_of_a_field_that_is_left_out_is_not_asked(left_out):
    refuse_misfits(firm(stage="active"), exclude=["search_text", left_out])


@pytest.mark.django_db
def test_other_rules_are_asked_when_one_speaks_of_a_field_that_is_left_out():
    broken = firm(stage="active", kind=CompanyKind.CLUSTER)

    assert refused(broken, exclude=["owner"]) == ONLY_SMES


@pytest.mark.django_db
def test_what_exists_already_is_said_together_with_a_broken_rule():
    factories.company("Dąb", host=factories.host("PL"), register_number="123")

    assert refused(firm(register_number="123")) == NUMBER_EXISTS
    assert refused(firm(register_number="123", stage="active")) == f"{NUMBER_EXISTS} {AFTER_LEAD}"


@pytest.mark.django_db
def test_the_answer_is_that_of_django_for_any_stage_and_kind():
    for stage in ("lead", "enrolled"):
        for kind in CompanyKind:
            thing = firm(stage=stage, kind=kind)
            try:
                thing.validate_constraints(exclude={"search_text"})
                said = ""
            except ValidationError as error:
                said = " ".join(error.messages)

            assert said == (refused(thing) if said else refuse_misfits(thing, exclude=["search_text"]) or "")


@pytest.mark.django_db
def test_a_stored_row_does_not_exist_twice():
    stored = factories.company("Dąb", host=factories.host("PL"), register_number="123")

    refuse_misfits(stored, exclude=["search_text"])


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "123"])
def test_all_rules_of_a_row_that_fits_cost_one_question(django_assert_num_queries, number):
    thing = firm(register_number=number)
    savepoint = 2

    with django_assert_num_queries(savepoint + 1):
        refuse_misfits(thing, exclude=["search_text"])
