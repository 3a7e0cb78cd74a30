"""What is said of each question and each block."""

import pytest

from companies.assessments.coding import coded
from companies.assessments.versions import instrument
from companies.models import Answer, Assessment
from companies.models.assessment import NOT_GIVEN
from tests import factories
from tibs.reports.assessments.items import ItemFigures, count_items

MEANS = ("FM1", "FM2", "FM3")


def one_question(*values):
    """Firm n gives the n-th value to the first question about the firm."""
    return lambda number: {("", "FC1"): values[number]}


def test_a_question_has_its_counts_mean_spread_and_shares(assessed):
    assessed(6, given=one_question(0, 2, 4, 2, None, "na"))

    found = count_items(with_small_figures=True).items["", "FC1"]

    assert (found.answered, found.left_out, found.unknown) == (4, 1, 1)
    assert found.mean == pytest.approx(2.0)
    assert found.spread == pytest.approx(1.632993)
    assert found.steps == (0.25, 0, 0.5, 0, 0.25)


def test_a_question_that_nobody_was_asked_has_no_figures(assessed):
    assessed(1)

    assert count_items(with_small_figures=True).items["MKT", "V1"] == ItemFigures()


def test_the_firm_s_own_answers_do_not_count(assessed):
    assessed(1, given={("", "FC1"): 3})
    from companies.models import Answer

    Answer.objects.create(
        assessment=Answer.objects.get().assessment.company.assessments.create(instrument_version=1),
        rater="self",
        item="FC1",
        value=0,
        answered_at=Answer.objects.get().answered_at,
    )

    assert count_items(with_small_figures=True).items["", "FC1"].answered == 1


def test_alpha_is_that_of_the_complete_answers_to_the_block(assessed):
    """Items that always agree measure one thing: alpha is 1."""
    assessed(30, given=lambda number: {("", item): number % 5 for item in MEANS})
    assessed(3, given={("", "FM1"): 4})

    questions = count_items(with_small_figures=True)

    assert questions.blocks["", "MEANS"].count == 30
    assert questions.blocks["", "MEANS"].alpha == pytest.approx(1)
    assert questions.items["", "FM2"].item_rest == pytest.approx(1)


def test_alpha_is_withheld_below_thirty_complete_answers(assessed):
    assessed(29, given=lambda number: {("", item): number % 5 for item in MEANS})

    found = count_items(with_small_figures=True).blocks["", "MEANS"]

    assert (found.count, found.alpha) == (29, None)


def test_blocks_of_different_areas_are_kept_apart_and_items_in_their_places(assessed):
    """H1 rises with the firm while H2 falls: the items of one area disagree, those of the other agree."""

    def given(number):
        step = number % 5
        return {
            ("MKT", "H1"): step,
            ("MKT", "H2"): 4 - step,
            ("PRC", "H1"): step,
            ("PRC", "H2"): step,
        }

    assessed(30, given=given)

    questions = count_items(with_small_figures=True)

    assert questions.items["MKT", "H1"].item_rest == pytest.approx(-1)
    assert questions.blocks["PRC", "H"].alpha == pytest.approx(1)


def test_analyst_sees_no_count_of_one_to_four_and_nothing_that_gives_it_away(assessed):
    assessed(9, given=one_question(1, 1, 1, 1, 1, 3, 3, None, None))

    found = count_items(with_small_figures=False).items["", "FC1"]

    assert found.answered == 7
    assert (found.left_out, found.unknown, found.steps) == (None, None, None)
    assert found.mean == 1.6


def test_analyst_sees_nothing_of_a_question_that_few_answered(assessed):
    assessed(4, given={("", "FC1"): 2})

    found = count_items(with_small_figures=False).items["", "FC1"]

    assert (found.answered, found.mean, found.steps) == (None, None, None)


def test_a_question_whose_area_was_left_out_and_came_back_unanswered_is_not_unknown(assessed):
    assessed(6, given={("PRC", "R0"): 3})
    made = Assessment.objects.create(
        company=factories.company("Seventh", host=factories.host("PL")), instrument_version=1
    )
    for item, kept in (("V1", NOT_GIVEN), ("V2", "")):
        Answer.objects.create(
            assessment=made,
            rater="broker",
            area="PRC",
            item=item,
            set_aside=kept,
            answered_at=made.created_at,
        )
    Assessment.objects.filter(pk=made.pk).update(completed_at=made.created_at)

    items = count_items(with_small_figures=True).items

    assert (items["PRC", "V1"].unknown, items["PRC", "V2"].unknown) == (0, 1)


def test_kept_lines_give_the_same_figures_as_the_answers_themselves(assessed):
    def given(number):
        cycle = (number % 5, (2 * number) % 5, 4 - number % 5, None, "na")
        questions = list(instrument().questions())
        return {question: cycle[place % 5] for place, question in enumerate(questions) if place % 7}

    assessed(33, given=given)
    from_answers = count_items(with_small_figures=True)
    for made in Assessment.objects.all():
        answers = [answer.as_given() for answer in made.answers.all()]
        # The database refuses a change of what is completed: the line is written as on completion.
        restored = Assessment.objects.create(
            company=made.company, instrument_version=1, number=1, answer_line=coded(answers, instrument())
        )
        Assessment.objects.filter(pk=restored.pk).update(completed_at=made.completed_at)

    assert count_items(with_small_figures=True) == from_answers
    assert any(block.alpha is not None for block in from_answers.blocks.values())
