"""Register and tax numbers of the seven countries: one way of writing each, and what their check digits say.

Sources of the rules: the registers' own descriptions (KRS, NIP and REGON in Poland, Y-tunnus in Finland, CVR in
Denmark, USt-IdNr. in Germany, registrikood and KMKR in Estonia, juridinio asmens kodas in Lithuania, registration
number in Latvia), and ISO 7064 for the German check digit. Numbers of the German courts and of the Polish court
register have no check digit.
"""

import re
from collections.abc import Callable

LONGEST = 60
NOT_PLAIN = re.compile(r"[^0-9A-Z]+")
GERMAN_REGISTER = re.compile(r"(HRA|HRB|GNR|GSR|PR|VR)\s*(?:NR\.?)?\s*(\d+)\s*([A-Z]{0,3})\b")
NIP = (6, 5, 7, 2, 3, 4, 5, 6, 7)
REGON = (8, 9, 2, 3, 4, 5, 6, 7)
REGON_LONG = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)
# Countries whose tax number is the register number with the country in front.
SAME_NUMBER = frozenset({"FI", "DK", "LV"})
WIDTHS = {"PL": {9, 10, 14}, "FI": {8}, "DK": {8}, "EE": {8}, "LT": {9}, "LV": {11}}
VAT_WIDTHS = {"PL": {10}, "FI": {8}, "DK": {8}, "DE": {9}, "EE": {9}, "LT": {9, 12}, "LV": {11}}


def normalised_register_number(country: str, text: str) -> str:
    """The number as it is stored and compared, such as `0112038-9` for Finland or `HRB 12345` for Germany.

    What does not look like a number of `country` (ISO code) keeps its words, in capitals with single spaces.
    Nothing is cut: a text that is too long for any number comes back as it is, for a form to refuse.
    """
    if len(text) > LONGEST:
        return text
    upper = " ".join(text.upper().split())
    if country == "DE":
        found = GERMAN_REGISTER.search(upper)
        if found and found.start() == 0 and found.end() == len(upper):
            kind, number, letters = found.groups()
            return f"{kind} {number.lstrip('0') or '0'} {letters}".strip()
        return upper
    plain = _plain(country, upper)
    if country == "FI" and len(plain) == 7:
        plain = f"0{plain}"  # old numbers had one digit less
    if not plain.isdigit() or len(plain) not in WIDTHS.get(country, ()):
        return upper
    return f"{plain[:-1]}-{plain[-1]}" if country == "FI" else plain


def register_number_is_wrong(country: str, text: str) -> bool:
    """Whether the number cannot be one of `country`; False where its digits cannot tell."""
    if not text.strip() or country not in WIDTHS:
        return False
    digits = normalised_register_number(country, text).replace("-", "")
    if not digits.isdigit() or len(digits) not in WIDTHS[country]:
        return True
    return not _register_checks(country, digits)


def normalised_vat(country: str, text: str) -> str:
    """The VAT number with the country in front and no spaces, such as `PL7740001454`; empty for an empty text."""
    if len(text) > LONGEST:
        return text
    plain = _plain(country, text.upper())
    return f"{country}{plain}" if plain else ""


def vat_is_wrong(country: str, text: str) -> bool:
    """Whether the VAT number cannot be one of `country`; False where its digits cannot tell."""
    digits = normalised_vat(country, text).removeprefix(country)
    if not digits or country not in VAT_WIDTHS:
        return False
    if not digits.isdigit() or len(digits) not in VAT_WIDTHS[country]:
        return True
    return not VAT_CHECKS[country](digits)


def vat_of_register_number(country: str, number: str) -> str:
    """The VAT number that follows from a register number, where a country has one number for both."""
    if country not in SAME_NUMBER or not number.strip() or register_number_is_wrong(country, number):
        return ""
    return normalised_vat(country, normalised_register_number(country, number).replace("-", ""))


def register_number_of_vat(country: str, vat: str) -> str:
    """The register number that follows from a VAT number, where a country has one number for both."""
    if country not in SAME_NUMBER or not vat.strip() or vat_is_wrong(country, vat):
        return ""
    return normalised_register_number(country, normalised_vat(country, vat).removeprefix(country))


def _plain(country: str, upper: str) -> str:
    """ASCII digits and letters only, without the country code in front."""
    return NOT_PLAIN.sub("", upper).removeprefix(country)


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _register_checks(country: str, digits: str) -> bool:
    if country == "PL":
        return len(digits) == 10 or _regon(digits)  # ten digits: a court register number has no check digit
    return REGISTER_CHECKS[country](digits)


def _nip(digits: str) -> bool:
    return _sum(digits, NIP) % 11 == int(digits[9])


def _regon(digits: str) -> bool:
    weights = REGON if len(digits) == 9 else REGON_LONG
    return _sum(digits, weights) % 11 % 10 == int(digits[-1])


def _finnish(digits: str) -> bool:
    rest = _sum(digits, (7, 9, 10, 5, 8, 4, 2)) % 11
    return rest != 1 and (11 - rest) % 11 == int(digits[7])


def _danish(digits: str) -> bool:
    return digits[0] != "0" and _sum(digits, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _german(digits: str) -> bool:
    product = 10
    for digit in digits[:8]:
        rest = (int(digit) + product) % 10 or 10
        product = 2 * rest % 11
    return digits[0] != "0" and (11 - product) % 10 == int(digits[8])


def _two_rounds(digits: str, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """The Baltic rule: a second row of weights where the first leaves ten, then nought where that leaves ten."""
    rest = _sum(digits, first) % 11
    if rest == 10:
        rest = _sum(digits, second) % 11 % 10
    return rest == int(digits[-1])


def _estonian(digits: str) -> bool:
    return _two_rounds(digits, (1, 2, 3, 4, 5, 6, 7), (3, 4, 5, 6, 7, 8, 9))


def _estonian_vat(digits: str) -> bool:
    return _sum(digits, (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0


def _lithuanian(digits: str) -> bool:
    return _two_rounds(digits, (1, 2, 3, 4, 5, 6, 7, 8), (3, 4, 5, 6, 7, 8, 9, 1))


def _lithuanian_vat(digits: str) -> bool:
    if len(digits) == 9:
        return digits[7] == "1" and _lithuanian(digits)
    first, second = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4)
    return digits[10] == "1" and _two_rounds(digits, first, second)


def _latvian(digits: str) -> bool:
    """Numbers of organisations begin with 4, 5 or 9; others are of persons and have another rule."""
    return digits[0] < "4" or _sum(digits, (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)) % 11 == 3


Check = Callable[[str], bool]
REGISTER_CHECKS: dict[str, Check] = {
    "FI": _finnish,
    "DK": _danish,
    "EE": _estonian,
    "LT": _lithuanian,
    "LV": _latvian,
}
VAT_CHECKS: dict[str, Check] = {
    "PL": _nip,
    "FI": _finnish,
    "DK": _danish,
    "DE": _german,
    "EE": _estonian_vat,
    "LT": _lithuanian_vat,
    "LV": _latvian,
}
