"""Forms about what a broker can do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brokers.models import Broker, Training
from brokers.services.profiles import MOST_COMPANIES, BrokerProfile
from brokers.services.trainings import TrainingFacts
from regions.models import Region, S3Domain
from regions.models.region import RegionLevel
from tibs.core.forms import DayField, offer
from tibs.core.languages import LANGUAGES


class BrokerForm(forms.Form):
    """The whole profile of a broker."""

    languages = forms.MultipleChoiceField(
        label=_("Working languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"), help_text=_("New companies there come to you first.")
    )
    domains = forms.MultipleChoiceField(
        label=_("Domains"), required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(
        label=_("Companies at once"),
        help_text=_("How many you can serve well at the same time."),
        min_value=0,
        max_value=MOST_COMPANIES,
    )
    accepts_leads = forms.BooleanField(label=_("Takes new companies"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    deputy = forms.ChoiceField(
        label=_("Deputy"),
        help_text=_("Sees your companies in the own list of work while you are away."),
        required=False,
    )
    absent_from = DayField(label=_("Away from"), required=False)
    absent_until = DayField(label=_("Away until, this day included"), required=False)

    def __init__(self, data: Any = None, *, broker: Broker) -> None:
        super().__init__(data, initial=initial_of(broker))
        organisation = broker.membership.organisation
        present = [region.code for region in broker.regions.all()]
        regions = Region.objects.active().filter(country=organisation.country_id) | Region.objects.filter(
            code__in=present
        )
        colleagues = Broker.objects.in_service().filter(membership__organisation=organisation)
        colleagues = colleagues.exclude(pk=broker.pk).select_related("membership__user")
        self._deputies = {one.membership.user.public_id: one for one in colleagues}
        offer(self, "regions", [(region.code, _label(region)) for region in regions.order_by("code")])
        domains = S3Domain.objects.active().order_by("position")
        offer(self, "domains", [(domain.code, domain.name) for domain in domains])
        names = [(key, one.membership.user.name) for key, one in self._deputies.items()]
        offer(self, "deputy", [("", _("Nobody")), *sorted(names, key=lambda pair: pair[1])])

    def profile(self) -> BrokerProfile:
        """The valid form as the service takes it."""
        given = self.cleaned_data
        return BrokerProfile(
            languages=given["languages"],
            regions=Region.objects.filter(code__in=given["regions"]),
            domains=S3Domain.objects.filter(code__in=given["domains"]),
            capacity=given["capacity"],
            accepts_leads=given["accepts_leads"],
            phone=given["phone"],
            deputy=self._deputies.get(given["deputy"]),
            absent_from=given["absent_from"],
            absent_until=given["absent_until"],
        )


def initial_of(broker: Broker) -> dict[str, Any]:
    """What the form of a broker shows at first."""
    deputy = broker.deputy
    return {
        "languages": broker.languages,
        "regions": [region.code for region in broker.regions.all()],
        "domains": [domain.code for domain in broker.domains.all()],
        "capacity": broker.capacity,
        "accepts_leads": broker.accepts_leads,
        "phone": broker.phone,
        "deputy": deputy.membership.user.public_id if deputy else "",
        "absent_from": broker.absent_from,
        "absent_until": broker.absent_until,
    }


def _label(region: Region) -> str:
    """Smaller regions stand further in."""
    return "\u2003" * (region.level - RegionLevel.LARGE) + region.name


class TrainingForm(forms.Form):
    """One training."""

    title = forms.CharField(label=_("Title"), max_length=200)
    provider = forms.CharField(label=_("Provider"), max_length=200)
    held_date = DayField(label=_("Held on"))
    hours = forms.DecimalField(
        label=_("Hours"), max_digits=5, decimal_places=1, min_value=0, max_value=1000, localize=False
    )
    certificate = forms.CharField(label=_("Certificate"), max_length=120, required=False)
    valid_until = DayField(label=_("Valid until"), required=False)

    def facts(self) -> TrainingFacts:
        """The valid form as the service takes it."""
        return TrainingFacts(**self.cleaned_data)

    @staticmethod
    def initial_of(training: Training) -> dict[str, Any]:
        return {name: getattr(training, name) for name in TrainingForm.base_fields}
