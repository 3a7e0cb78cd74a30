"""Forms of the company pages."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from companies.choices import Basis, Stage
from companies.models import CooperationProfile
from companies.querysets import CompanyQuerySet
from regions.models import Country


class CompanyFilterForm(forms.Form):
    """What a list of companies is narrowed to; everything may stay empty."""

    q = forms.CharField(label=_("Name, town or number"), max_length=100, required=False)
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[("", _("All stages")), *Stage.choices], required=False
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    basis = forms.ChoiceField(
        label=_("Profile"), choices=[("", _("All companies")), *Basis.choices], required=False
    )
    source = forms.ChoiceField(label=_("Source"), required=False)

    def __init__(self, *args: Any, visible: CompanyQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._visible = visible
        self._single: set[str] = set()
        present = visible.order_by().values("country").distinct()
        countries = Country.objects.filter(code__in=present).order_by("name").values_list("code", "name")
        sources = visible.order_by("source").values_list("source", flat=True).distinct()
        self._offer("country", _("All countries"), countries)
        self._offer("source", _("All sources"), ((source, source) for source in sources))

    def companies(self) -> CompanyQuerySet:
        """The companies that fit; none while something in the form is wrong."""
        if not self.is_valid():
            return self._visible.none()
        chosen = self.cleaned_data
        lookups = {
            "stage": chosen["stage"],
            "country": chosen["country"],
            "source": chosen["source"],
        }
        found = self._visible.filter(**{name: value for name, value in lookups.items() if value})
        if chosen["basis"]:
            profiles = CooperationProfile.objects.filter(company=OuterRef("pk"), basis=chosen["basis"])
            found = found.filter(Exists(profiles))
        return found.search(chosen["q"])

    @property
    def choices_shown(self) -> list[forms.BoundField]:
        """The filters that leave a choice to this reader, and those that hold a value."""
        return [
            self[name]
            for name in ("stage", "country", "basis", "source")
            if self.data.get(name) or name not in self._single
        ]

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def _offer(self, name: str, everything: object, choices: Iterable[tuple[str, str]]) -> None:
        offered = list(choices)
        cast("forms.ChoiceField", self.fields[name]).choices = [("", everything), *offered]
        if len(offered) < 2:
            self._single.add(name)
