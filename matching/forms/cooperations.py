"""Forms of cooperations: the next step, and the end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.forms.profile_fields import WordsField
from matching.choices import LONGEST_NOTE, DeclineReason
from matching.models import Cooperation
from matching.services.cooperations import Step, brokers_of
from tibs.accounts.models import User
from tibs.core.forms import DayField, offer_rows


class StepForm(forms.Form):
    """What to do next between two firms, until when, and by which broker."""

    what = forms.CharField(label=_("What to do next"), max_length=300)
    due_date = DayField(label=_("Until"))
    owner = forms.ModelChoiceField(label=_("By"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, cooperation: Cooperation, **kwargs: Any) -> None:
        self._cooperation = cooperation
        kwargs["initial"] = {
            "what": cooperation.step_in_words,
            "due_date": cooperation.next_due_date,
            "owner": cooperation.owner_id,
        }
        super().__init__(*args, **kwargs)
        offer_brokers(self, cooperation)

    def step(self) -> Step:
        """The valid form as the service takes it."""
        values = {name: self.cleaned_data[name] for name in ("what", "due_date", "owner")}
        if values["what"] == self._cooperation.step_in_words:
            # A step of TIBS' own stays one, which every reader reads in their language.
            values["what"] = self._cooperation.next_step
        return Step(**values)


def offer_brokers(form: forms.Form, cooperation: Cooperation) -> None:
    """One of the two brokers acts next."""
    keys = [broker.pk for broker in brokers_of(cooperation)]
    offer_rows(form, "owner", User.objects.filter(pk__in=keys).order_by("name", "pk"))


class GiveUpForm(forms.Form):
    """Why two firms do not come together."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose a reason.")), *DeclineReason.choices]
    )
    note = WordsField(
        label=_("Note for the two brokers"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
