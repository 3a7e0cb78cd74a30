"""What forms of every app share."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar, which shows it the reader's way and always sends it as ISO."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Say what can be chosen in a field, when that is known only once the form is made."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


def offer_rows(form: forms.BaseForm, name: str, rows: Any) -> None:
    """The same for a field whose choices are rows of the database."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows
