"""What a visitor writes who is interested in a profile, and why a broker closes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.choices import InterestEnd
from companies.forms.human import HumanForm
from companies.forms.profile_fields import WordsField
from companies.forms.section import with_hints
from companies.models.expression import LONGEST_STATEMENT, SHORTEST_STATEMENT
from companies.services.expressions import Interest
from regions.models import Country
from tibs.core.forms import offer_rows


def _statement(label: Any, *, is_required: bool = True) -> WordsField:
    return WordsField(
        label=label,
        min_length=SHORTEST_STATEMENT if is_required else None,
        max_length=LONGEST_STATEMENT,
        required=is_required,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


# The end of a call is the clock's to tell, and what the firm itself decided is the introduction's.
NOT_TOLD_BY_BROKERS = (InterestEnd.CALL_CLOSED, InterestEnd.TAKEN_BACK)
STATEMENTS = ("presentation", "interest", "question")


class InterestForm(HumanForm):
    """Three texts as the Enterprise Europe Network has them, and who writes them."""

    presentation = _statement(_("Who are you? What does your organisation do?"))
    interest = _statement(_("What interests you in this opportunity?"))
    question = _statement(_("What else would you like to know?"), is_required=False)
    organisation_name = forms.CharField(label=_("Your organisation"), max_length=200)
    country = forms.ModelChoiceField(
        label=_("Country of your organisation"),
        queryset=Country.objects.none(),
        empty_label=_("Choose a country"),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("It tells us who is the broker of your own region."),
        max_length=12,
        required=False,
    )
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a letter there to confirm your interest."),
        max_length=254,
    )

    field_order = (*STATEMENTS, "organisation_name", "country", "postcode", "name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "country", Country.objects.active().order_by("name"))
        limits = {"least": SHORTEST_STATEMENT, "most": LONGEST_STATEMENT}
        for name in ("presentation", "interest"):
            self.fields[name].help_text = gettext("%(least)s to %(most)s characters.") % limits
        with_hints(
            self,
            organisation_name="autocomplete:organization",
            country="autocomplete:country",
            postcode="autocomplete:postal-code",
            name="autocomplete:name",
            email="autocomplete:email",
        )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    @property
    def questions(self) -> list[tuple[forms.BoundField, int]]:
        """What people fill in, with the number of characters that fit where they are counted."""
        return [(self[name], LONGEST_STATEMENT if name in STATEMENTS else 0) for name in self.field_order]

    @property
    def said(self) -> Interest:
        return Interest(**{name: self.cleaned_data[name] for name in self.field_order})


class CloseInterestForm(forms.Form):
    """Why nothing becomes of it."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[choice for choice in InterestEnd.choices if choice[0] not in NOT_TOLD_BY_BROKERS],
        widget=forms.RadioSelect,
        help_text=_("The visitor gets a polite letter that says it in one sentence."),
    )
