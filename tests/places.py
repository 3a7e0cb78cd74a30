"""Where the host organisations of the seven countries sit, for factories: enough reference data for most tests."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A country, its language and clock, the three regions down to the seat of a host organisation, and that."""

    name: str
    language: str
    time_zone: str
    postcode_digits: int
    regions: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    host: str
    host_number: int
    host_city: str


COUNTRIES = {
    "PL": Place(
        "Poland",
        "pl",
        "Europe/Warsaw",
        5,
        (("PL8", "Eastern Poland"), ("PL84", "Podlaskie"), ("PL841", "Białystok area")),
        "PFRR",
        2,
        "Białystok",
    ),
    "LV": Place(
        "Latvia",
        "lv",
        "Europe/Riga",
        4,
        (("LV0", "Latvia"), ("LV00", "Latvia"), ("LV00C", "Vidzeme")),
        "VPR",
        3,
        "Cēsis",
    ),
    "EE": Place(
        "Estonia",
        "et",
        "Europe/Tallinn",
        5,
        (("EE0", "Estonia"), ("EE00", "Estonia"), ("EE008", "Southern Estonia")),
        "Valga",
        4,
        "Valga",
    ),
    "LT": Place(
        "Lithuania",
        "lt",
        "Europe/Vilnius",
        5,
        (("LT0", "Lithuania"), ("LT01", "Capital region"), ("LT011", "Vilnius county")),
        "LIC",
        5,
        "Vilnius",
    ),
    "FI": Place(
        "Finland",
        "fi",
        "Europe/Helsinki",
        5,
        (("FI1", "Mainland Finland"), ("FI1C", "Southern Finland"), ("FI1C7", "Kymenlaakso")),
        "Kinno",
        6,
        "Kouvola",
    ),
    "DE": Place(
        "Germany",
        "de",
        "Europe/Berlin",
        5,
        (("DE6", "Hamburg"), ("DE60", "Hamburg"), ("DE600", "Hamburg")),
        "HWWI",
        7,
        "Hamburg",
    ),
    "DK": Place(
        "Denmark",
        "da",
        "Europe/Copenhagen",
        4,
        (("DK0", "Denmark"), ("DK03", "Southern Denmark"), ("DK032", "South Jutland")),
        "Aabenraa",
        8,
        "Aabenraa",
    ),
}
