"""Reference data that rows of a file may name, read once for a whole import."""

import re
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from regions.models import Country, NaceCode
from regions.selectors import PostcodeTable
from tibs.core.languages import LANGUAGE_CODES
from tibs.core.search_text import fold


@dataclass(frozen=True)
class Known:
    """Countries that a host organisation serves, by code and by name in any language; NACE codes; postcodes."""

    countries: dict[str, str]
    nace_codes: frozenset[str]
    postcodes: PostcodeTable

    @classmethod
    def load(cls, served: frozenset[str]) -> Self:
        """`served` holds the codes of the countries for which there is a host organisation."""
        names: dict[str, str] = {}
        for country in Country.objects.active().filter(code__in=served):
            labels = (getattr(country, f"name_{language}") for language in LANGUAGE_CODES)
            names |= {fold(label): country.code for label in (country.code, *labels) if label}
        codes = NaceCode.objects.active().values_list("code", flat=True)
        return cls(names, frozenset(codes), PostcodeTable.load())

    def country(self, cell: str) -> str:
        code = self.countries.get(fold(cell))
        if code is None:
            codes = ", ".join(sorted(set(self.countries.values())))
            raise ValueError(
                _("“%(cell)s” is not a country with a host organisation (%(codes)s).")
                % {"cell": cell[:40], "codes": codes}
            )
        return code

    def nace(self, cell: str) -> str:
        """A code as NACE writes it: `C25.62`, `2562` and `25.62` are the same."""
        digits = re.sub(r"^[A-Za-z](?=\d)|\W", "", cell)
        code = f"{digits[:2]}.{digits[2:]}" if digits[2:] else digits.upper()
        if code not in self.nace_codes:
            raise ValueError(_("“%(cell)s” is not a code of NACE Rev. 2.1.") % {"cell": cell[:20]})
        return code

    def region(self, country: str, postcode: str) -> str | None:
        """The small region of a postcode; None where it is not known, which is no reason to refuse a company."""
        return self.postcodes.region_code(country, postcode)
