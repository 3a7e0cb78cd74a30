"""What helps whoever writes a profile: how to choose its type, and what belongs into each part of its text."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.choices import ProfileStatus, ProfileType
from companies.profile_parts import is_offer
from companies.profiles.checks import REQUIRED, REQUIRED_OF_ALL

TYPE_HELP: dict[str, Promise] = {
    ProfileType.BUSINESS_OFFER: _(
        "The firm sells goods or services, or looks for somebody to sell them. The partner pays, or earns with it."
    ),
    ProfileType.BUSINESS_REQUEST: _(
        "The firm buys: it looks for a supplier, a maker or a service. The firm will pay."
    ),
    ProfileType.TECHNOLOGY_OFFER: _(
        "The firm has a technology or know-how that others may use, license or develop further. The partner pays."
    ),
    ProfileType.TECHNOLOGY_REQUEST: _(
        "The firm needs a technology or know-how that it does not have. The firm will pay."
    ),
    ProfileType.RESEARCH_REQUEST: _(
        "The firm looks for partners for a joint research project under a call for proposals. The call pays."
    ),
}

NEXT_ACTIONS: dict[str, Promise] = {
    ProfileStatus.DRAFT: _("Next: finish the text, then ask a second reader."),
    ProfileStatus.IN_REVIEW: _("Next: the second reader answers."),
    ProfileStatus.CHANGES_REQUESTED: _("Next: change what was asked for, then send it again."),
    ProfileStatus.COMPANY_APPROVAL: _("Next: the firm agrees to the exact words."),
    ProfileStatus.PUBLISHED: _("Next: look through its partners."),
    ProfileStatus.EXPIRED: _("Next: bring it back, or write another one."),
}

_SHARED: dict[str, Promise] = {
    "title": _("What it is about, which cooperation is meant, and from which country. No names."),
    "summary": _(
        "Who the firm is in general words, what it has or needs, and whom it looks for. It stands alone in lists."
    ),
}
_OFFER: dict[str, Promise] = {
    "offered": _("Describe what the firm offers: what it does, for whom, how much, and how it is delivered."),
    "sought": _("Say who the partner is, what the partner does, and why the partner gains."),
    "advantages": _("What is better than what others have, with figures, tests or certificates."),
    "technical": _("Measures, materials, standards and interfaces that an expert asks for."),
}
_REQUEST: dict[str, Promise] = {
    "sought": _(
        "Describe what the firm needs: what for, how much, until when, and who the partner is that can give it."
    ),
    "offered": _("Say what the firm brings: orders, premises, know-how, customers or funding."),
    "advantages": _("Why it is worth while to work with this firm."),
    "technical": _("The specification, or the expertise that a partner must have."),
}


@dataclass(frozen=True)
class TypeChoice:
    """One type of profile as the page offers it."""

    code: str
    label: str
    help: str


def type_choices() -> list[TypeChoice]:
    return [TypeChoice(kind.value, str(kind.label), str(TYPE_HELP[kind])) for kind in ProfileType]


def help_of(part: str, kind: str) -> Promise | str:
    """What belongs into a part of a profile of this type."""
    return {**_SHARED, **(_OFFER if is_offer(kind) else _REQUEST)}.get(part, "")


def is_demanded(field: str, kind: str) -> bool:
    """Whether a profile of this type needs the field before a second reader sees it."""
    return field in {*REQUIRED_OF_ALL, *REQUIRED.get(kind, ())}
