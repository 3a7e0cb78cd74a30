"""The form in which somebody confirms words for a company."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignerForm(forms.Form):
    """Who confirms words for a company, and which words."""

    signer = forms.CharField(label=_("Your name and position"), max_length=120)
    shown_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    company = forms.CharField(widget=forms.HiddenInput, max_length=24)
