"""Forms of the review of matches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.forms.profile_fields import WordsField
from companies.models import CooperationProfile
from matching.choices import Choice, DismissReason, View
from matching.services.decisions import LONGEST_NOTE, Verdict
from matching.services.opinions import LONGEST, advisers
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.forms import offer

UNDO = "undo"


class DecisionForm(forms.Form):
    """What the buttons under a card send."""

    choice = forms.ChoiceField(choices=[*Choice.choices, (UNDO, _("Take back"))])
    reason = forms.ChoiceField(choices=[("", ""), *DismissReason.choices], required=False)
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)
    blocks = forms.BooleanField(required=False)

    @property
    def is_undo(self) -> bool:
        return bool(self.cleaned_data["choice"] == UNDO)

    def verdict(self) -> Verdict:
        """The valid form as the service takes it."""
        values = self.cleaned_data
        return Verdict(Choice(values["choice"]), values["reason"], values["note"], values["blocks"])


class AskForm(forms.Form):
    """Whom to ask what about a match."""

    asked = forms.ChoiceField(
        label=_("Whom to ask"),
        help_text=_("Brokers who know the partner's country or its domain."),
        error_messages={
            "invalid_choice": _("Choose a broker who knows the partner's country or its domain.")
        },
    )
    question = WordsField(
        label=_("Question"),
        help_text=_("They see both profiles without names, and your question."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Say what you would like to know."),
            "max_length": _("Please say it in at most 1,000 characters."),
        },
    )

    def __init__(self, *args: Any, partner: CooperationProfile, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        memberships = [broker.membership for broker in advisers(partner, actor)]
        self.people = {joined.user.public_id: joined.user for joined in memberships}
        choices = [
            (
                joined.user.public_id,
                f"{joined.user.name}, {joined.organisation.short_name}, {joined.organisation.country.name}",
            )
            for joined in memberships
        ]
        offer(self, "asked", [("", "---"), *choices])

    def person(self) -> User:
        return self.people[self.cleaned_data["asked"]]


class AnswerForm(forms.Form):
    """What a broker who was asked thinks."""

    view = forms.ChoiceField(label=_("Your view"), choices=View, widget=forms.RadioSelect)
    answer = WordsField(
        label=_("Why"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Please say it in at most 1,000 characters.")},
    )
