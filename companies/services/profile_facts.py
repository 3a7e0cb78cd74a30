"""What a profile may say outside of its texts: rules that a column alone cannot hold."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from tibs.core.errors import BadInputError

FACTS = (
    "type",
    "area",
    "domain",
    "cooperation_types",
    "partner_kinds",
    "working_languages",
    "wished_countries",
    "excluded_countries",
    "development",
    "protection",
    "keywords",
    "goals",
)
CALL = (
    "programme",
    "title",
    "website",
    "is_coordinator_sought",
    "interest_until",
    "closing_date",
    "weeks",
    "budget",
)
CALL_NEEDS = ("programme", "title", "interest_until", "closing_date")
MOST_KEYWORDS, MOST_GOALS = 5, 17


def refuse_odd_facts(company: Company, facts: Mapping[str, Any]) -> None:
    """Raise BadInputError with a sentence for each fact of a profile that cannot be meant."""
    wished, excluded = facts.get("wished_countries", []), facts.get("excluded_countries", [])
    problems: dict[str, str | Promise] = {}
    if company.country_id in wished:
        problems["wished_countries"] = _("Partners come from another country than the firm's own.")
    if company.country_id in excluded:
        problems["excluded_countries"] = _("The firm's own country is left out anyway.")
    if set(wished) & set(excluded):
        problems["excluded_countries"] = _("A country is either wished for or left out.")
    if len(facts.get("keywords", [])) > MOST_KEYWORDS:
        problems["keywords"] = _("Choose at most five keywords.")
    if not set(facts.get("goals", [])) <= set(range(1, MOST_GOALS + 1)):
        problems["goals"] = _("The goals are numbered from 1 to 17.")
    if problems:
        raise BadInputError(_("Some facts do not fit."), fields=problems)


def call_is_empty(call: Mapping[str, Any]) -> bool:
    return not any(call.get(name) for name in CALL)


def refuse_half_a_call(call: Mapping[str, Any]) -> None:
    """A call is described or it is not: what the Enterprise Europe Network asks for may not be missing."""
    if call_is_empty(call):
        return
    needed = _("A call needs this, or leave all of it empty.")
    if lacking := {f"call_{name}": needed for name in CALL_NEEDS if not call.get(name)}:
        raise BadInputError(needed, fields=lacking)
