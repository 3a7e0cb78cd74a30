"""The form of a follow-up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.forms.rows import RowForm
from matching.models import FollowUp
from matching.models.follow_up import ANSWERS

YES_OR_NO = [("", _("Not stated")), ("true", _("Yes")), ("false", _("No"))]
MIDDLE = [(str(number), str(number)) for number in (2, 3, 4)]
SATISFACTION = [("", _("Not stated")), ("1", _("1, not at all")), *MIDDLE, ("5", _("5, very much"))]


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
