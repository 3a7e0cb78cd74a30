"""Forms of introductions: one for each act that needs more than a button."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from companies.forms.profile_fields import WordsField
from companies.services.ownership import colleagues
from matching.choices import LONGEST_NOTE, DeclineReason
from matching.handshake import Act, Side
from matching.models import Introduction
from matching.models.introduction import LONGEST_STATEMENT, SHORTEST_STATEMENT
from matching.services.introductions.grounds import TEXTS
from tibs.accounts.models import User
from tibs.core.forms import DayField, offer, offer_rows
from tibs.core.languages import LANGUAGES

SHARED_WITH = _(
    "The named broker is %(broker)s, who may then read the name, the facts and the result of the assessment before "
    "the two firms are introduced. This is a free choice, which can be taken back under Consents at any time."
)
LENGTHS = _("Between %(least)d and %(most)d characters.")


def _statement(label: Any, hint: Any) -> WordsField:
    """A text whose length the service judges, so that nothing is cut and a draft may be short."""
    return WordsField(
        label=label,
        help_text=hint,
        counted=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )


LABELS = {
    "presentation": _("Who the company is"),
    "interest": _("What interests it"),
    "question": _("What it would like to know"),
}


class TextsForm(forms.Form):
    """The three texts that the other side reads. They name neither the company nor its people."""

    language = forms.ChoiceField(
        label=_("Language of the texts"),
        help_text=_("One that the other broker reads. English is safe."),
        choices=LANGUAGES,
    )
    presentation = _statement(
        LABELS["presentation"], _("What it makes, for whom, and what it is good at; without its name.")
    )
    interest = _statement(LABELS["interest"], _("Why this partner, and what the two could do together."))
    question = _statement(LABELS["question"], _("What the other company should answer before a first talk."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    @classmethod
    def of(cls, introduction: Introduction, data: Any = None) -> "TextsForm":
        initial = {name: getattr(introduction, name) for name in (*TEXTS, "language", "version")}
        form = cls(data, initial=initial)
        for name in TEXTS:
            words = LENGTHS % {"least": SHORTEST_STATEMENT, "most": LONGEST_STATEMENT}
            form.fields[name].help_text = f"{form.fields[name].help_text} {words}"
        return form

    def again(self, introduction: Introduction) -> "TextsForm":
        """The same words, to be saved over those that somebody else has saved meanwhile."""
        sent = {name: self.data.get(name, "") for name in (*TEXTS, "language")}
        return self.of(introduction, {**sent, "version": introduction.version})

    def saved_otherwise(self, introduction: Introduction) -> list[tuple[str, str]]:
        """Label and words of each text that is saved and reads otherwise than what was sent."""
        written = {name: str(self.data.get(name, "")).split() for name in TEXTS}
        saved = {name: str(getattr(introduction, name)) for name in TEXTS}
        return [(str(LABELS[name]), saved[name]) for name in TEXTS if saved[name].split() != written[name]]


class ButtonForm(forms.Form):
    """Nothing to fill in: the button says it all."""


@dataclass(frozen=True)
class Sharing:
    """What a firm reads before it lets the other broker read its file: who that is (`broker`, with organisation and
    country), and the words of the consent in `language`."""

    recipient_id: str
    broker: str
    words: str
    language: str
    text_hash: str


class AgreeForm(forms.Form):
    """A yes to the exact words that stood on the page, and beside it the free choice to share the file."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=_("Yes, we agree to all of this."))
    share = forms.BooleanField(required=False)
    share_with = forms.CharField(max_length=60, widget=forms.HiddenInput, required=False)
    share_shown = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def is_about(self, shown: str, sharing: Sharing | None) -> bool:
        """Whether what was sent is a yes to these texts and, where the file is shared, to that."""
        sent = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        if sent["shown"] != shown:
            return False
        named = sharing and (sharing.recipient_id, sharing.text_hash)
        return not sent["share"] or (sent["share_with"], sent["share_shown"]) == named

    def offer_sharing(self, sharing: Sharing | None) -> None:
        """The tick with the words of the consent and the name of the broker; no tick where there is nothing to give."""
        if sharing is None:
            for name in ("share", "share_with", "share_shown"):
                del self.fields[name]
            return
        self.initial.update(share_with=sharing.recipient_id, share_shown=sharing.text_hash)
        words = format_html('<span lang="{}">{}</span>', sharing.language, sharing.words)
        self.fields["share"].label = words
        self.fields["share"].help_text = SHARED_WITH % {"broker": sharing.broker}

    def speak_for_the_company(self) -> None:
        """The words for a broker, who writes down what the company said."""
        self.fields["agreed"].label = _("The company has read these texts and agrees.")


class ReasonForm(forms.Form):
    """Why somebody ends an introduction. The other side reads one polite sentence."""

    reason = forms.ChoiceField(label=_("Reason"), choices=DeclineReason, widget=forms.RadioSelect)
    note = WordsField(
        label=_("Note for your own side"),
        help_text=_("The other side never reads it."),
        counted=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HoldForm(forms.Form):
    until = DayField(label=_("Rest until"))


class FeedbackForm(forms.Form):
    note = WordsField(
        label=_("How did the first contact go?"),
        help_text=_("Both sides read this. At most %(most)d characters.") % {"most": LONGEST_NOTE},
        counted=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TransferForm(forms.Form):
    """Which colleague takes over one side."""

    side = forms.ChoiceField(choices=[(side.value, side.value) for side in Side], widget=forms.HiddenInput)
    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())

    def __init__(self, *args: Any, introduction: Introduction, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["side"] = side.value
        people = colleagues(introduction.company_on(side)).exclude(pk=introduction.broker_on(side).pk)
        offer_rows(self, "to", people.order_by("name", "pk"))

    @cached_property
    def has_colleagues(self) -> bool:
        """Whether there is anybody to choose. Whoever asks has them read, once for the question and for the list."""
        field = cast("forms.ModelChoiceField[User]", self.fields["to"])
        people = list(field.queryset or ())
        offer(self, "to", [("", field.empty_label), *((one.pk, str(one)) for one in people)])
        return bool(people)


FORMS: dict[Act, type[forms.Form]] = {
    Act.ASK: ButtonForm,
    Act.AGREE: AgreeForm,
    Act.SEND: ButtonForm,
    Act.ACKNOWLEDGE: ButtonForm,
    Act.PUT: ButtonForm,
    Act.ACCEPT: AgreeForm,
    Act.INTRODUCE: ButtonForm,
    Act.FEEDBACK: FeedbackForm,
    Act.DECLINE: ReasonForm,
    Act.WITHDRAW: ReasonForm,
    Act.TAKE_BACK: ButtonForm,
    Act.HOLD: HoldForm,
    Act.RESUME: ButtonForm,
}
