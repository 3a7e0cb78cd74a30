"""Secrets in the database can be read with the key of the settings only."""

from datetime import timedelta

import pytest

from tibs.core.sealed import BrokenSealError, seal, unseal


def test_what_was_sealed_can_be_read_again_and_says_nothing():
    sealed = seal("Žalia paslaptis")

    assert unseal(sealed) == "Žalia paslaptis"
    assert "paslaptis" not in sealed


def test_two_seals_of_the_same_text_differ():
    assert seal("x") != seal("x")


@pytest.mark.parametrize("broken", ["", "x", "gAAAA", "ł" * 50, "\ud800", "A" * 10_000])
def test_what_was_never_sealed_is_refused(broken):
    with pytest.raises(BrokenSealError):
        unseal(broken)


def test_changed_text_is_refused():
    sealed = seal("x")

    with pytest.raises(BrokenSealError):
        unseal(sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:])


def test_old_key_still_opens_and_another_one_does_not(settings):
    sealed = seal("x")
    old = settings.SECRET_KEY

    settings.SECRET_KEY = "another key of this installation"
    with pytest.raises(BrokenSealError):
        unseal(sealed)

    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed) == "x"


def test_own_key_for_fields_outlives_the_secret_key(settings):
    settings.TIBS_FIELD_KEY = "a key for fields"
    sealed = seal("x")

    settings.SECRET_KEY = "another key of this installation"

    assert unseal(sealed) == "x"


def test_text_that_is_too_old_is_refused():
    with pytest.raises(BrokenSealError):
        unseal(seal("x"), max_age=timedelta(seconds=-5))
