"""Forms of the second reader, of whoever asks another one, and of the company that approves."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.choices import ReviewDecision
from companies.forms.profile_fields import WordsField
from companies.models.profile_review import LONGEST_COMMENT
from companies.services.reviews import LONGEST_REASON, PARTS

STEPS = [
    (0, _("0: it cannot be published like this")),
    (1, _("1: very weak")),
    (2, _("2: weak")),
    (3, _("3: sufficient")),
    (4, _("4: good")),
    (5, _("5: excellent")),
]
QUESTIONS = {
    "advantages": (
        _("Why should a partner choose this firm?"),
        _("The advantages are concrete and there is evidence for them."),
    ),
    "clarity": (
        _("Is it clear what is offered and what is sought?"),
        _("The text stands alone: no jargon, no repetition, no open questions."),
    ),
    "cooperation": (
        _("Is it clear what the partner would do?"),
        _("Kind, role and size of the partner, and the way to work together, are named."),
    ),
    "wording": (
        _("Does the text keep the rules?"),
        _("Third person, plain English, the right type, and nothing that gives the firm away."),
    ),
}


class ReviewForm(forms.Form):
    """Four times 0 to 5 points, a decision and a comment; `shown` is the hash of the words on the page."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(label=_("Your decision"), choices=ReviewDecision, widget=forms.RadioSelect)
    comment = WordsField(
        label=_("Comment for the broker"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "What is good, and what should be changed. The company sees it only if its broker shows it."
        ),
    )
    field_order = ("shown", *PARTS, "decision", "comment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            question, hint = QUESTIONS[part]
            self.fields[part] = forms.TypedChoiceField(
                label=question, help_text=hint, choices=STEPS, coerce=int, widget=forms.RadioSelect
            )
        self.order_fields(self.field_order)

    @property
    def choices(self) -> list[forms.BoundField]:
        """What is ticked: the points, then the decision."""
        return [self[name] for name in (*PARTS, "decision")]

    @property
    def scores(self) -> dict[str, int]:
        return {part: self.cleaned_data[part] for part in PARTS}


class AnotherReaderForm(forms.Form):
    """Why somebody else should read, and, for coordinators, who."""

    reason = WordsField(
        label=_("Why should somebody else read it?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reader = forms.ChoiceField(label=_("Who"), required=False)

    def __init__(self, *args: Any, readers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if readers:
            field = cast("forms.ChoiceField", self.fields["reader"])
            field.choices = [("", _("Whoever fits best")), *readers]
        else:
            del self.fields["reader"]


class AnswerForm(forms.Form):
    """What a company says to the words of its profile; `shown` is their hash."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = WordsField(
        label=_("What should be changed"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    consent_hash = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    agrees = forms.BooleanField(label=_("We agree"), required=False)


class NotedAnswerForm(AnswerForm):
    """The same where the broker writes down what the company said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].label = _("How the company answered, and what it said")
        self.fields["comment"].help_text = _("As in “by phone on Monday, Ms Lis”.")
        del self.fields["agrees"]
