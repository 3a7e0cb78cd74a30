"""Forms that ask what a model asks."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Model
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from companies.forms.profile_fields import WordsField
from tibs.core.forms import fields_of


class RowForm(forms.Form):
    """A form that takes its questions from a model, and leaves the rules of the row to the service.

    What a form declares itself stands in the place of what the model would ask. Long texts are counted while they
    are written, and none is cut.
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
        asked = fields_of(
            self.model,
            self.names,
            widgets=widgets,
            help_texts=hints,
            field_classes=dict.fromkeys(self.long_texts, WordsField),
        )
        self.fields = asked | self.fields
        self.order_fields(self.names)


class VersionedForm(RowForm):
    """The same for a row that two people may correct at a time: the form carries the version that was read, 0 where
    there was none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial["version"] = getattr(row, "version", 0)

    def clean_version(self) -> int:
        return int(self.cleaned_data["version"] or 0)

    def read_again(self, now: "VersionedForm") -> None:
        """What was typed stays; sent once more, it is an answer to the version of that form."""
        data = cast("QueryDict", self.data).copy()
        data["version"] = str(now.initial["version"])
        self.data = data


def differing(mine: VersionedForm, theirs: VersionedForm) -> list[tuple[str, str]]:
    """What somebody else saved where it differs from what was typed: each question with their answer."""
    return [
        (str(mine[name].label), _shown(theirs, name))
        for name in theirs.names
        if _shown(mine, name) != _shown(theirs, name)
    ]


def shown_answers(form: RowForm) -> list[tuple[str, str]]:
    """Each question with what the row answers, '' where it was left open."""
    is_open = (None, "")
    return [
        (str(form[name].label), "" if form[name].value() in is_open else _shown(form, name))
        for name in form.names
    ]


def _shown(form: RowForm, name: str) -> str:
    """The value of a field as people read it."""
    value = form[name].value()
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    labels = {
        str(code): str(label)
        for code, label in getattr(form.fields[name], "choices", ())
        if not isinstance(label, list | tuple)
    }
    values = value if isinstance(value, list | tuple) else [value]
    written = [str(form[name].field.prepare_value(one) if one is not None else "") for one in values]
    return ", ".join(labels.get(one, one) for one in sorted(written)).replace("\r\n", "\n").strip()
