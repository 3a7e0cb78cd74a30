"""The form that writes a profile, and the one that translates it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import Area, Cooperation, Development, PartnerKind, ProfileType, Protection
from companies.forms.profile_fields import KeywordsField, NumbersField, SetField, WordsField
from companies.goals import GOALS
from companies.models import Company, CooperationProfile, ProfileText, ResearchCall
from companies.profile_findings import Remark
from companies.profile_help import TYPE_HELP, help_of, is_demanded
from companies.profile_parts import PARTS, headings, label_of
from companies.profiles.checks import LONGEST
from companies.services.profile_facts import CALL, FACTS
from regions.models import Country, S3Domain
from tibs.core.forms import DayField, offer, offer_rows
from tibs.core.languages import LANGUAGES

ROWS = {"summary": 4, "offered": 9, "sought": 9, "advantages": 5, "technical": 5}
LONGEST_KEYWORDS = 320


@dataclass(frozen=True)
class Question:
    """One field on the page with what the checks say of it: `most` characters fit, 0 where nothing is counted."""

    field: BoundField
    is_demanded: bool
    most: int
    remarks: list[Remark]


@dataclass(frozen=True)
class Section:
    """Fields that belong together; a folded one is not asked for by the type of the profile."""

    code: str
    title: Promise | str
    intro: Promise | str
    questions: list[Question]
    is_folded: bool = False


class WordsForm(forms.Form):
    """The six parts of a text with the labels of a profile's type. `kind` is that type, `remarks` go by fields."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000_000)
    # What the type demands must stand in the original; a translation may leave parts out.
    is_original = True

    def __init__(self, *args: Any, kind: str, written_in: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.remarks: dict[str, list[Remark]] = {}
        for part in ("title", "summary", *headings(kind)):
            self.fields[part] = self._part(part, written_in)

    @property
    def words(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in PARTS}

    def questions(self, names: list[str]) -> list[Question]:
        return [
            Question(
                self[name],
                self.is_original and is_demanded(name, self.kind),
                LONGEST.get(name, 0),
                self.remarks.get(name, []),
            )
            for name in names
        ]

    @property
    def parts(self) -> list[Question]:
        return self.questions(["title", "summary", *headings(self.kind)])

    def _part(self, part: str, written_in: str) -> WordsField:
        attributes = {"lang": written_in} if written_in else {}
        widget = (
            forms.Textarea(attributes | {"rows": ROWS[part]})
            if part in ROWS
            else forms.TextInput(attributes | {"class": "wide"})
        )
        return WordsField(
            label=str(label_of(part, self.kind)),
            help_text=str(help_of(part, self.kind)),
            max_length=LONGEST[part],
            required=False,
            widget=widget,
            show_hidden_initial=True,
        )


class ProfileForm(WordsForm):
    """A whole profile: its facts, its original text, and the call of a request for research partners."""

    type = forms.ChoiceField(label=_("Type"), choices=ProfileType)
    area = forms.ChoiceField(label=_("Value-chain area"), choices=Area)
    language = forms.ChoiceField(
        label=_("Language of the original"),
        choices=LANGUAGES,
        help_text=_("The language in which the firm reads and approves it."),
    )
    domain = forms.ModelChoiceField(label=_("Domain"), queryset=S3Domain.objects.none(), required=False)
    keywords = KeywordsField(
        label=_("Keywords"),
        help_text=_("One to five, with commas between them."),
        max_length=LONGEST_KEYWORDS,
        required=False,
    )
    goals = NumbersField(
        label=_("Sustainable development goals"),
        choices=[(number, f"{number}") for number in GOALS],
    )
    cooperation_types = SetField(
        label=_("Ways to work together"), choices=Cooperation, help_text=_("One to three.")
    )
    partner_kinds = SetField(label=_("Type and size of the partner"), choices=PartnerKind)
    working_languages = SetField(label=_("Working languages"), choices=LANGUAGES)
    wished_countries = SetField(
        label=_("Partners wished from"), help_text=_("None ticked means any other country.")
    )
    excluded_countries = SetField(
        label=_("No partners from"), help_text=_("Nobody outside your organisation sees this.")
    )
    development = forms.ChoiceField(label=_("Stage of development"), required=False)
    protection = forms.ChoiceField(label=_("Intellectual property"), required=False)
    call_programme = forms.CharField(label=_("Framework programme"), max_length=200, required=False)
    call_title = forms.CharField(label=_("Title and identifier of the call"), max_length=300, required=False)
    call_website = forms.URLField(
        label=_("Web page of the call"), max_length=300, required=False, assume_scheme="https"
    )
    call_is_coordinator_sought = forms.BooleanField(label=_("A coordinator is sought"), required=False)
    call_interest_until = DayField(label=_("Expressions of interest until"), required=False)
    call_closing_date = DayField(label=_("The call closes on"), required=False)
    call_weeks = forms.IntegerField(label=_("Duration in weeks"), min_value=1, max_value=1000, required=False)
    call_budget = forms.IntegerField(
        label=_("Budget in thousand euros"), min_value=1, max_value=10_000_000, required=False
    )

    def __init__(
        self,
        *args: Any,
        company: Company,
        kind: str,
        profile: CooperationProfile | None = None,
        **kwargs: Any,
    ) -> None:
        original = _original_of(profile) if profile else None
        initial = dict(kwargs.pop("initial", {}) or {})
        if profile and original:
            initial |= _values_of(profile, original)
        initial.setdefault("version", 0)
        written_in = original.language if original else str(initial.get("language", company.language))
        super().__init__(*args, kind=kind, written_in=written_in, initial=initial, **kwargs)
        if original:
            del self.fields["language"]
        self._offer(company)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "version"

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    @property
    def call(self) -> dict[str, Any]:
        return {name: self.cleaned_data[f"call_{name}"] for name in CALL}

    @property
    def sections(self) -> list[Section]:
        """What the page asks for, in the order of writing."""
        kind = ["type", "area", *(["language"] if "language" in self.fields else [])]
        is_technology = self.kind == ProfileType.TECHNOLOGY_OFFER
        is_research = self.kind == ProfileType.RESEARCH_REQUEST
        partner = ["cooperation_types", "partner_kinds", "wished_countries", "excluded_countries"]
        return [
            Section("kind", _("Kind"), TYPE_HELP[ProfileType(self.kind)], self.questions(kind)),
            Section("words", _("Words"), _("Third person, and nothing that names the firm."), self.parts),
            Section("partner", _("The partner"), "", self.questions([*partner, "working_languages"])),
            Section("found", _("How it is found"), "", self.questions(["domain", "keywords", "goals"])),
            Section(
                "stage",
                _("Stage and protection"),
                _("Needed for technology offers."),
                self.questions(["development", "protection"]),
                is_folded=not is_technology,
            ),
            Section(
                "call",
                _("The call for proposals"),
                _("Needed for requests for research partners."),
                self.questions([f"call_{name}" for name in CALL]),
                is_folded=not is_research,
            ),
        ]

    def _offer(self, company: Company) -> None:
        foreign = list(Country.objects.exclude(code=company.country_id).order_by("name"))
        for name in ("wished_countries", "excluded_countries"):
            offer(self, name, [(country.code, country.name) for country in foreign])
        offer_rows(self, "domain", S3Domain.objects.order_by("position", "pk"))
        offer(self, "goals", [(number, f"{number} {name}") for number, name in GOALS.items()])
        for name, choices in (("development", Development), ("protection", Protection)):
            offer(self, name, [("", _("Not stated")), *choices.choices])


class TranslationForm(WordsForm):
    """One translation of a profile; `text` is what there is of it."""

    is_original = False

    def __init__(self, *args: Any, kind: str, language: str, text: ProfileText | None, **kwargs: Any) -> None:
        initial: Mapping[str, Any] = {part: getattr(text, part) for part in PARTS} if text else {}
        version = text.version if text else 0
        super().__init__(
            *args, kind=kind, written_in=language, initial={**initial, "version": version}, **kwargs
        )


def _original_of(profile: CooperationProfile) -> ProfileText:
    return next(text for text in profile.texts.all() if text.is_original)


def _values_of(profile: CooperationProfile, original: ProfileText) -> dict[str, Any]:
    facts = {name: getattr(profile, "domain_id" if name == "domain" else name) for name in FACTS}
    words = {part: getattr(original, part) for part in PARTS}
    found: ResearchCall | None = getattr(profile, "call", None)
    call = {f"call_{name}": getattr(found, name) for name in CALL} if found else {}
    return {**facts, **words, **call, "version": original.version}
