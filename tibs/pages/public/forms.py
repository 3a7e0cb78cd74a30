"""The form of the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.catalogue.search import BEST, LONGEST_WORDS, NEWEST, Search
from companies.choices import Area, Cooperation, PartnerKind, ProfileType
from regions.models import Country, S3Domain
from tibs.core.forms import offer

ORDERS = [(NEWEST, _("Newest first")), (BEST, _("Best first"))]


def _any_of(label: Any, choices: Any = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class CatalogueForm(forms.Form):
    """What the catalogue is narrowed to, and its order; everything may stay empty."""

    q = forms.CharField(
        label=_("Words or reference"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    sort = forms.ChoiceField(choices=ORDERS, required=False, widget=forms.HiddenInput)
    type = _any_of(_("Kind"), ProfileType.choices)
    country = _any_of(_("Country"))
    area = _any_of(_("Part of the value chain"), Area.choices)
    domain = _any_of(_("Domain"))
    cooperation = _any_of(_("Ways to work together"), Cooperation.choices)
    partner = _any_of(_("Partner wished for"), PartnerKind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "country", Country.objects.active().order_by("name").values_list("code", "name"))
        offer(self, "domain", S3Domain.objects.active().order_by("position").values_list("code", "name"))

    @property
    def search(self) -> Search:
        """What was asked for; without anything while something in the form is wrong."""
        return Search.of(self.cleaned_data) if self.is_valid() else Search()

    @property
    def order(self) -> str:
        """The chosen order; words are looked for best first."""
        chosen = self.cleaned_data.get("sort") if self.is_valid() else ""
        return str(chosen or (BEST if self.search.words else NEWEST))
