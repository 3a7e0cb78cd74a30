"""Forms about partner sites and their keys."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from brokers.scopes import Scope
from tibs.core.forms import offer
from tibs.figures import API_KEY_LIFE


class SiteForm(forms.Form):
    """A partner site that may call the API."""

    name = forms.CharField(label=_("Name"), max_length=60)
    website = forms.URLField(label=_("Website"), max_length=300, assume_scheme="https")
    contact_email = forms.EmailField(label=_("Technical contact"), max_length=254)
    organisation = forms.ChoiceField(label=_("Organisation that vouches for it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = HostOrganisation.objects.active().order_by("number")
        self._hosts = {host.public_id: host for host in hosts}
        names = [(key, host.short_name) for key, host in self._hosts.items()]
        offer(self, "organisation", names)

    def facts(self) -> dict[str, Any]:
        """The valid form as the service takes it."""
        given = self.cleaned_data
        return given | {"organisation": self._hosts[given["organisation"]]}


class KeyForm(forms.Form):
    """A new key of a partner site."""

    scopes = forms.MultipleChoiceField(
        label=_("What the key is for"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label=_("Days that the key works"),
        min_value=1,
        max_value=API_KEY_LIFE.days,
        initial=API_KEY_LIFE.days,
    )
