import hashlib

import pytest

from companies.services.imports.encodings import examine, is_damaged
from companies.services.imports.problems import BadFileError


@pytest.fixture
def examined(tmp_path):
    def examine_bytes(content, encoding=""):
        path = tmp_path / "file.csv"
        path.write_bytes(content)
        return examine(path, encoding)

    return examine_bytes


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"name,city\n", "utf-8"),
        ("Łódź, Žąsis, Tõrva".encode(), "utf-8"),
        ("Łódź".encode("utf-8-sig"), "utf-8-sig"),
        ("Łódź".encode("utf-16"), "utf-16"),
        ("name,city\nŁódź\n".encode("utf-16-le"), "utf-16-le"),
        ("name,city\nŁódź\n".encode("utf-16-be"), "utf-16-be"),
        ("Müller, Ærø, Jyväskylä, Tõrva – 5 °C".encode("cp1252"), "cp1252"),
    ],
)
def test_encoding_is_found(examined, content, encoding):
    assert examined(content).encoding == encoding


@pytest.mark.parametrize(
    ("text", "encoding"), [("Łódź", "cp1250"), ("Žąsis", "cp1257"), ("Ķekava", "cp1257")]
)
def test_encoding_of_polish_and_baltic_letters_is_never_guessed(examined, text, encoding):
    found = examined(text.encode(encoding))

    assert (found.encoding, found.is_guess) == ("utf-8", False)


def test_one_damaged_byte_does_not_make_a_utf_8_file_western(examined):
    assert examined("Łódź\n".encode() + b"M\xfcller").encoding == "utf-8"


def test_western_letters_are_said_to_be_a_guess(examined):
    assert examined("Müller".encode("cp1252")).is_guess
    assert not examined("Müller".encode("cp1252"), "cp1252").is_guess


def test_letter_on_the_border_of_two_pieces_stays_whole(examined):
    assert examined(b"a" * ((1 << 20) - 1) + "ł".encode()).encoding == "utf-8"


def test_owner_knows_best(examined):
    assert examined("Łódź".encode("cp1250"), "cp1250").encoding == "cp1250"


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "base64"])
def test_what_is_no_encoding_of_text_is_refused(examined, encoding):
    with pytest.raises(BadFileError, match=encoding):
        examined(b"a", encoding)


def test_empty_file_is_refused(examined):
    with pytest.raises(BadFileError, match="empty"):
        examined(b"")


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(BadFileError, match="No such file"):
        examine(tmp_path / "nowhere.csv")


def test_folder_is_refused(tmp_path):
    with pytest.raises(BadFileError, match="directory"):
        examine(tmp_path)


def test_hash_is_that_of_the_bytes(examined):
    assert examined(b"name\n").sha256 == hashlib.sha256(b"name\n").hexdigest()


def test_damage_shows_in_the_text():
    assert is_damaged(b"M\xfcller".decode("utf-8", "surrogateescape"))
    assert not is_damaged("Müller")
