"""By what a firm is known again: numbers of registers and tax offices, web domains, and names without legal forms.

Pure functions that take any text, however odd, and never raise.
"""

from companies.identity.domains import normalised_domain
from companies.identity.names import name_key
from companies.identity.numbers import (
    normalised_register_number,
    normalised_vat,
    register_number_is_wrong,
    register_number_of_vat,
    vat_is_wrong,
    vat_of_register_number,
)

__all__ = [
    "name_key",
    "normalised_domain",
    "normalised_register_number",
    "normalised_vat",
    "register_number_is_wrong",
    "register_number_of_vat",
    "vat_is_wrong",
    "vat_of_register_number",
]
