"""The table of criteria as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.choices import CompanyKind, SizeClass
from companies.forms.profile_fields import WordsField
from companies.models import Company, Screening
from companies.screening_criteria import CURRENT, REASONS
from companies.services.screenings import LONGEST_WORDS, Answer

LONGEST_COMMENT = 2000
NOTHING_YET = ("", _("As the points say"))


class ScreeningForm(forms.Form):
    """One question for each criterion; what the company is told stands on the second page."""

    def __init__(self, *args: Any, company: Company, latest: Screening | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(company, latest))
        super().__init__(*args, **kwargs)
        for criterion in CURRENT.criteria:
            self.fields[criterion.code] = forms.TypedChoiceField(
                label=str(criterion.question),
                choices=[(points, words) for points, words in enumerate(criterion.points)],
                coerce=int,
                widget=forms.RadioSelect,
                help_text=_("Without a point here the company is not eligible.") if criterion.is_hard else "",
            )
        self.fields["comment"] = WordsField(
            label=_("Comment, for us only"),
            max_length=LONGEST_COMMENT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def scores(self) -> list[int]:
        return [self.cleaned_data[criterion.code] for criterion in CURRENT.criteria]


class AnswerForm(forms.Form):
    """What a company that is not eligible hears."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[NOTHING_YET, *((reason.code, reason.label) for reason in REASONS.values())],
        required=False,
    )
    words = WordsField(
        label=_("Your own words to the company"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They stand in the letter as you write them, in the language of the company."),
    )
    is_sent = forms.BooleanField(label=_("Send the letter"), required=False, initial=True)

    def answer(self) -> Answer:
        """The valid form as the service takes it."""
        return Answer(**self.cleaned_data)


def _initial(company: Company, latest: Screening | None) -> dict[str, Any]:
    """The points of the screening before, by the same table; else what the facts already tell."""
    if latest and latest.criteria_version == CURRENT.version:
        points: dict[str, Any] = {
            criterion.code: score for criterion, score in zip(CURRENT.criteria, latest.scores, strict=True)
        }
        return points | {"comment": latest.comment}
    if company.kind != CompanyKind.SME or company.size_class == SizeClass.LARGE:
        return {"is_sme": 0}
    return {"is_sme": 2} if company.size_class else {}
