"""Long texts in all forms: nothing is cut without a word."""

import importlib
import pkgutil

import pytest
from django import forms

from companies.forms.profile_fields import WordsField


def forms_of(package: str) -> list[type[forms.BaseForm]]:
    found = importlib.import_module(package)
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages(found.__path__, f"{package}.")
    ]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, forms.BaseForm)
        and value.__module__ == module.__name__
    ]


LONG = [
    pytest.param(field, id=f"{form.__name__}.{name}")
    for package in ("companies.forms", "matching.forms")
    for form in forms_of(package)
    for name, field in getattr(form, "base_fields", {}).items()
    if isinstance(field.widget, forms.Textarea)
]


@pytest.mark.parametrize("field", LONG)
def test_no_browser_is_told_to_cut(field):
    assert "maxlength" not in field.widget.attrs


@pytest.mark.parametrize("field", [one for one in LONG if isinstance(one.values[0], WordsField)])
def test_line_break_counts_as_one_sign(field):
    assert field.to_python("a\r\nb") == "a\nb"
    assert field.most > 0


def test_the_forms_were_found():
    assert len(LONG) > 20
