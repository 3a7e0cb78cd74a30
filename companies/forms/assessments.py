"""Forms of assessments beside the questions themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.assessments.instrument import BARRIERS
from companies.assessments.words import Words
from companies.choices import WaitsFor
from tibs.core.forms import DayField


class StepForm(forms.Form):
    """One step of an action plan; the barriers to choose from are those of the assessment's instrument."""

    what = forms.CharField(label=_("What is to be done?"), max_length=300)
    waits_for = forms.ChoiceField(label=_("Who does it?"), choices=WaitsFor, initial=WaitsFor.COMPANY)
    due_date = DayField(label=_("Until when?"), required=False)
    referral = forms.CharField(
        label=_("Sent on to"),
        help_text=_("An organisation that helps with this, if there is one."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, spoken: Words, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(code, spoken.text("items", code)) for code in spoken.instrument.items[BARRIERS]]
        self.fields["barrier"] = forms.ChoiceField(
            label=_("Against which barrier?"), required=False, choices=[("", _("None in particular")), *named]
        )
