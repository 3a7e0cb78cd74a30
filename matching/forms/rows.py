"""Forms that ask what a model asks."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Model
from django.forms.models import fields_for_model, model_to_dict
from django.utils.functional import Promise


class RowForm(forms.Form):
    """A form that takes its questions from a model, and leaves the rules of the row to the service.

    What a form declares itself stands in the place of what the model would ask.
    """

    model: ClassVar[type[Model]]
    names: ClassVar[tuple[str, ...]]
    long_texts: ClassVar[tuple[str, ...]] = ()
    hints: ClassVar[Mapping[str, Promise]] = {}

    def __init__(self, *args: Any, row: Model | None = None, **kwargs: Any) -> None:
        if row:
            kwargs["initial"] = model_to_dict(row, fields=self.names)
        super().__init__(*args, **kwargs)
        widgets: dict[str, type[forms.Widget] | forms.Widget] = {
            name: forms.Textarea(attrs={"rows": 4}) for name in self.long_texts
        }
        hints = {name: cast("str", words) for name, words in self.hints.items()}
        asked = fields_for_model(self.model, fields=self.names, widgets=widgets, help_texts=hints)
        self.fields = asked | self.fields
        self.order_fields(self.names)
