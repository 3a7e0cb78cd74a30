import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.sentences import MAX_CHARACTERS, MAX_SENTENCES, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We make boats. We sell them abroad!", ["We make boats.", "We sell them abroad!"]),
        (
            "Firma działa od 2005 r. w Białymstoku. Szukamy np. dystrybutora.",
            ["Firma działa od 2005 r. w Białymstoku.", "Szukamy np. dystrybutora."],
        ),
        (
            "Valmistamme mm. ikkunoita. Äänieristys on hyvä.",
            ["Valmistamme mm. ikkunoita.", "Äänieristys on hyvä."],
        ),
        ("Vi laver bl.a. møbler. Øl sælger vi ikke.", ["Vi laver bl.a. møbler.", "Øl sælger vi ikke."]),
        (
            "Wir liefern z.B. Pumpen am 3. Mai. Übrigens: auch Ventile.",
            ["Wir liefern z.B. Pumpen am 3. Mai.", "Übrigens: auch Ventile."],
        ),
        ("Toodame nt uksi jms. Õmbleme ka.", ["Toodame nt uksi jms. Õmbleme ka."]),
        ("Gaminame duris. Šiuo metu ieškome partnerio.", ["Gaminame duris.", "Šiuo metu ieškome partnerio."]),
        ("Ražojam logus u.c. preces. Ģimenes uzņēmums.", ["Ražojam logus u.c. preces.", "Ģimenes uzņēmums."]),
        ("Led by Dr. A. Kask of Nord Ltd. in Tartu.", ["Led by Dr. A. Kask of Nord Ltd. in Tartu."]),
        ("We offer:\n- turning\n• milling\n2) welding", ["We offer:", "turning", "milling", "welding"]),
        ("no mark at the end", ["no mark at the end"]),
        ("“Fresh bread.” “Every day.”", ["“Fresh bread.”", "“Every day.”"]),
        ("Same. Same. Same.", ["Same."]),
        (" \n\t ", []),
        ("... -- !!", []),
        ("With\0 a  hidden\tsign", ["With a hidden sign"]),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_long_sentence_is_cut_at_clauses() -> None:
    clause = "the company makes doors and windows for houses in the north of the country"
    text = ", ".join([clause] * 3 + ["and it sells boats to harbours"] * 12) + "."

    pieces = split_sentences(text)

    assert len(pieces) > 1
    assert all(piece.endswith((",", ".")) for piece in pieces)


@given(st.text(max_size=2000))
def test_sentences_are_few_short_and_taken_from_the_text_in_order(text: str) -> None:
    found = split_sentences(text)

    assert len(found) <= MAX_SENTENCES
    assert len(set(found)) == len(found)
    plain = " ".join(" ".join(text.replace("\0", " ").splitlines()).split())
    position = 0
    for sentence in found:
        assert 0 < len(sentence) <= MAX_CHARACTERS
        position = plain.index(sentence, position) + len(sentence)


@given(st.text(alphabet="ab", min_size=1, max_size=3000), st.integers(4, 50))
def test_a_text_without_spaces_is_cut_anyway(text: str, limit: int) -> None:
    assert all(len(piece) <= limit for piece in split_sentences(text, max_characters=limit))
