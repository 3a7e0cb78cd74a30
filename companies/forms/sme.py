"""Forms of the pages of a company's own people, and of what a broker writes down for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.choices import Purpose
from companies.forms.profile_fields import WordsField, brands_field
from companies.models import Company, Contact
from companies.models.message import LONGEST_MESSAGE
from companies.services.own_data import OF_THE_COMPANY, OF_THE_PERSON
from tibs.core.languages import LANGUAGES


class DecisionForm(forms.Form):
    """One decision of the ledger; it is sent by the button that makes it, so nobody fills it in."""

    purpose = forms.ChoiceField(choices=Purpose.choices)
    decision = forms.ChoiceField(choices=[("give", _("Agree")), ("withdraw", _("Withdraw"))])
    recipient = forms.CharField(max_length=60, required=False)
    shown = forms.CharField(max_length=64, required=False)


class MessageForm(forms.Form):
    body = WordsField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CorrectionForm(forms.Form):
    body = WordsField(
        label=_("What is wrong, and what is right?"),
        help_text=_("Your broker gets this as a message and corrects it."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OwnDataForm(forms.Form):
    """What a person of the company may change without asking."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    job_title = forms.CharField(label=_("Your position"), max_length=100, required=False)
    phone = forms.CharField(label=_("Your phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language of our letters"), choices=LANGUAGES)
    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    brands = brands_field()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    @classmethod
    def of(cls, company: Company, contact: Contact, data: Any = None) -> "OwnDataForm":
        """The form with what stands there now."""
        initial = {name: getattr(company, name) for name in (*OF_THE_COMPANY, "version")}
        initial |= {name: getattr(contact, name) for name in OF_THE_PERSON}
        return cls(data, initial=initial)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ErasureForm(forms.Form):
    """Erasing cannot be undone, so it is asked for in so many words."""

    agreed = forms.BooleanField(label=_("I know that this cannot be undone."))
