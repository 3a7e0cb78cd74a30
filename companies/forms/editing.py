"""Forms that correct facts about companies and people."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from companies.forms.profile_fields import brands_field
from companies.models import Company, Contact, Interaction
from companies.services.editing import COMPANY_FIELDS, CONTACT_FIELDS
from regions.models import NaceCode, Region
from tibs.core.forms import fields_of, offer_rows


class VersionedForm(forms.Form):
    """A form that knows which version of its row was read, and what it said then.

    It takes its fields from the model, and leaves the rules of the row to the service, which checks it as it stands
    when it is written.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000_000)

    def __init__(
        self, *args: Any, thing: Company | Contact | Interaction, names: Collection[str], **kwargs: Any
    ) -> None:
        self.thing = thing
        kwargs["initial"] = model_to_dict(thing, fields=names) | {"version": thing.version}
        super().__init__(*args, **kwargs)
        self.fields |= fields_of(type(thing), names)
        for name in names:
            self.fields[name].show_hidden_initial = True

    @property
    def values(self) -> dict[str, Any]:
        """What was given, without the version, as the service takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class CompanyForm(VersionedForm):
    """What is known about a company."""

    def __init__(self, *args: Any, thing: Company, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, names=COMPANY_FIELDS, **kwargs)
        nearby = Region.objects.filter(country=thing.country_id, level=3).order_by("name", "pk")
        offer_rows(self, "region", nearby)
        self.fields["brands"] = brands_field(show_hidden_initial=True)
        self.initial["nace"] = thing.nace.code if thing.nace else ""
        self.fields["nace"] = forms.CharField(
            label=self.fields["nace"].label,
            required=False,
            max_length=10,
            help_text=_("The NACE code, such as 16.23."),
            show_hidden_initial=True,
        )

    def clean_nace(self) -> NaceCode | None:
        """A branch by its code: a list of a thousand would help nobody."""
        code = self.cleaned_data["nace"].strip().upper()
        found = NaceCode.objects.filter(code=code).first() if code else None
        if code and not found:
            raise forms.ValidationError(cast("str", _("There is no such NACE code.")))
        return found


class ContactForm(VersionedForm):
    """A person at a company."""

    def __init__(self, *args: Any, thing: Contact, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, names=CONTACT_FIELDS, **kwargs)
