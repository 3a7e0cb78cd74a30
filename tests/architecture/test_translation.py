"""Sentences reach translators whole, with named gaps."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.judging import judge
from tests.architecture.sources import name, python_files, tree

MARKS = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
    "npgettext", "npgettext_lazy",
}  # fmt: skip
UNNAMED = re.compile(r"(?<!%)(?:%%)*%[sdrif]")


def marked() -> Iterator[tuple[str, ast.expr]]:
    """Each argument that is given to a translation function, with its place."""
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and (
                getattr(node.func, "id", None) in MARKS or getattr(node.func, "attr", None) in MARKS
            ):
                for argument in node.args:
                    yield f"{name(path)}:{node.lineno}", argument


def texts(argument: ast.expr) -> str:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def test_sentences_are_not_built_before_translation():
    breaches = {
        place: "is formatted or glued inside the translation call"
        for place, argument in marked()
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
        or (isinstance(argument, ast.Call) and getattr(argument.func, "attr", "") == "format")
    }

    judge("whole sentences", breaches, mend='_("Hello %(name)s") % {"name": name}')


def test_gaps_in_sentences_have_names():
    breaches = {
        place: f"{texts(argument)!r} has a gap without a name"
        for place, argument in marked()
        if UNNAMED.search(texts(argument)) or re.search(r"{\w*}", texts(argument))
    }

    judge("named gaps", breaches, mend="%(count)d instead of %d; word order differs between languages.")
