"""The answers of a registration as people read them before they send it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise

from companies.forms.sections import SECTIONS
from companies.views.registration_session import filled_form

# Questions that help to answer others, or that are no answer to show.
UNSHOWN = frozenset({"stamp", "extra", "odd", "words", "broad", "may_speak"})


@dataclass(frozen=True)
class Part:
    """One section: its questions with answers in words, and where to change them."""

    title: Promise
    url: str
    facts: list[tuple[str, str]]


def summary(answers: dict[str, dict[str, Any]], now: float) -> list[Part]:
    return [
        Part(
            title=section.title,
            url=reverse("register_section", args=[code]),
            facts=[
                (str(bound.label), _in_words(bound))
                for bound in filled_form(section, answers, now)
                if bound.name not in UNSHOWN
            ],
        )
        for code, section in SECTIONS.items()
    ]


def _in_words(bound: forms.BoundField) -> str:
    value, field = bound.value(), bound.field
    if not isinstance(field, forms.ChoiceField):
        return str(value if value is not None else "")
    labels = dict(_flat(field.choices))
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(labels[code]) for code in chosen if code and code in labels)


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    """Choices without the groups that they stand in."""
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label
