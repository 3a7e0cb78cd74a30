"""PDF files are tagged, hold what they were given, and never run it."""

import time

import pytest

from tibs.rendering.pdf import compile_pdf

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="8" height="8" fill="#234"/></svg>'


def document(**values):
    """Data of a small document in Lithuanian; each value replaces or adds one."""
    section = {
        "heading": "Pirkimai ir tiekėjai",
        "paragraphs": ["Didžiausias potencialas."],
        "figure": {"svg": DRAWING, "alt": "A square"},
        "points": ["One", "Two"],
        "table": {"headers": ["Sritis", "Balai"], "rows": [["PRC", "68,2"]], "right": [1]},
    }
    return {"title": "Įvertinimas", "language": "lt", "sections": [section]} | values


def test_file_is_tagged_titled_and_says_its_language():
    made = compile_pdf("document", document())

    assert made.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang(lt)", b"/Title"):
        assert mark in made
    assert b"pdfuaid" in made


def test_file_without_sections_is_made_too():
    assert compile_pdf("document", document(sections=[])).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "\ud800",
        "9" * 1000,
        "😀",
        "مرحبا بالعالم",
        "你好",
        '#panic("x") $x$ *bold* \\ @ref',
        "word " * 20_000,
    ],
    ids=["NUL", "half a letter", "digits", "emoji", "Arabic", "Chinese", "markup", "long"],
)
def test_any_text_can_be_printed(text):
    made = compile_pdf("document", document(title=text, intro=[text]))

    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made


def test_text_is_never_read_as_markup():
    """Of the code in a text nothing is run: a document with an unknown function in its code would not compile."""
    assert b"pdfuaid" in compile_pdf("document", document(intro=["#no_such_function()"]))


def test_a_template_that_does_not_exist_is_an_error():
    with pytest.raises(RuntimeError):
        compile_pdf("nothing", document())


def test_file_is_made_well_within_five_seconds():
    began = time.perf_counter()

    compile_pdf("document", document(sections=document()["sections"] * 20))

    assert time.perf_counter() - began < 5
