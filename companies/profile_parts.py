"""The parts of a profile's text, and what each is called: for offers and requests the two sides change their roles."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.profiles.style import OFFERS

PARTS = ("title", "summary", "offered", "sought", "advantages", "technical")

_OFFER_HEADINGS: dict[str, Promise] = {
    "offered": _("What the firm offers"),
    "sought": _("The role of the partner"),
    "advantages": _("Advantages and innovation"),
    "technical": _("Technical details"),
}
_REQUEST_HEADINGS: dict[str, Promise] = {
    "sought": _("What the firm seeks"),
    "offered": _("What the firm brings"),
    "advantages": _("Advantages and innovation"),
    "technical": _("Technical specification or expertise sought"),
}


def is_offer(kind: str) -> bool:
    """Whether the firm earns with what it looks for: an offer. Who pays makes a request."""
    return kind in OFFERS


def headings(kind: str) -> dict[str, Promise]:
    """The long parts in the order in which a reader of a profile of this type sees them, with their headings."""
    return _OFFER_HEADINGS if is_offer(kind) else _REQUEST_HEADINGS


def main_side(kind: str) -> str:
    """The part that describes the matter itself: what an offer offers, or a request seeks."""
    return "offered" if is_offer(kind) else "sought"


_LABELS: dict[str, Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "keywords": _("Keywords"),
    "cooperation_types": _("Ways to work together"),
    "partner_kinds": _("Type and size of the partner"),
    "development": _("Stage of development"),
    "protection": _("Intellectual property"),
    "call": _("The call for proposals"),
    "call_programme": _("Framework programme"),
    "call_title": _("Title and identifier of the call"),
    "call_website": _("Web page of the call"),
    "language": _("Languages"),
}


def label_of(field: str, kind: str) -> Promise | str:
    """The name of a part or fact on the pages that write a profile of this type."""
    return {**_LABELS, **headings(kind)}.get(field, field)
