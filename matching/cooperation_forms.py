"""Forms of meetings, agreements, follow-ups and joint strategies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, cast
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Model
from django.forms.models import fields_for_model, model_to_dict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import Area, Channel
from companies.models import Company
from companies.querysets import CompanyQuerySet
from matching.agreement_words import WORDS
from matching.choices import DeclineReason
from matching.meeting_times import moment_of
from matching.models import Agreement, Cooperation, FollowUp, JointStrategy, StrategyMember
from matching.models.cooperation import SLOTS
from matching.models.follow_up import ANSWERS
from matching.services.cooperations import LONGEST_NOTE, Step, brokers_of
from matching.services.meetings import Proposal
from regions.models import S3Domain
from tibs.accounts.models import User
from tibs.core.errors import BadInputError
from tibs.core.forms import DayField, offer, offer_rows
from tibs.figures import LONGEST_MEETING, SHORTEST_MEETING

YES_OR_NO = [("", _("Not stated")), ("true", _("Yes")), ("false", _("No"))]
MIDDLE = [(str(number), str(number)) for number in (2, 3, 4)]
SATISFACTION = [("", _("Not stated")), ("1", _("1, not at all")), *MIDDLE, ("5", _("5, very much"))]


class StepForm(forms.Form):
    """What to do next between two firms, until when, and by which broker."""

    what = forms.CharField(label=_("What to do next"), max_length=300)
    due_date = DayField(label=_("Until"))
    owner = forms.ModelChoiceField(label=_("By"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, cooperation: Cooperation, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "what": cooperation.next_step,
            "due_date": cooperation.next_due_date,
            "owner": cooperation.owner_id,
        }
        super().__init__(*args, **kwargs)
        offer_brokers(self, cooperation)

    def step(self) -> Step:
        """The valid form as the service takes it."""
        return Step(**{name: self.cleaned_data[name] for name in ("what", "due_date", "owner")})


def offer_brokers(form: forms.Form, cooperation: Cooperation) -> None:
    """One of the two brokers acts next."""
    keys = [broker.pk for broker in brokers_of(cooperation)]
    offer_rows(form, "owner", User.objects.filter(pk__in=keys).order_by("name", "pk"))


class GiveUpForm(forms.Form):
    """Why two firms do not come together."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "…"), *DeclineReason.choices])
    note = forms.CharField(
        label=_("Note for the two brokers"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposalForm(forms.Form):
    """Three times on the clock of one's own country, the length, and where."""

    minutes_long = forms.IntegerField(
        label=_("Length in minutes"),
        min_value=SHORTEST_MEETING,
        max_value=LONGEST_MEETING,
        initial=60,
        widget=forms.NumberInput(attrs={"step": 15}),
    )
    place = forms.CharField(
        label=_("Place, or web address of the video call"), max_length=300, required=False
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = zone
        for number in range(1, SLOTS + 1):
            self.fields[f"slot_{number}"] = WallTimeField(label=_("Time %(number)d") % {"number": number})
        self.order_fields([*(f"slot_{number}" for number in range(1, SLOTS + 1)), "minutes_long", "place"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in [name for name in values if name.startswith("slot_")]:
            try:
                values[name] = moment_of(values[name], self._zone)
            except BadInputError as error:
                self.add_error(name, str(error))
        return values

    def proposal(self) -> Proposal:
        """The valid form as the service takes it."""
        values = self.cleaned_data
        slots = [values[f"slot_{number}"] for number in range(1, SLOTS + 1)]
        return Proposal(slots, values["minutes_long"], values["place"])


class WallTimeField(forms.Field):
    """A day and a time as the clock on the wall shows them, chosen in the browser's own calendar."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError as error:
            raise forms.ValidationError(str(_("Give a day and a time."))) from error
        if found.tzinfo or not 2000 <= found.year < 2100:
            raise forms.ValidationError(str(_("Give a day of this century, and a time.")))
        return found


class MinutesForm(StepForm):
    """What came of a meeting, and what comes next."""

    minutes = forms.CharField(label=_("Minutes"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    channel = forms.ChoiceField(label=_("How you met"), choices=Channel, initial=Channel.VIDEO)

    field_order = ("minutes", "channel", "what", "due_date", "owner")


class RowForm(forms.Form):
    """A form that takes its questions from a model, and leaves the rules of the row to the service.

    What a form declares itself stands in the place of what the model would ask.
    """

    model: ClassVar[type[Model]]
    names: ClassVar[tuple[str, ...]]
    long_texts: ClassVar[tuple[str, ...]] = ()
    hints: ClassVar[Mapping[str, Promise]] = {}

    def __init__(self, *args: Any, row: Model | None = None, **kwargs: Any) -> None:
        if row:
            kwargs["initial"] = model_to_dict(row, fields=self.names)
        super().__init__(*args, **kwargs)
        widgets: dict[str, type[forms.Widget] | forms.Widget] = {
            name: forms.Textarea(attrs={"rows": 4}) for name in self.long_texts
        }
        hints = {name: cast("str", words) for name, words in self.hints.items()}
        asked = fields_for_model(self.model, fields=self.names, widgets=widgets, help_texts=hints)
        self.fields = asked | self.fields
        self.order_fields(self.names)


class AgreementForm(RowForm):
    """What two firms agreed on."""

    model, names = Agreement, WORDS
    long_texts = ("subject", "benefit", "public_text")
    hints = {
        "is_publishable": _("Only where both companies agreed to a success story."),
        "benefit": _("The benefit for both sides has to be plain."),
    }

    signed_date = DayField(label=_("Signed on"))
    valid_until = DayField(label=_("Valid until"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("Value-chain areas"),
        choices=Area,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SignerForm(forms.Form):
    """Who confirms words for a company, and which words."""

    signer = forms.CharField(label=_("Your name and position"), max_length=120)
    shown_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    company = forms.CharField(widget=forms.HiddenInput, max_length=24)


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG or JPEG, at most 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class ReturnForm(forms.Form):
    """What is missing in an agreement."""

    note = forms.CharField(
        label=_("What is missing"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


def yes_or_no(label: Any) -> forms.TypedChoiceField:
    """A question that may be left open."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_OR_NO,
        coerce=lambda value: value == "true",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class FollowUpForm(RowForm):
    """The six impacts and what else is asked; each may be left out."""

    model, names = FollowUp, ANSWERS
    long_texts = ("note",)
    hints = {
        "attributed_share": _("How much of all this is owed to the partner?"),
        "recommends": _("From 0, not at all, to 10, certainly."),
    }

    still_cooperating = yes_or_no(_("Do you still work together?"))
    quality_improved = yes_or_no(_("Did your products, services or processes become better?"))
    innovation_introduced = yes_or_no(_("Did you bring out a new product or introduce a new process?"))
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied are you with TIBS?"),
        choices=SATISFACTION,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class StrategyForm(RowForm):
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
        offer(self, "responsible", [("", "…"), *firms])

    def clean_responsible(self) -> StrategyMember | None:
        return self._members.get(self.cleaned_data["responsible"])
