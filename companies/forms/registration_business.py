"""The further sections of the public registration: what the company does, its size, its wishes, its consents."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from companies.choices import Area, EarlierSupport, HeardFrom, Independence, MoneyBand, Purpose
from companies.consent_texts import TEXTS, text_hash
from companies.forms.section import Section, long_text, one_of, some_of
from regions.models import Country, NaceCode
from regions.selectors import branches_by_words
from tibs.core.forms import offer
from tibs.core.languages import LANGUAGE_CODES

MOST_STAFF = 1_000_000
# A foreign broker is named when the file is shared; nobody can agree to that beforehand.
OFFERED_PURPOSES = [purpose for purpose in Purpose if purpose != Purpose.SHARE_WITH_BROKER]


class ActivitySection(Section):
    """The branch is found by words, or chosen from the broad branches; `found` are those that the words find."""

    code, title = "activity", _("What you do")

    description = long_text(
        1000,
        4,
        label=_("What do you make or do, and what is special about it?"),
        help_text=_("A few sentences are enough."),
    )
    words = forms.CharField(
        label=_("Your branch, in a word or two"),
        help_text=_("For example: furniture, software, restaurant. In your language or in English."),
        max_length=100,
        required=False,
    )
    nace = one_of([], label=_("Which of these fits best?"))
    broad = forms.ChoiceField(label=_("Nothing fits? Then choose a broad branch"), required=False)
    further = forms.ChoiceField(label=_("Another branch in which you work"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_what_was_chosen()
        words, chosen = str(self["words"].value() or ""), str(self["nace"].value() or "")
        self.found = branches_by_words(words, language=get_language() or "en", chosen=chosen)
        offer(self, "nace", [(branch.code, branch.shown) for branch in self.found])
        branches = _broad_branches()
        for name in ("broad", "further"):
            offer(self, name, [("", _("Choose a branch")), *branches])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        broad = cleaned.pop("broad", "")
        # Where nothing was found there is no box to point at, and a broad branch will do.
        self.errors.pop("nace", None)
        is_unknown = bool(self["nace"].value()) and not cleaned.get("nace")
        cleaned["nace"] = cleaned.get("nace") or broad
        if is_unknown or not cleaned["nace"]:
            self.add_error(
                "words", gettext("Please search for your branch and choose one, or choose a broad branch.")
            )
        further = cleaned.pop("further", "")
        cleaned["secondary"] = [further] if further and further != cleaned["nace"] else []
        return cleaned

    def _keep_what_was_chosen(self) -> None:
        secondary = self.initial.get("secondary") or []
        self.initial.setdefault("further", secondary[0] if secondary else "")


class SizeSection(Section):
    code, title = "size", _("Size and independence")
    intro = _(
        "TIBS helps small and medium-sized enterprises. If you belong to a group, count the group together: the "
        "figures of linked enterprises (more than 50 %) whole, those of partners (25 to 50 %) by their share."
    )

    independence = one_of(
        Independence.choices, label=_("Do others hold shares in your company, or you in others?")
    )
    staff_count = forms.IntegerField(
        label=_("How many people work for you?"),
        help_text=_("In full-time posts, on average over the last year."),
        min_value=0,
        max_value=MOST_STAFF,
    )
    turnover_band = one_of(MoneyBand.choices, label=_("Yearly turnover"))
    balance_band = one_of(
        [*MoneyBand.choices, ("", _("I do not know"))], label=_("Balance sheet total"), required=False
    )


class WishesSection(Section):
    code, title = "wishes", _("What you look for abroad")

    needs = long_text(
        2000,
        5,
        label=_("What would you like to achieve with a partner abroad?"),
        help_text=_("Buying, making, selling, developing, learning: anything your company does."),
    )
    areas = some_of(Area.choices, label=_("Which areas of your company does it concern?"))
    countries = some_of([], label=_("In which countries?"))
    previous_support = some_of(
        EarlierSupport.choices, label=_("Did anybody help you with foreign business before?")
    )
    heard_from = forms.ChoiceField(
        label=_("How did you hear of TIBS?"),
        choices=[("", _("Choose an answer")), *HeardFrom.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        foreign = Country.objects.active().exclude(code=self.home).order_by("name")
        offer(self, "countries", foreign.values_list("code", "name"))


class ConsentsSection(Section):
    """Keeps in which language the texts were shown, and the hash of each."""

    code, title = "consents", _("Consents")
    intro = _(
        "Your broker works for you because you ask for it; that needs none of these. Each of them is up to you, and "
        "you can change your mind at any time."
    )

    purposes = some_of(
        [(purpose, TEXTS[purpose]) for purpose in OFFERED_PURPOSES], label=_("We agree to this")
    )
    may_speak = forms.BooleanField(label=_("I may register this company."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["may_speak"].error_messages["required"] = _("Please confirm this.")

    @property
    def answers(self) -> dict[str, Any]:
        language = get_language()
        language = language if language in LANGUAGE_CODES else "en"
        shown = {purpose: text_hash(purpose, language) for purpose in OFFERED_PURPOSES}
        return {**super().answers, "language": language, "shown": shown}


def _broad_branches() -> list[tuple[str, list[tuple[str, str]]]]:
    """The divisions of NACE, below the sections that they belong to."""
    rows = NaceCode.objects.active().filter(level=2).select_related("parent").order_by("parent", "code")
    return [
        (label, [(branch.code, branch.label) for branch in inside])
        for label, inside in groupby(rows, key=lambda branch: branch.parent.label if branch.parent else "")
    ]
