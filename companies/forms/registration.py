"""The first sections of the public registration: who, which company, where. Answers are plain values for JSON."""

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from companies.forms.section import Section, one_of, with_hints
from companies.identity import register_number_is_wrong, vat_is_wrong
from regions.models import Country, Region
from regions.selectors import region_for_postcode
from tibs.core.forms import offer
from tibs.core.languages import LANGUAGES

FIRST_YEAR = 1200
CHECKS = {"register_number": register_number_is_wrong, "vat_number": vat_is_wrong}


class AboutSection(Section):
    code, title = "about", _("About you")
    intro = _("So that your innovation broker can reach you, in your language.")

    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a letter there to confirm the registration. You sign in with it later."),
        max_length=254,
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    job_title = forms.CharField(label=_("Your position"), max_length=100, required=False)
    language = one_of(LANGUAGES, label=_("Language in which we write to you"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", get_language())
        with_hints(
            self,
            name="autocomplete:name",
            email="autocomplete:email",
            phone="autocomplete:tel",
            job_title="autocomplete:organization-title",
        )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class CompanySection(Section):
    code, title = "company", _("Your company")

    name = forms.CharField(
        label=_("Legal name"), help_text=_("As it stands in the register."), max_length=200
    )
    country = forms.ChoiceField(label=_("Country"))
    register_number = forms.CharField(
        label=_("Register number"),
        help_text=_("You find it on your invoices. Your broker sees by it whether you have met TIBS before."),
        max_length=40,
    )
    vat_number = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    founded_year = forms.IntegerField(label=_("Year of foundation"), required=False, min_value=FIRST_YEAR)
    # The numbers that were pointed out as odd: who sends them again insists, and is believed.
    odd = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Country.objects.active().order_by("name").values_list("code", "name")
        offer(self, "country", [("", _("Choose a country")), *countries])
        self.fields["website"].widget = forms.TextInput(attrs={"inputmode": "url"})
        with_hints(self, name="autocomplete:organization", country="autocomplete:country")

    def clean_founded_year(self) -> int | None:
        year: int | None = self.cleaned_data["founded_year"]
        if year and year > datetime.fromtimestamp(self._now, UTC).year:
            raise forms.ValidationError(gettext("This year has not come yet."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        wrong = [
            name
            for name, is_wrong in CHECKS.items()
            if is_wrong(cleaned.get("country", ""), cleaned.get(name, ""))
        ]
        odd = " ".join(cleaned[name] for name in wrong)
        if odd != cleaned.pop("odd", ""):
            for name in wrong:
                self.add_error(
                    name,
                    gettext(
                        "Please check the number: a digit seems to be wrong. If it is right, send it again."
                    ),
                )
            self.write_back("odd", odd)
        return cleaned


class PlaceSection(Section):
    code, title = "place", _("Where you are")
    intro = _("Your region decides which broker answers.")

    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=12)
    city = forms.CharField(label=_("Town"), max_length=100)
    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("We find it by your postcode. Choose it yourself if the postcode is not known."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region", [("", _("Find it by the postcode")), *self._regions()])
        with_hints(
            self,
            street="autocomplete:street-address",
            postcode="autocomplete:postal-code",
            city="autocomplete:address-level2",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        country = Country.objects.filter(code=self.home).first()
        if country and cleaned.get("postcode") and not cleaned.get("region"):
            found = region_for_postcode(country, cleaned["postcode"])
            if found is None and "region" not in self.errors:
                unknown = gettext("We do not know this postcode. Please choose your region from the list.")
                self.add_error("region", unknown)
            cleaned["region"] = found.code if found else ""
        return cleaned

    def _regions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The small regions of the country, below the larger ones that they lie in."""
        rows = Region.objects.active().filter(level=3, country=self.home).select_related("parent")
        sorted_rows = sorted(rows, key=lambda region: (str(region.parent), region.name))
        return [
            (around, [(region.code, region.name) for region in inside])
            for around, inside in groupby(sorted_rows, key=lambda region: str(region.parent))
        ]
