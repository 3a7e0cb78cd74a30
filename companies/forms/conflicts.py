"""Two versions of one form, side by side."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext


@dataclass(frozen=True)
class Version:
    """One of the two values of a field: what a form sends, and how people read it."""

    sent: str
    shown: str


@dataclass(frozen=True)
class Difference:
    """A field that two people left different. `kept` is "mine" or "theirs" where only one of them changed it, and
    "" where both did and a person must choose."""

    name: str
    label: str
    mine: Version
    theirs: Version
    kept: str


def differences(mine: forms.BaseForm, theirs: forms.BaseForm) -> list[Difference]:
    """Where what somebody sent (a bound form) differs from how the thing stands now (a fresh form of it)."""
    return [
        Difference(
            name=name,
            label=str(mine[name].label),
            mine=_version(mine[name], sent),
            theirs=_version(theirs[name], stands),
            kept=_kept(_first_read(mine, name), sent, stands),
        )
        for name in _visible(mine)
        if (sent := _sent(mine[name])) != (stands := _sent(theirs[name]))
    ]


def agreed(mine: forms.BaseForm, theirs: forms.BaseForm) -> list[tuple[str, str]]:
    """Names and values of the fields in which both versions are the same, to be sent along."""
    return [(name, sent) for name in _visible(mine) if (sent := _sent(mine[name])) == _sent(theirs[name])]


def now_read(theirs: forms.BaseForm) -> list[tuple[str, str]]:
    """Names and values by which the next form knows what was read this time."""
    return [(theirs[name].html_initial_name, _sent(theirs[name])) for name in _visible(theirs)]


def _visible(form: forms.BaseForm) -> list[str]:
    return [name for name in form.fields if not form[name].is_hidden]


def _sent(field: BoundField) -> str:
    """The value as a form sends it; a box that is not ticked sends nothing."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return "on" if value and value not in {"False", "false"} else ""
    written = field.field.hidden_widget().format_value(value)
    return str("" if written is None else written).replace("\r\n", "\n").strip()


def _first_read(form: forms.BaseForm, name: str) -> str | None:
    """What the field held when the form was drawn, as `_sent` writes it; None if the form does not say."""
    value = form.data.get(form[name].html_initial_name)
    if value is None or not isinstance(form.fields[name], forms.BooleanField):
        return value if value is None else str(value).replace("\r\n", "\n").strip()
    return "on" if value in {"True", "on"} else ""


def _kept(read: str | None, mine: str, theirs: str) -> str:
    if read == mine:
        return "theirs"
    return "mine" if read == theirs else ""


def _version(field: BoundField, sent: str) -> Version:
    if isinstance(field.field, forms.BooleanField):
        return Version(sent, gettext("Yes") if sent else gettext("No"))
    choices = (
        getattr(field.field, "choices", ()) if not isinstance(field.field.widget, forms.TextInput) else ()
    )
    labels = {str(getattr(code, "value", code)): str(label) for code, label in choices}
    if isinstance(field.field, forms.MultipleChoiceField):
        return Version(sent, ", ".join(labels.get(code, code) for code in sent.split(",")) if sent else "")
    return Version(sent, labels.get(sent, sent) if sent else "")
