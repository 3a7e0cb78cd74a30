"""The filters of the catalogue as its page shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from companies.catalogue.facets import Counts
from companies.catalogue.search import FILTERS
from tibs.pages.public.forms import CatalogueForm


@dataclass(frozen=True)
class Option:
    """One value of a filter, and how many profiles it leaves under all the other filters."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter with its values; those that leave nothing are not among them unless they are chosen.

    It stands open while a value is chosen: on a phone the results would otherwise begin far below.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    is_open: bool


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    query: str


def facets_of(form: CatalogueForm, counts: Counts) -> list[Facet]:
    """Every filter of the form that leaves a choice."""
    facets = (_facet(form, name, counts.by_filter.get(name, {})) for name in FILTERS)
    return [facet for facet in facets if facet.options]


def chips_of(form: CatalogueForm, sort: str) -> list[Chip]:
    """What the list is narrowed to, each with the way back."""
    search = form.search
    found = (
        [Chip(_("“%(words)s”") % {"words": search.q}, search.without("q").as_query(sort=sort))]
        if search.q
        else []
    )
    for name in FILTERS:
        labels = dict(_choices(form, name))
        for value in getattr(search, name):
            found.append(Chip(str(labels.get(value, value)), search.without(name, value).as_query(sort=sort)))
    return found


def described(form: CatalogueForm) -> str:
    """What the form looks for in a few words, as a name for it."""
    return ", ".join(chip.label for chip in chips_of(form, "")) or _("All opportunities")


def _facet(form: CatalogueForm, name: str, counts: dict[str, int]) -> Facet:
    chosen = getattr(form.search, name)
    options = tuple(_options(_choices(form, name), chosen, counts))
    return Facet(name, str(form.fields[name].label), options, is_open=bool(chosen))


def _options(
    choices: Iterable[tuple[Any, Any]], chosen: Iterable[str], counts: dict[str, int]
) -> Iterator[Option]:
    for value, label in choices:
        if value in chosen or counts.get(value):
            yield Option(str(value), str(label), counts.get(value, 0), value in chosen)


def _choices(form: CatalogueForm, name: str) -> list[tuple[Any, Any]]:
    return cast("list[tuple[Any, Any]]", cast("forms.ChoiceField", form.fields[name]).choices)
