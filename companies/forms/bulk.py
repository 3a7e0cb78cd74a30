"""What is asked before many companies are changed at once."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brokers.models import Membership
from companies.choices import BulkKind, Stage, WaitsFor
from companies.forms.profile_fields import WordsField
from companies.models import BulkChange, Company
from companies.services.bulk import hand_over_many, move_many, set_step_for_many
from companies.services.next_steps import Step
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.forms import DayField, offer_rows


class BulkForm(forms.Form):
    """A form about several companies; `apply_to` changes all of them or none."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def apply_to(self, companies: list[Company]) -> BulkChange:
        raise NotImplementedError


class MoveForm(BulkForm):
    to = forms.ChoiceField(label=_("Move to"), choices=Stage.choices)
    reason = WordsField(
        label=_("Why"),
        help_text=_("Needed when companies are put to rest, taken up again or sent back."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def apply_to(self, companies: list[Company]) -> BulkChange:
        given = self.cleaned_data
        return move_many(companies=companies, to=given["to"], reason=given["reason"], by=self._actor)


class HandOverForm(BulkForm):
    to = forms.ModelChoiceField(
        label=_("Hand over to"), queryset=User.objects.none(), to_field_name="public_id"
    )
    note = WordsField(
        label=_("Note to the colleague"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        members = Membership.objects.in_force().filter(organisation__in=actor.organisations).values("user")
        people = User.objects.filter(pk__in=members, is_active=True).order_by("name", "pk")
        offer_rows(self, "to", people)

    def apply_to(self, companies: list[Company]) -> BulkChange:
        given = self.cleaned_data
        return hand_over_many(companies=companies, to=given["to"], note=given["note"], by=self._actor)


class NextStepForm(BulkForm):
    what = forms.CharField(label=_("What to do"), max_length=200)
    due_date = DayField(label=_("Due on"))
    waits_for = forms.ChoiceField(label=_("Waits for"), choices=WaitsFor.choices, initial=WaitsFor.US)

    def apply_to(self, companies: list[Company]) -> BulkChange:
        given = self.cleaned_data
        step = Step(given["what"], given["due_date"], WaitsFor(given["waits_for"]))
        return set_step_for_many(companies=companies, step=step, by=self._actor)


@dataclass(frozen=True)
class BulkAct:
    """Something that can be done to many companies: what it is called and what it asks."""

    kind: BulkKind
    form: type[BulkForm]
    button: Promise


ACTS = {
    act.kind.value: act
    for act in (
        BulkAct(BulkKind.MOVE, MoveForm, _("Move")),
        BulkAct(BulkKind.HAND_OVER, HandOverForm, _("Hand over")),
        BulkAct(BulkKind.NEXT_STEP, NextStepForm, _("Set the next step")),
    )
}
