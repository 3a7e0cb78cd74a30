"""What would change the first place, and where two raters need to talk."""

from dataclasses import replace

from companies.assessments.changes import Gap, gaps, smallest_changes
from companies.assessments.results import result_of
from companies.assessments.sheets import Answer, fill_sheets
from tests.companies.assessments.sheets import BEST, GOLDEN, V1, golden, rated

POOR = {"V": (0, 0, 0), "R": (0, 0, 0, 0), "F": (0, 0), "B": (4, 4, 4, 4), "H": (0, 0)}


def changes(answers: list[Answer]):
    return smallest_changes(fill_sheets([answers], V1), V1)


def test_each_change_puts_the_named_area_first():
    answers = golden()

    found = changes(answers)

    assert found
    for change in found:
        changed = [
            replace(answer, value=change.after)
            if (answer.area, answer.item) == (change.area, change.item)
            else answer
            for answer in answers
        ]
        assert result_of(changed, V1).winner.code == change.winner != "PRC"


def test_only_the_smallest_changes_are_given():
    steps = {abs(change.after - change.before) for change in changes(golden())}

    assert len(steps) == 1


def test_no_smaller_change_of_any_answer_would_do():
    answers = golden()
    size = abs(changes(answers)[0].after - changes(answers)[0].before)

    for place, answer in enumerate(answers):
        for value in range(5):
            if answer.value is not None and abs(value - answer.value) < size:
                tried = [*answers[:place], replace(answer, value=value), *answers[place + 1 :]]
                assert result_of(tried, V1).winner.code == "PRC"


def test_a_safe_first_place_needs_more_than_one_answer():
    assert changes(rated("PRC", BEST) + rated("MKT", POOR)) == []


def test_a_question_without_an_answer_may_put_another_area_first_too():
    unknown = [one for one in rated("MKT", BEST) if one.item != "F2"]
    answers = [*rated("PRC", BEST | {"H": (1, 1)}), *rated("OPS", POOR), *unknown]

    found = changes(answers)

    assert [(one.area, one.item, one.before, one.winner) for one in found] == [("MKT", "F2", None, "MKT")]
    answered = [*answers, Answer("MKT", "F2", found[0].after)]
    assert result_of(answers, V1).winner.code == "PRC"
    assert result_of(answered, V1).winner.code == "MKT"


def test_without_a_first_place_nothing_can_change():
    assert changes([]) == []
    assert changes(rated("PRC", GOLDEN["PRC"])) == []


def test_gaps_of_more_than_one_point_are_flagged():
    own = [Answer("PRC", "V1", 4), Answer("PRC", "V2", 3), Answer("", "FC1", 0), Answer("PRC", "V3", None)]
    broker = [Answer("PRC", "V1", 2), Answer("PRC", "V2", 2), Answer("", "FC1", 3), Answer("PRC", "V3", 4)]

    assert gaps(own, broker, V1) == [Gap("", "FC1", 0, 3), Gap("PRC", "V1", 4, 2)]
