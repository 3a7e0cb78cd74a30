"""How somebody wants to hear of new opportunities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.choices import Frequency
from companies.forms.human import HumanForm
from companies.forms.section import with_hints


class FrequencyForm(forms.Form):
    frequency = forms.ChoiceField(
        label=_("How often?"),
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        help_text=_("Only when there is something new, and never the same twice."),
    )


class VisitorSearchForm(FrequencyForm, HumanForm):
    """The same for somebody without an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a letter there to confirm it. We use it for this search only."),
        max_length=254,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_hints(self, email="autocomplete:email")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
