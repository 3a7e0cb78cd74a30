"""Forms of joint strategies: the texts, the members and the activities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.querysets import CompanyQuerySet
from matching.forms.rows import VersionedForm
from matching.models import JointStrategy, StrategyMember
from regions.models import S3Domain
from tibs.core.forms import DayField, offer, offer_rows


class StrategyForm(VersionedForm):
    """The texts of a joint strategy."""

    model, names = JointStrategy, ("title", "domain", "goal", "roles", "funding", "risks")
    long_texts = ("goal", "roles", "funding", "risks")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "domain", S3Domain.objects.order_by("position", "pk"))


class MemberForm(forms.Form):
    """A firm that takes part, by its name, and what it contributes."""

    firm = forms.CharField(
        label=_("Firm"),
        max_length=200,
        help_text=_("The name of a firm of your organisation or of a partner that it was introduced to."),
        widget=forms.TextInput(attrs={"list": "strategy-firms", "autocomplete": "off"}),
    )
    contribution = forms.CharField(label=_("Role"), max_length=300, required=False)

    def __init__(self, *args: Any, candidates: CompanyQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._candidates = candidates

    def clean_firm(self) -> Company:
        given = self.cleaned_data["firm"].strip()
        found = list(self._candidates.filter(name__iexact=given)[:2])
        found = found or list(self._candidates.search(given)[:2])
        if not found:
            raise forms.ValidationError(str(_("No such firm is among those that can take part.")))
        if len(found) > 1:
            raise forms.ValidationError(
                str(_("Several firms have this in their names. Write the whole name."))
            )
        company: Company = found[0]
        return company


class ActivityForm(forms.Form):
    """One joint activity."""

    what = forms.CharField(label=_("Activity"), max_length=300)
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    due_date = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, strategy: JointStrategy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in strategy.members.all()}
        firms = [(key, member.company.name) for key, member in self._members.items()]
        offer(self, "responsible", [("", _("Not stated")), *firms])

    def clean_responsible(self) -> StrategyMember | None:
        return self._members.get(self.cleaned_data["responsible"])
