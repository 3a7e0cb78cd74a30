"""The filters of the table and the board of companies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.choices import Basis, SizeClass, Stage, WaitsFor
from companies.forms import list_choices
from companies.forms.list_choices import ME, NOBODY
from companies.lists import COLUMNS, ORDERS, SHOWN_FIRST, with_open_step
from companies.models import Company, CooperationProfile
from companies.querysets import CompanyQuerySet
from companies.stages import UNDER_WAY
from regions.models import NaceCode
from tibs.accounts.actor import Actor
from tibs.core.forms import offer
from tibs.core.languages import LANGUAGE_CODES, language_name

SOON = timedelta(days=7)
IN_WORK = Q(stage__in=UNDER_WAY) | Q(stage=Stage.LEAD, owner__isnull=False)
ALWAYS_SHOWN = ("stage", "owner", "step")
MORE = ("country", "region", "size", "language", "section", "source", "basis")
STEPS = (
    ("overdue", _("Overdue")),
    ("today", _("Due today or overdue")),
    ("week", _("Due within a week")),
    ("none", _("Without a next step")),
    ("company", _("Waiting for the company")),
    ("partner", _("Waiting for a partner")),
)


@dataclass(frozen=True)
class Chip:
    """A filter that is on: what it says, and the address without it."""

    label: Promise | str
    value: str
    query: str


class CompanyFilterForm(forms.Form):
    """What a list of companies is narrowed to, how it is sorted and which columns it has; all may stay empty."""

    q = forms.CharField(label=_("Name, town or number"), max_length=100, required=False)
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[("", _("All stages")), *Stage.choices], required=False
    )
    owner = forms.ChoiceField(label=_("Responsible"), required=False)
    step = forms.ChoiceField(
        label=_("Next step"),
        choices=[("", pgettext_lazy("next step", "Any")), *STEPS],
        required=False,
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    size = forms.ChoiceField(
        label=_("Size"),
        choices=[("", _("All sizes")), *(choice for choice in SizeClass.choices if choice[0])],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    section = forms.ChoiceField(label=_("Main activity"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    basis = forms.ChoiceField(
        label=_("Profile"), choices=[("", _("All companies")), *Basis.choices], required=False
    )
    sort = forms.ChoiceField(
        label=_("Sort by"), choices=[(order.code, order.label) for order in ORDERS.values()], required=False
    )
    cols = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[(column.code, column.label) for column in COLUMNS.values()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, query: QueryDict, *, actor: Actor, today: date, order: str = "name") -> None:
        """`query` is the state of the list as its address has it; without a word on sorting it stands in `order`."""
        super().__init__(query)
        self._order = order
        self._actor = actor
        self._today = today
        self._single: set[str] = set()
        countries = list_choices.country_choices(actor)
        chosen = query.get("country")
        near = [code for code, _name in countries if code == chosen] if chosen else sorted(actor.countries)
        self._offer("country", _("All countries"), countries)
        self._offer("region", _("All regions"), list_choices.region_choices(near))
        self._offer("owner", pgettext_lazy("responsible", "Anybody"), list_choices.owner_choices(actor))
        self._offer("source", _("All sources"), list_choices.source_choices(actor))
        self._offer("section", _("All activities"), list_choices.section_choices())
        self._offer("language", _("All languages"), [(code, language_name(code)) for code in LANGUAGE_CODES])

    def companies(self) -> CompanyQuerySet:
        """The companies that fit, with their next steps; none while something in the form is wrong."""
        visible = with_open_step(Company.objects.visible_to(self._actor))
        if not self.is_valid():
            return visible.none()
        found = visible.search(self.cleaned_data["q"])
        for name, condition in CONDITIONS.items():
            if value := self.cleaned_data[name]:
                found = found.filter(condition(value, self))
        return found

    @property
    def order(self) -> str:
        """The code of the order in which the list stands."""
        return str(self.cleaned_data["sort"] or self._order) if self.is_valid() else self._order

    @property
    def columns(self) -> list[str]:
        """The codes of the columns that are shown, in their own order."""
        chosen = self.cleaned_data["cols"] if self.is_valid() and self.cleaned_data["cols"] else SHOWN_FIRST
        return [code for code in COLUMNS if code in chosen]

    @property
    def filters_shown(self) -> list[forms.BoundField]:
        """The filters that people use every day."""
        return [self[name] for name in ALWAYS_SHOWN]

    @property
    def filters_folded(self) -> list[forms.BoundField]:
        """The other filters that leave a choice to this reader, and those that hold a value."""
        return [self[name] for name in MORE if self.data.get(name) or name not in self._single]

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data[name] for name in ("q", *CONDITIONS))

    @property
    def uses_folded(self) -> bool:
        return any(self.data.get(name) for name in MORE)

    @property
    def chips(self) -> list[Chip]:
        """Each filter that is on, except the words, which stand in their field."""
        if not self.is_valid():
            return []
        return [
            Chip(self.fields[name].label or "", self._label(name, value), self._without(name))
            for name in CONDITIONS
            if (value := self.cleaned_data[name])
        ]

    def _label(self, name: str, value: str) -> str:
        choices = cast("forms.ChoiceField", self.fields[name]).choices
        return str(dict(cast("list[tuple[str, str]]", choices)).get(value, value)).strip()

    def _without(self, name: str) -> str:
        query = cast("QueryDict", self.data).copy()
        for left_out in (name, "cursor"):
            query.pop(left_out, None)
        return query.urlencode()

    def _offer(self, name: str, everything: object, choices: list_choices.Choices) -> None:
        offer(self, name, [("", everything), *choices])
        if len(choices) < 2:
            self._single.add(name)

    def is_in_section(self, section: str) -> Q:
        wider = Q(code=section)
        for level in ("parent", "parent__parent", "parent__parent__parent"):
            wider |= Q(**{level: section})
        return Q(nace__in=NaceCode.objects.filter(wider).values("code"))

    def is_owned_by(self, owner: str) -> Q:
        if owner == NOBODY:
            return Q(owner=None)
        return Q(owner__public_id=self._actor.id if owner == ME else owner)

    def is_at_step(self, step: str) -> Q:
        return {
            "overdue": Q(step_due__lt=self._today),
            "today": Q(step_due__lte=self._today),
            "week": Q(step_due__lte=self._today + SOON),
            "none": Q(step_due=None) & IN_WORK,
            "company": Q(step_waits_for=WaitsFor.COMPANY),
            "partner": Q(step_waits_for=WaitsFor.PARTNER),
        }[step]


def has_profile(basis: str) -> Q:
    return Q(Exists(CooperationProfile.objects.filter(company=OuterRef("pk"), basis=basis)))


CONDITIONS: dict[str, Callable[[str, CompanyFilterForm], Q]] = {
    "stage": lambda value, _form: Q(stage=value),
    "owner": lambda value, form: form.is_owned_by(value),
    "step": lambda value, form: form.is_at_step(value),
    "country": lambda value, _form: Q(country=value),
    "region": lambda value, _form: Q(region__code__startswith=value),
    "size": lambda value, _form: Q(size_class=value),
    "language": lambda value, _form: Q(language=value),
    "section": lambda value, form: form.is_in_section(value),
    "source": lambda value, _form: Q(source=value),
    "basis": lambda value, _form: has_profile(value),
}
