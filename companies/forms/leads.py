"""The form by which a broker brings in a company."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.choices import MoneyBand
from companies.forms.section import one_of, with_hints
from companies.identity import normalised_register_number, normalised_vat
from companies.services.leads import LeadContact, LeadFacts
from regions.models import Country, NaceCode, Region
from tibs.core.forms import offer_rows
from tibs.core.languages import LANGUAGES

MINE, ROUTED = "mine", "routed"
ABOUT_CONTACT = ("contact_name", "email", "phone", "language", "care")
AS_THEY_ARE = (
    "name", "website", "street", "postcode", "city", "region", "nace", "staff_count", "turnover_band",
)  # fmt: skip


class NewCompanyForm(forms.Form):
    """A company and the person who speaks for it; what is not known yet may stay empty.

    `is_another` says that it is none of the companies that look like it.
    """

    name = forms.CharField(label=_("Legal name"), max_length=200)
    country = forms.ModelChoiceField(
        Country.objects.none(), label=_("Country"), empty_label=_("Choose a country")
    )
    register_number = forms.CharField(label=_("Register number"), max_length=40, required=False)
    vat_number = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=12, required=False)
    city = forms.CharField(label=_("Town"), max_length=100, required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("Region"), required=False, empty_label=_("Find it by the postcode")
    )
    nace = forms.ModelChoiceField(
        NaceCode.objects.none(), label=_("Main branch"), required=False, empty_label=_("Not known")
    )
    staff_count = forms.IntegerField(
        label=_("Number of staff"), min_value=0, max_value=1_000_000, required=False
    )
    turnover_band = forms.ChoiceField(
        label=_("Yearly turnover"), choices=[("", _("Not known")), *MoneyBand.choices], required=False
    )
    contact_name = forms.CharField(label=_("Name of the contact person"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language in which we write"), choices=LANGUAGES)
    care = one_of(
        [(MINE, _("I take care of it")), (ROUTED, _("Propose it to the broker of its region"))],
        label=_("Who takes care of this company?"),
        initial=MINE,
    )
    is_another = forms.BooleanField(label=_("It is none of these companies. Add it."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "country": Country.objects.active().order_by("name"),
            "region": Region.objects.active().filter(level=3).order_by("country", "name"),
            "nace": NaceCode.objects.active().filter(level=2).order_by("code"),
        }
        for name, queryset in rows.items():
            offer_rows(self, name, queryset)
        self.fields["website"].widget = forms.TextInput(attrs={"inputmode": "url"})
        with_hints(self, email="autocomplete:off", contact_name="autocomplete:off")

    @property
    def about_company(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name not in {*ABOUT_CONTACT, "is_another"}]

    @property
    def about_contact(self) -> list[forms.BoundField]:
        return [self[name] for name in ABOUT_CONTACT]

    @property
    def facts(self) -> LeadFacts:
        values = self.cleaned_data
        country = values["country"]
        return LeadFacts(
            country=country,
            register_number=normalised_register_number(country.code, values["register_number"]),
            vat_number=normalised_vat(country.code, values["vat_number"]),
            **{name: values[name] for name in AS_THEY_ARE},
        )

    @property
    def contact(self) -> LeadContact:
        values = self.cleaned_data
        return LeadContact(
            name=values["contact_name"],
            email=values["email"].lower(),
            language=values["language"],
            phone=values["phone"],
        )
