"""Forms of the public pages."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.choices import Area, ProfileType
from companies.models.profile import ProfileQuerySet
from regions.models import Country, Region, S3Domain
from regions.models.region import RegionLevel
from regions.selectors import region_for_postcode
from tibs.core.search_text import fold


class BrokerFinder(forms.Form):
    """Where a firm is: its postcode, or its region from a list."""

    country = forms.ChoiceField(label=_("Country"))
    postcode = forms.CharField(label=_("Postcode"), max_length=12, required=False)
    region = forms.ChoiceField(label=_("or region"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._countries = {country.code: country for country in Country.objects.active().order_by("name")}
        regions = Region.objects.active().filter(level=RegionLevel.BASIC).order_by("name")
        self._regions = {region.code: region for region in regions}
        names = [(code, country.name) for code, country in self._countries.items()]
        cast("forms.ChoiceField", self.fields["country"]).choices = names
        groups = [
            (name, [(key, one.name) for key, one in self._regions.items() if one.country_id == code])
            for code, name in names
        ]
        cast("forms.ChoiceField", self.fields["region"]).choices = [
            ("", _("All regions")),
            *(group for group in groups if group[1]),
        ]

    def clean(self) -> dict[str, Any]:
        """Find the region; a region from the list brings its country along."""
        given: dict[str, Any] = super().clean() or {}
        region = self._regions.get(given.get("region") or "")
        country = region.country_id if region else given.get("country")
        self.home = self._countries.get(country or "")
        self.place = region
        if self.home and given.get("postcode"):
            self.place = region_for_postcode(self.home, given["postcode"])
            if self.place is None:
                self.add_error("postcode", _("This is not a postcode of that country."))
        return given


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
        cast("forms.ChoiceField", self.fields[name]).choices = [("", everything), *choices]


def _holds(words: str) -> Q:
    """Every word stands in some text of the profile, whatever the accents; or it is the reference itself."""
    texts = Q()
    for word in fold(words).split():
        texts &= Q(search_text__contains=word)
    return texts | Q(reference=words.strip().upper()) if texts else texts
