"""Which column of a file fills which field: guessed from common headings, or said by the operator."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from companies.services.imports.problems import BadFileError
from tibs.core.languages import LANGUAGE_CODES
from tibs.core.search_text import fold

# Each field that an import can fill, with the headings that are understood without being told. A heading may end
# in the code of a language, as in `description_de`.
FIELDS: dict[str, tuple[str, ...]] = {
    "external_id": ("external_id", "id", "company_id", "identifier", "key"),
    "name": ("name", "company_name", "company", "legal_name", "firm"),
    "country": ("country", "country_code", "iso_country"),
    "city": ("city", "town", "place", "location"),
    "postcode": ("postcode", "postal_code", "zip", "zip_code"),
    "website": ("website", "url", "web", "homepage", "web_site"),
    "register_number": ("register_number", "registration_number", "register_no", "register_code"),
    "nace": ("nace", "nace_code", "main_nace", "nace_rev_2"),
    "employees": ("employees", "number_of_employees", "staff", "headcount"),
    "size": ("size", "size_class", "sme_class"),
    "kind": ("kind", "type_of_organisation"),
    "language": ("language", "description_language", "lang"),
    "offered": ("offered", "offer", "description", "about", "summary", "activity_description"),
    "sought": ("sought", "seeks", "request", "looking_for", "partner_sought"),
}
REQUIRED = ("external_id", "name", "country")
MOST_SHOWN = 30


@dataclass(frozen=True)
class Mapping:
    """The place of each field's column from 0 and its heading, the columns that fill nothing, and the language.

    `language` is that of texts whose row does not say its own.
    """

    places: dict[str, int]
    columns: dict[str, str]
    unused: tuple[str, ...]
    language: str


def read_mapping(text: str) -> dict[str, str]:
    """Columns by field from `name=Firma,country=Land`, or from a TOML file of such lines (`name = "Firma"`)."""
    if text.endswith(".toml"):
        told = _read_toml(Path(text))
    else:
        told = dict(_pair(part) for part in text.split(",") if part.strip())
    unknown = sorted(told.keys() - FIELDS)
    if unknown:
        raise BadFileError(
            _("The mapping names fields that do not exist: %(unknown)s. Fields are: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(FIELDS)}
        )
    return told


def map_columns(heading: Sequence[str], told: dict[str, str], language: str = "en") -> Mapping:
    """Find a column for each field. What was told overrides the guesses; an empty name leaves a field out."""
    places = _guess(heading) | {field: _place(heading, column) for field, column in told.items() if column}
    places = {field: place for field, place in places.items() if told.get(field, "?")}
    _refuse_missing(heading, places)
    _refuse_doubtful(heading, [place for field, place in places.items() if field not in told])
    suffix = _language_of(heading[places.get("offered", places.get("sought", 0))])
    return Mapping(
        places=places,
        columns={field: heading[place] for field, place in places.items()},
        unused=tuple(name for place, name in enumerate(heading) if name and place not in places.values()),
        language=suffix or language,
    )


def _read_toml(path: Path) -> dict[str, str]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = _("The mapping %(path)s cannot be read: %(error)s")
        raise BadFileError(reason % {"path": path, "error": error}) from error
    if not all(isinstance(column, str) for column in told.values()):
        raise BadFileError(_('The mapping gives each field one column, as in: name = "Firma"'))
    return told


def _pair(part: str) -> tuple[str, str]:
    field, equals, column = part.partition("=")
    if not equals:
        raise BadFileError(
            _("“%(part)s” is not a mapping. Write field=column,field=column.") % {"part": part.strip()}
        )
    return field.strip(), column.strip()


def _guess(heading: Sequence[str]) -> dict[str, int]:
    names = [_plain(name) for name in heading]
    guesses = {}
    for field, known in FIELDS.items():
        found = [names.index(name) for name in known if name in names]
        if field in {"offered", "sought"} and not found:
            found = [place for place, name in enumerate(names) if _language_of(name) and name[:-3] in known]
        if found:
            guesses[field] = found[0]
    return guesses


def _place(heading: Sequence[str], column: str) -> int:
    places = [place for place, name in enumerate(heading) if name == column] or [
        place for place, name in enumerate(heading) if _plain(name) == _plain(column)
    ]
    if not places:
        raise BadFileError(_("The file has no column “%(column)s”.") % {"column": column} + _listed(heading))
    if len(places) > 1:
        raise BadFileError(_("The file has the column “%(column)s” twice.") % {"column": column})
    return places[0]


def _refuse_missing(heading: Sequence[str], places: dict[str, int]) -> None:
    missing = [field for field in REQUIRED if field not in places]
    if not {"offered", "sought"} & places.keys():
        missing.append("offered")
    if missing:
        reason = _("The file has no column for: %(fields)s. Name it by --mapping field=column.")
        raise BadFileError(reason % {"fields": ", ".join(missing)} + _listed(heading))


def _refuse_doubtful(heading: Sequence[str], guessed: list[int]) -> None:
    names = [_plain(name) for name in heading]
    twice = [heading[place] for place in guessed if names.count(names[place]) > 1]
    if twice:
        raise BadFileError(_("The file has the column “%(column)s” twice.") % {"column": twice[0]})


def _listed(heading: Sequence[str]) -> str:
    shown = [name[:60] for name in heading[:MOST_SHOWN]] + ["…"] * (len(heading) > MOST_SHOWN)
    return " " + _("Its columns are: %(columns)s.") % {"columns": ", ".join(shown)}


def _plain(name: str) -> str:
    """A heading without accents, case and punctuation: `Company name:` becomes `company_name`."""
    return re.sub(r"\W+", "_", fold(name)).strip("_")


def _language_of(name: str) -> str:
    suffix = name.lower()[-3:]
    return suffix[1:] if suffix[:1] == "_" and suffix[1:] in LANGUAGE_CODES else ""
