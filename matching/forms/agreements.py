"""Forms of agreements: the words, the evidence, and sending them back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.choices import Area
from companies.forms.profile_fields import WordsField
from matching.agreement_words import WORDS
from matching.choices import LONGEST_NOTE
from matching.forms.rows import VersionedForm
from matching.models import Agreement
from tibs.core.forms import DayField

NAMELESS = _(
    "Without names of firms or people, web addresses, e-mail addresses and telephone numbers: brokers of other "
    "organisations may read this text."
)


class AgreementForm(VersionedForm):
    """What two firms agreed on."""

    model, names = Agreement, WORDS
    long_texts = ("subject", "benefit", "public_text")
    hints = {
        "subject": NAMELESS,
        "public_text": NAMELESS,
        "is_publishable": _("Only where both companies agreed to a success story."),
        "benefit": _("The benefit for both sides has to be plain."),
    }

    signed_date = DayField(label=_("Signed on"))
    valid_until = DayField(label=_("Valid until"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("Value-chain areas"),
        choices=Area,
        widget=forms.CheckboxSelectMultiple,
    )


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG or JPEG, at most 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class DisagreeForm(forms.Form):
    """Why the words are not what a firm agreed to, and which words."""

    note = WordsField(
        label=_("What was agreed instead"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    shown_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    company = forms.CharField(widget=forms.HiddenInput, max_length=24)


class ReturnForm(forms.Form):
    """What is missing in an agreement."""

    note = WordsField(
        label=_("What is missing"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
