"""The columns of each file of reference data, and what a row must fulfil by itself."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _

from regions.reference.columns import Translated

NACE_FORMS = {1: r"[A-Z]", 2: r"\d{2}", 3: r"\d{2}\.\d", 4: r"\d{2}\.\d{2}"}


def _refuse_unless(condition: bool, reason: str) -> None:
    if not condition:
        raise ValueError(reason)


@dataclass(frozen=True)
class CountryRow:
    KEY: ClassVar = ("code",)

    code: str
    name: Translated
    default_language: str
    time_zone: str
    postcode_digits: int

    def __post_init__(self) -> None:
        _refuse_unless(re.fullmatch("[A-Z]{2}", self.code) is not None, _("The code is not two capitals."))


@dataclass(frozen=True)
class RegionRow:
    KEY: ClassVar = ("code",)

    code: str
    nuts_version: int
    level: int
    country: str
    parent: str | None
    replaced_by: str | None
    name: Translated
    partner_area: bool
    map_x: int | None
    map_y: int | None

    def __post_init__(self) -> None:
        _refuse_unless(self.level in {1, 2, 3}, _("The level is not 1, 2 or 3."))
        _refuse_unless((self.level == 1) == (self.parent is None), _("Only level 1 has no parent."))
        _refuse_unless(len(self.code) == self.level + 2, _("The length of the code does not fit the level."))
        _refuse_unless((self.map_x is None) == (self.map_y is None), _("The place on the map is half."))
        _refuse_unless(self.active or self.map_x is None, _("A replaced region is on the map."))

    @property
    def active(self) -> bool:
        return self.replaced_by is None


@dataclass(frozen=True)
class NaceRow:
    KEY: ClassVar = ("code",)

    code: str
    level: int
    parent: str | None
    label: Translated

    def __post_init__(self) -> None:
        form = NACE_FORMS.get(self.level, "")
        _refuse_unless(re.fullmatch(form, self.code) is not None, _("The code does not fit the level."))
        _refuse_unless((self.level == 1) == (self.parent is None), _("Only sections have no parent."))


@dataclass(frozen=True)
class DomainRow:
    KEY: ClassVar = ("code",)

    code: str
    position: int
    name: Translated


@dataclass(frozen=True)
class DomainNaceRow:
    KEY: ClassVar = ("domain", "nace")

    domain: str
    nace: str
    weight: Decimal

    def __post_init__(self) -> None:
        _refuse_unless(0 < self.weight <= 1, _("The weight is not above 0 and at most 1."))


@dataclass(frozen=True)
class PriorityRow:
    KEY: ClassVar = ("code",)

    code: str
    region: str | None
    country: str | None
    title: Translated
    start_year: int | None
    end_year: int | None
    source: str
    verified: bool

    def __post_init__(self) -> None:
        one_place = (self.region is None) != (self.country is None)
        _refuse_unless(one_place, _("A priority has either a region or a country."))
        ordered = not (self.start_year and self.end_year) or self.start_year <= self.end_year
        _refuse_unless(ordered, _("The last year is before the first."))


@dataclass(frozen=True)
class PriorityDomainRow:
    KEY: ClassVar = ("priority", "domain")

    priority: str
    domain: str
    weight: Decimal

    def __post_init__(self) -> None:
        _refuse_unless(0 < self.weight <= 1, _("The weight is not above 0 and at most 1."))


@dataclass(frozen=True)
class PostcodeRow:
    KEY: ClassVar = ("country", "prefix")

    country: str
    prefix: str
    region: str

    def __post_init__(self) -> None:
        _refuse_unless(re.fullmatch("[0-9]+", self.prefix) is not None, _("The prefix is not digits only."))
