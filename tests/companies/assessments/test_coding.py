"""Answers as one line: a letter for each question, read back as columns."""

from companies.assessments.coding import coded, letters_of
from companies.assessments.sheets import Answer
from companies.assessments.versions import instrument

ASKED = instrument()
QUESTIONS = list(ASKED.questions())


def test_each_question_has_its_letter_in_the_order_of_the_instrument():
    (first, second, third, *_), last = QUESTIONS, QUESTIONS[-1]

    line = coded(
        [Answer(*last, 4), Answer(*first, 0), Answer(*second, None), Answer(*third, None, applies=False)],
        ASKED,
    )

    assert len(line) == len(QUESTIONS)
    assert (line[:3], line[3:-1].strip("-"), line[-1]) == ("0?x", "", "4")


def test_lines_are_rows_and_questions_are_columns():
    lines = [coded([Answer(*QUESTIONS[1], value)], ASKED) for value in (3, 1)]

    letters = letters_of(lines, ASKED)

    assert letters.shape == (2, len(QUESTIONS))
    assert bytes(letters[:, 1]) == b"31"
    assert letters_of([], ASKED).shape == (0, len(QUESTIONS))
