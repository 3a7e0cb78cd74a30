"""Forms of the public pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.choices import Area, ProfileType
from companies.models.profile import ProfileQuerySet
from regions.models import Country, S3Domain
from tibs.core.forms import offer
from tibs.core.search_text import fold


class OpportunityFilter(forms.Form):
    """What the list of opportunities is narrowed to; everything may stay empty."""

    q = forms.CharField(label=_("Words or reference"), max_length=100, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    domain = forms.ChoiceField(label=_("Domain"), required=False)
    type = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *ProfileType.choices], required=False
    )
    area = forms.ChoiceField(
        label=_("Part of the value chain"), choices=[("", _("All parts")), *Area.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Country.objects.active().order_by("name").values_list("code", "name")
        domains = S3Domain.objects.active().order_by("position").values_list("code", "name")
        self._offer("country", _("All countries"), countries)
        self._offer("domain", _("All domains"), domains)

    def narrow(self, profiles: ProfileQuerySet) -> ProfileQuerySet:
        """The profiles that fit; none while something in the form is wrong."""
        if not self.is_valid():
            return profiles.none()
        chosen = self.cleaned_data
        lookups = {
            "company__country": chosen["country"],
            "domain": chosen["domain"],
            "type": chosen["type"],
            "area": chosen["area"],
        }
        found = profiles.filter(**{name: value for name, value in lookups.items() if value})
        return found.filter(_holds(chosen["q"]))

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def _offer(self, name: str, everything: object, choices: Iterable[tuple[str, str]]) -> None:
        offer(self, name, [("", everything), *choices])


def _holds(words: str) -> Q:
    """Every word stands in some text of the profile, whatever the accents; or it is the reference itself."""
    texts = Q()
    for word in fold(words).split():
        texts &= Q(search_text__contains=word)
    return texts | Q(reference=words.strip().upper()) if texts else texts
