"""Answers for tests: the golden example of the specification, and made-up assessments for properties."""

from collections.abc import Iterable

from hypothesis import strategies as st

from companies.assessments.sheets import Answer
from companies.assessments.versions import instrument
from companies.services.assessments.answering import Given

V1 = instrument(1)
# The starred barriers that the golden example rates; the other starred ones do not apply there.
RATED = ("B_PARTNERS", "B_MARKETS", "B_TIME", "B_STAFF")
GOLDEN = {
    "MKT": {"V": (4, 3, 4), "R": (3, 2, 3, 2), "F": (3, 3), "B": (2, 3, 1, 2), "H": (1, 2)},
    "PRC": {"V": (3, 3, 2), "R": (3, 3, 2, 3), "F": (3, 4), "B": (1, 1, 2, 1), "H": (0, 1)},
    "OPS": {"V": (2, 2, 3), "R": (3, 3, 3, 2), "F": (2, 2), "B": (3, 2, 2, 2), "H": (0, 0)},
}
BEST = {"V": (4, 4, 4), "R": (4, 4, 4, 4), "F": (4, 4), "B": (0, 0, 0, 0), "H": (0, 0)}


def rated(area: str, blocks: dict[str, tuple[int, ...]], evidence: str = "explained") -> list[Answer]:
    """Answers of one area; starred barriers that are not rated do not apply."""
    answers = []
    for block, values in blocks.items():
        codes = RATED if block == "B" else V1.items[block]
        answers += [
            Answer(area, code, value, evidence=evidence) for code, value in zip(codes, values, strict=True)
        ]
    other = sorted(V1.starred - set(RATED))
    return answers + [Answer(area, code, None, applies=False) for code in other]


def golden() -> list[Answer]:
    return [answer for area, blocks in GOLDEN.items() for answer in rated(area, blocks)]


def firm(value: int) -> list[Answer]:
    """The same answer to every question about the firm as a whole."""
    return [Answer("", code, value) for code in V1.firm_items]


def as_given(answers: Iterable[Answer]) -> list[Given]:
    """The same answers as somebody gives them."""
    return [Given(one.area, one.item, one.value, one.applies, one.evidence) for one in answers]


def area_answers(area: str, *, starred_only: bool = False) -> st.SearchStrategy[list[Answer]]:
    """Every item of an area with a value each."""
    codes = [
        code
        for block, items in V1.items.items()
        for code in items
        if block != "B" or not starred_only or code in V1.starred
    ]
    return st.tuples(*(st.integers(0, 4) for _ in codes), st.sampled_from(sorted(V1.evidence))).map(
        lambda drawn: [
            Answer(area, code, value, evidence=drawn[-1])
            for code, value in zip(codes, drawn[:-1], strict=True)
        ]
    )


def assessments(areas: tuple[str, ...] = ("MKT", "PRC", "OPS")) -> st.SearchStrategy[list[Answer]]:
    """Fully answered areas."""
    return st.tuples(*(area_answers(area) for area in areas)).map(
        lambda parts: [answer for part in parts for answer in part]
    )


def loose_answers() -> st.SearchStrategy[list[Answer]]:
    """Some answers to some questions, with gaps and items that do not apply."""
    question = st.sampled_from(list(V1.questions()))
    return st.dictionaries(
        question,
        st.tuples(st.sampled_from([0, 1, 2, 3, 4, None, "na"]), st.sampled_from(sorted(V1.evidence))),
        max_size=120,
    ).map(
        lambda drawn: [
            Answer(area, item, None if value == "na" else value, applies=value != "na", evidence=evidence)
            for (area, item), (value, evidence) in drawn.items()
        ]
    )
