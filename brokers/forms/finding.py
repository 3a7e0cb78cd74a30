"""The form by which firms find their broker."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.models import Country, Region
from regions.models.region import RegionLevel
from regions.selectors import region_for_postcode
from tibs.core.forms import offer


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
        offer(self, "country", names)
        groups = [
            (name, [(key, one.name) for key, one in self._regions.items() if one.country_id == code])
            for code, name in names
        ]
        offer(self, "region", [("", _("All regions")), *(group for group in groups if group[1])])

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
