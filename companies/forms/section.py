"""What the sections of the public registration have in common: a page of a few questions each."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.forms.human import HumanForm
from companies.forms.profile_fields import WordsField


class Section(HumanForm):
    """One section. `others` are the answers of the other sections."""

    code: ClassVar[str]
    title: ClassVar[Promise]
    intro: ClassVar[Promise | str] = ""

    def __init__(self, *args: Any, others: Mapping[str, Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        for field in self.fields.values():
            field.error_messages["required"] = _("Please answer this question.")

    @property
    def answers(self) -> dict[str, Any]:
        """What is kept of a valid section."""
        return {name: value for name, value in self.cleaned_data.items() if name not in HumanForm.base_fields}

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields that people answer."""
        return [bound for bound in self.visible_fields() if bound.name not in HumanForm.base_fields]

    @property
    def home(self) -> str:
        """The code of the company's country, as far as it is known."""
        return str(self.others.get("company", {}).get("country", ""))


def long_text(most: int, rows: int, **options: Any) -> WordsField:
    return WordsField(max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


def one_of(choices: Iterable[tuple[str, Any]], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(choices), widget=forms.RadioSelect, **options)


def some_of(choices: Iterable[tuple[str, Any]], **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=list(choices), widget=forms.CheckboxSelectMultiple, required=False, **options
    )


def with_hints(form: forms.Form, **hints: str) -> None:
    """Tell browsers what belongs into fields, for filling them in and for the keyboard that they show."""
    for name, hint in hints.items():
        kind, _sep, value = hint.partition(":")
        form.fields[name].widget.attrs[kind] = value
