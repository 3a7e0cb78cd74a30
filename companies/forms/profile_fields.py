"""Fields of forms about profiles: texts whose length counts as people count, sets, and keywords."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _


class WordsField(forms.CharField):
    """A text that somebody writes. A line break counts as one sign, and a browser never cuts what is too long.

    `most` characters fit, which pages count as they are written; `counted` gives that number where the service judges.
    """

    def __init__(self, *, counted: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.most = counted or self.max_length or 0

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value).replace("\r\n", "\n") if value else value) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes


class JoinedHidden(forms.HiddenInput):
    """A set in one hidden field: `FI,LV`."""

    def format_value(self, value: Any) -> str:
        return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes to tick; takes a joined set as well, which the page of two versions sends."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        sent = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return [part for value in sent for part in value.split(",") if part]


class SetField(forms.MultipleChoiceField):
    """Any number of codes, none included, in the order of the choices."""

    widget = Boxes
    hidden_widget = JoinedHidden

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> list[str]:
        return sorted(set(super().clean(value)), key=self._place)

    def _place(self, code: str) -> int:
        offered = [str(value) for value, _label in self.widget.choices]
        return offered.index(code)


class NumbersField(SetField):
    """The same for codes that are numbers."""

    def clean(self, value: Any) -> Any:
        return [int(code) for code in super().clean(value)]


class KeywordsField(forms.CharField):
    """Words with commas between them, as a list; each once."""

    def to_python(self, value: Any) -> Any:
        words = (" ".join(word.split()) for word in (super().to_python(value) or "").split(","))
        return list(dict.fromkeys(word for word in words if word))

    def prepare_value(self, value: Any) -> str:
        return ", ".join(value) if isinstance(value, list) else str(value or "")


def brands_field(**kwargs: Any) -> KeywordsField:
    """The brands of a company, for the forms of its broker and of its people."""
    return KeywordsField(
        label=_("Brands and trade names"),
        help_text=_("With commas between them. They are kept out of texts that do not name the company."),
        required=False,
        **kwargs,
    )
