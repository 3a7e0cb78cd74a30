"""Deciding by the table of criteria."""

import pytest

from companies.choices import Decision, Stage
from companies.models import Screening
from companies.services.screenings import Answer, decide_screening, recipient, refusal_letter
from companies.services.stages import move_stage
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.services.letters import rendered

ELIGIBLE, TOO_FEW, NO_SME = [2] * 7, [2, 2, 1, 1, 0, 0, 1], [0, 2, 2, 2, 2, 2, 2]


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


@standing
def lead(aleksandra):
    return factories.company("Nowa Firma", host=factories.host("PL"), owner=aleksandra, stage="lead")


def test_an_eligible_company_may_be_enrolled(ana, lead):
    screening = decide_screening(company=lead, scores=ELIGIBLE, by=ana)

    lead.refresh_from_db()
    assert (screening.decision, lead.stage) == (Decision.ELIGIBLE, Stage.SCREENING)
    assert move_stage(company=lead, to="enrolled", by=ana).stage == Stage.ENROLLED


@pytest.mark.parametrize(("scores", "reason"), [(TOO_FEW, "not_ready"), (NO_SME, "not_sme")])
def test_one_that_is_not_eligible_goes_there_with_its_reason(ana, lead, scores, reason):
    screening = decide_screening(company=lead, scores=scores, by=ana)

    lead.refresh_from_db()
    assert lead.stage == Stage.NOT_ELIGIBLE
    assert (screening.decision, screening.reason) == (Decision.NOT_ELIGIBLE, reason)


def test_the_refusal_goes_to_the_company_in_its_language_with_the_brokers_words(ana, lead):
    contact = factories.contact(lead, "Eva Kask")

    decide_screening(
        company=lead, scores=TOO_FEW, by=ana, answer=Answer("other_support", "It was good to meet.")
    )

    [(subject, words)] = letters_to(contact.email)
    assert "Nowa Firma" in subject
    for part in (
        "Eva Kask",
        "Another programme already supports you",
        "It was good to meet.",
        "Aleksandra Nowak",
    ):
        assert part in words


def test_the_preview_is_the_letter(ana, lead):
    contact = factories.contact(lead, "Eva Kask")
    preview = rendered(refusal_letter(lead, contact, "not_ready", ana, "See you."))

    decide_screening(company=lead, scores=TOO_FEW, by=ana, answer=Answer(words="See you."))

    assert letters_to(contact.email) == [preview]


def test_no_letter_goes_where_the_broker_says_it_in_person(ana, lead):
    contact = factories.contact(lead)

    decide_screening(company=lead, scores=TOO_FEW, by=ana, answer=Answer(is_sent=False))

    assert letters_to(contact.email) == []


def test_letters_go_to_the_contact_who_is_asked_first(lead):
    factories.contact(lead, "Adam Lis")
    first = factories.contact(lead, "Eva Kask")
    first.is_primary = True
    first.save()

    assert recipient(lead) == first


def test_a_large_firm_gets_no_points_for_being_small(ana, lead):
    lead.size_class = "LARGE"
    lead.save()

    with pytest.raises(BadInputError) as refused:
        decide_screening(company=lead, scores=ELIGIBLE, by=ana)

    assert "is_sme" in refused.value.fields


@pytest.mark.parametrize(
    "values", [{"scores": [2] * 6}, {"scores": [9] * 7}, {"scores": TOO_FEW, "answer": Answer("no")}]
)
def test_what_the_table_does_not_know_is_refused(ana, lead, values):
    with pytest.raises(BadInputError):
        decide_screening(company=lead, by=ana, **values)

    assert not Screening.objects.exists()


def test_a_company_that_is_served_already_is_not_screened(ana, polish_company):
    with pytest.raises(WrongStateError):
        decide_screening(company=polish_company, scores=ELIGIBLE, by=ana)


def test_strangers_decide_nothing(johanna, lead):
    with pytest.raises(NotAllowedError):
        decide_screening(company=lead, scores=ELIGIBLE, by=factories.actor(johanna))
