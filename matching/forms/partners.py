"""Forms of the matching pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.forms.profile_fields import WordsField
from matching.services.partners import LONGEST_REQUEST, Request
from regions.models import Country
from tibs.core.forms import offer
from tibs.core.languages import LANGUAGES


class PartnerSearchForm(forms.Form):
    """What somebody seeks, in which language it is said, and where the firm is at home."""

    text = WordsField(
        label=_("Your request"),
        help_text=_(
            "What kind of partner is sought? One or two sentences are enough, in any of the languages."
        ),
        max_length=LONGEST_REQUEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Say what kind of partner is sought."),
            "max_length": _("The request is too long. Please say it in at most 2,000 characters."),
        },
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES)
    country = forms.ChoiceField(
        label=_("Home country of the firm"), help_text=_("Partners come from the other countries.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Country.objects.active().order_by("name").values_list("code", "name")
        offer(self, "country", countries)

    def request(self) -> Request:
        """The valid form as the engine takes it."""
        values = self.cleaned_data
        return Request(text=values["text"], language=values["language"], country=values["country"])
