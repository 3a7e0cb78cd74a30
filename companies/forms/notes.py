"""Forms of the daily work with a company: contact log, next step, stage, hand-over."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.choices import Channel, Support, WaitsFor
from companies.forms.editing import VersionedForm
from companies.forms.profile_fields import WordsField
from companies.models import Company, Interaction, NextStep
from companies.services.next_steps import Step
from companies.services.ownership import colleagues
from companies.services.stages import LONGEST_REASON
from companies.stages import RESTING
from tibs.accounts.models import User
from tibs.core.forms import DayField

NOON = time(12)
NEXT = ("next_what", "next_due_date", "next_waits_for")
NOTED = ("channel", "hours", "support", "content", "people", "language")


class NextStepForm(forms.Form):
    """What to do next; nothing of it may be missing."""

    what = forms.CharField(label=_("What to do next"), max_length=200)
    due_date = DayField(label=_("Until"))
    waits_for = forms.ChoiceField(label=_("Waits for"), choices=WaitsFor, initial=WaitsFor.US)

    def __init__(self, *args: Any, step: NextStep | None = None, **kwargs: Any) -> None:
        if step:
            kwargs["initial"] = {"what": step.what, "due_date": step.due_date, "waits_for": step.waits_for}
        super().__init__(*args, **kwargs)

    def step(self) -> Step:
        """The valid form as the service takes it."""
        values = self.cleaned_data
        return Step(values["what"], values["due_date"], WaitsFor(values["waits_for"]))


class DoneForm(NextStepForm):
    """The step is done; the one after it may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("what", "due_date"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        refuse_half_a_step(self, values, "what", "due_date")
        return values

    def following(self) -> Step | None:
        return self.step() if self.cleaned_data.get("what") else None


def refuse_half_a_step(form: forms.Form, values: dict[str, Any], what: str, due_date: str) -> None:
    """A step that may be left out is left out whole."""
    for name, other in ((what, due_date), (due_date, what)):
        if values.get(other) and not values.get(name) and name not in form.errors:
            form.add_error(name, gettext("A next step has a text and a day."))


class InteractionForm(VersionedForm):
    """A contact with a company; what is asked first has an answer already, so that a call is logged at once."""

    day = DayField(label=_("Day"), show_hidden_initial=True)

    field_order = ("channel", "day", "hours", "support", "content", "people", "language")

    def __init__(self, *args: Any, thing: Interaction, **kwargs: Any) -> None:
        self._entry, self._zone = thing, ZoneInfo(thing.company.country.time_zone)
        super().__init__(*args, thing=thing, names=NOTED, **kwargs)
        self.fields["content"].widget.attrs["rows"] = 3
        self.initial["day"] = thing.at.astimezone(self._zone).date()
        self.order_fields(self.field_order)

    @property
    def values(self) -> dict[str, Any]:
        """The valid form as the service takes it."""
        given = dict(super().values)
        return given | {"at": self._moment(given.pop("day"))}

    def _moment(self, day: date) -> datetime:
        """The same moment for the same day, now for today, else noon: people remember days."""
        for moment in (self._entry.at, timezone.now()):
            if moment.astimezone(self._zone).date() == day:
                return moment
        return datetime.combine(day, NOON, self._zone)


class LogForm(InteractionForm):
    """A new entry of the contact log, and what is to be done next after it."""

    next_what = forms.CharField(label=_("What to do next"), max_length=200, required=False)
    next_due_date = DayField(label=_("Until"), required=False)
    next_waits_for = forms.ChoiceField(
        label=_("Waits for"), choices=WaitsFor, initial=WaitsFor.US, required=False
    )

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, thing=call_now(company), **kwargs)
        if company.stage in RESTING:
            for name in NEXT:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "next_what" in self.fields:
            refuse_half_a_step(self, values, "next_what", "next_due_date")
        return values

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if name not in NEXT}

    def following(self) -> Step | None:
        """The next step, if one was given."""
        what, due_date, waits_for = (self.cleaned_data.get(name) for name in NEXT)
        return Step(what, due_date, WaitsFor(waits_for or WaitsFor.US)) if what and due_date else None


def call_now(company: Company) -> Interaction:
    """A short call of this minute: what a new entry of the contact log says before anybody types."""
    return Interaction(
        company=company,
        at=timezone.now(),
        channel=Channel.CALL,
        hours=Decimal("0.25"),
        support=Support.ADVICE,
        language=company.language,
    )


class MoveForm(forms.Form):
    """Where a company goes, and why."""

    to = forms.CharField(max_length=20)
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, required=False)


class HandOverForm(forms.Form):
    """Which colleague takes a company over."""

    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())
    note = WordsField(
        label=_("What the colleague should know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[User]", self.fields["to"])
        field.queryset = colleagues(company).exclude(pk=company.owner_id or 0).order_by("name", "pk")
