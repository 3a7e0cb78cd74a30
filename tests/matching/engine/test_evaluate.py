import numpy as np
import pytest

from matching.engine.evaluate import centred, recall_at


def concepts(count: int, noise: float) -> dict[str, np.ndarray]:
    """The same concepts in three languages, each language shifted its own way."""
    numbers = np.random.default_rng(1)
    topics = numbers.normal(size=(count, 64))
    vectors = {
        name: topics + noise * numbers.normal(size=topics.shape) + 2 * numbers.normal(size=64)
        for name in ("en", "fi", "lt")
    }
    return {
        name: (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        for name, rows in vectors.items()
    }


def test_equal_vectors_are_always_found() -> None:
    same = concepts(30, 0)["en"]

    found = recall_at({"en": same, "fi": same, "lt": same}, k=2)

    assert (found.pairwise, found.mixed, found.concepts) == (1.0, 1.0, 30)
    assert set(found.by_pair) == {(a, b) for a in ("en", "fi", "lt") for b in ("en", "fi", "lt") if a != b}


def test_removing_language_means_helps_where_languages_keep_to_themselves() -> None:
    vectors = concepts(200, 1.0)

    raw, better = recall_at(vectors), recall_at(centred(vectors))

    assert better.pairwise > raw.pairwise
    assert better.mixed > raw.mixed


def test_given_means_are_used_instead_of_own_ones() -> None:
    vectors = concepts(10, 0.5)
    means = {name: rows.mean(axis=0) for name, rows in vectors.items()}

    own, given = centred(vectors), centred(vectors, means)

    assert all(np.array_equal(own[name], given[name]) for name in vectors)


def test_recall_grows_with_k() -> None:
    vectors = concepts(100, 2.0)

    assert recall_at(vectors, 1).pairwise <= recall_at(vectors, 10).pairwise <= 1


def test_languages_with_different_concepts_are_refused() -> None:
    vectors = concepts(10, 1.0)

    with pytest.raises(ValueError, match="same number"):
        recall_at({"en": vectors["en"], "fi": vectors["fi"][:5]})
    with pytest.raises(ValueError, match="two languages"):
        recall_at({"en": vectors["en"]})
