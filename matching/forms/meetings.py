"""Forms of meetings: times that are proposed, and what came of them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.choices import Channel
from companies.forms.profile_fields import WordsField
from matching.cooperation_stages import OPEN_COOPERATIONS
from matching.forms.cooperations import StepForm
from matching.meeting_times import moment_of
from matching.models import Cooperation
from matching.models.cooperation import SLOTS
from matching.services.cooperations import Step
from matching.services.meetings import Proposal
from tibs.core.errors import BadInputError
from tibs.figures import LONGEST_MEETING, SHORTEST_MEETING

STEP = ("what", "due_date", "owner")


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

    minutes = WordsField(label=_("Minutes"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    channel = forms.ChoiceField(label=_("How you met"), choices=Channel, initial=Channel.VIDEO)

    field_order = ("minutes", "channel", *STEP)

    def __init__(self, *args: Any, cooperation: Cooperation, **kwargs: Any) -> None:
        super().__init__(*args, cooperation=cooperation, **kwargs)
        # The step until now was to meet: what comes next is new.
        self.initial.update(what="", due_date=None)
        self._still_talk = cooperation.status in OPEN_COOPERATIONS
        if not self._still_talk:
            for name in STEP:
                del self.fields[name]

    def then(self) -> Step | None:
        """The next step as the service takes it; none where an agreement counts already."""
        return self.step() if self._still_talk else None
