"""What forms of every app share."""

from collections.abc import Collection, Iterable
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar, which shows it the reader's way and always sends it as ISO."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)


def fields_of(model: type[Model], names: Collection[str], **options: Any) -> dict[str, forms.Field]:
    """The fields of a model for a form. What is not chosen yet is said in the reader's language; the framework's own
    words for it are English in some."""
    fields = fields_for_model(model, fields=names, **options)
    for field in fields.values():
        nothing = cast("str", _("Choose") if field.required else _("Not known"))
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = field.empty_label and nothing
        elif isinstance(field, forms.ChoiceField):
            offered = cast("Iterable[tuple[Any, Any]]", field.choices)
            field.choices = [(code, label if code else nothing) for code, label in offered]
    return fields


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Say what can be chosen in a field, when that is known only once the form is made."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


def offer_rows(form: forms.BaseForm, name: str, rows: Any) -> None:
    """The same for a field whose choices are rows of the database."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows
