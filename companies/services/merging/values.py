"""The facts of two entries: which differ, which value stays, and what was there before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import models
from django.utils.functional import Promise

from companies.models import Company
from tibs.core.errors import BadInputError

# Facts of which the merged company keeps one value, by choice where both entries have one.
CHOSEN = (
    "name",
    "kind",
    "country",
    "region",
    "street",
    "postcode",
    "city",
    "register_number",
    "vat_number",
    "website",
    "nace",
    "size_class",
    "staff_count",
    "turnover_band",
    "balance_band",
    "independence",
    "founded_year",
    "language",
    "heard_from",
)
# Moments that happened to one firm, whichever entry noted them: the earlier one counts.
EARLIEST = ("first_assessed_at", "first_published_at", "first_introduced_at", "first_agreement_at")
# What both entries list counts for both.
JOINED = ("previous_support", "brands")
# What a merge writes on the kept company, and undoing it writes back.
WRITTEN = (*CHOSEN, *EARLIEST, *JOINED, "search_text", "name_key", "web_domain")
EMPTY: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Fact:
    """One fact of two entries, in words; `taken` is `kept` or `absorbed`, by default the one that has a value."""

    name: str
    label: str
    kept: str
    absorbed: str
    is_choice: bool
    taken: str


def facts_of(kept: Company, absorbed: Company, take: Collection[str] = ()) -> list[Fact]:
    """Every fact that at least one of the entries has."""
    facts = []
    for name in CHOSEN:
        mine, other = value_of(kept, name), value_of(absorbed, name)
        if mine in EMPTY and other in EMPTY:
            continue
        is_choice = mine not in EMPTY and other not in EMPTY and mine != other
        takes_other = mine in EMPTY or (is_choice and name in take)
        label = str(field_of(name).verbose_name)
        taken = "absorbed" if takes_other else "kept"
        facts.append(Fact(name, label, shown(kept, name), shown(absorbed, name), is_choice, taken))
    return facts


def put_together(kept: Company, absorbed: Company, take: Collection[str]) -> None:
    """Give `kept` the facts of the merged company; `take` names those whose other value is right.

    Nothing is saved. BadInputError for a name that is no fact of a company.
    """
    if unknown := set(take) - set(CHOSEN):
        raise BadInputError(", ".join(sorted(unknown)))
    for fact in facts_of(kept, absorbed, take):
        if fact.taken == "absorbed":
            attribute = field_of(fact.name).attname
            setattr(kept, attribute, getattr(absorbed, attribute))
    for name in EARLIEST:
        moments = [moment for moment in (getattr(kept, name), getattr(absorbed, name)) if moment]
        setattr(kept, name, min(moments, default=None))
    for name in JOINED:
        setattr(kept, name, list(dict.fromkeys([*getattr(kept, name), *getattr(absorbed, name)])))


def field_of(name: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", Company._meta.get_field(name))


def value_of(company: Company, name: str) -> Any:
    """The stored value of a field: for a related thing its key."""
    return getattr(company, field_of(name).attname)


def stored(company: Company, names: Iterable[str]) -> dict[str, Any]:
    """Values by field name, as JSON keeps them."""
    values = {name: value_of(company, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }


def write_back(company: Company, name: str, value: Any) -> None:
    """Give a field the value that `stored` kept."""
    if name in EARLIEST and value:
        value = datetime.fromisoformat(value)
    setattr(company, field_of(name).attname, value)


def shown(company: Company, name: str) -> str:
    """A fact in words."""
    display = getattr(company, f"get_{name}_display", None)
    value: str | Promise | int | None = display() if display else getattr(company, name)
    return "" if value in EMPTY else str(value)
