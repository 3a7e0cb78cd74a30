"""Forms of assessments beside the questions themselves."""

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from companies.assessments.instrument import BARRIERS
from companies.assessments.words import Words
from companies.choices import WaitsFor
from companies.forms.profile_fields import WordsField
from companies.models import ActionStep
from companies.services.assessments.steps import FIELDS
from tibs.core.forms import DayField


class ResumeLetterForm(forms.Form):
    """Where a visitor wants the link to their answers sent."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class GoalForm(forms.Form):
    """What a plan is to reach; it knows what stood there when it was drawn."""

    goal = WordsField(
        label=_("What is the plan to reach?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        show_hidden_initial=True,
    )

    def __init__(self, *args: Any, goal: str = "", **options: Any) -> None:
        options["initial"] = {"goal": goal, "version": ""}
        super().__init__(*args, **options)

    @property
    def values(self) -> dict[str, Any]:
        """The valid form as the service takes it; a form that does not say what was read takes its risk."""
        read = self.data.get(self["goal"].html_initial_name)
        return {
            "goal": self.cleaned_data["goal"],
            "read": None if read is None else self.fields["goal"].to_python(read),
        }


class StepForm(forms.Form):
    """One step of an action plan; the barriers to choose from are those of the assessment's instrument.

    With a `step` it changes that one, and knows which version of it was read.
    """

    what = forms.CharField(label=_("What is to be done?"), max_length=300)
    waits_for = forms.ChoiceField(label=_("Who does it?"), choices=WaitsFor, initial=WaitsFor.COMPANY)
    due_date = DayField(label=_("Until when?"), required=False)
    referral = forms.CharField(
        label=_("Sent on to"),
        help_text=_("An organisation that helps with this, if there is one."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, spoken: Words, step: ActionStep | None = None, **options: Any) -> None:
        if step:
            options["initial"] = model_to_dict(step, fields=FIELDS) | {"version": step.version}
        super().__init__(*args, **options)
        named = [(code, spoken.text("items", code)) for code in spoken.instrument.items[BARRIERS]]
        self.fields["barrier"] = forms.ChoiceField(
            label=_("Against which barrier?"), required=False, choices=[("", _("None in particular")), *named]
        )
        if step:
            for field in self.fields.values():
                field.show_hidden_initial = True
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=1, max_value=1_000_000_000
            )

    @property
    def values(self) -> dict[str, Any]:
        """The valid form as the service takes it."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def version(self) -> int:
        """Which version of the step was read."""
        version: int = self.cleaned_data["version"]
        return version
