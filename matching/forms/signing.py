"""The form in which somebody confirms words for a company."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignerForm(forms.Form):
    """Who confirms words for a company, and which words; a broker writes down who at the company said so."""

    signer = forms.CharField(label=_("Your name and position"), max_length=120)
    shown_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    company = forms.CharField(widget=forms.HiddenInput, max_length=24)

    def __init__(self, *args: Any, speaks_for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if speaks_for_another:
            self.fields["signer"].label = _("Who at the company said so, name and position")
