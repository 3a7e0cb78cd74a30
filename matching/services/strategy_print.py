"""A joint strategy on paper."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, override

from matching.models import JointStrategy
from matching.policies import can_lead_strategy
from matching.strategy_names import hidden_from, introduced_pairs, name_of
from matching.strategy_words import countries, has_signed, words_hash
from tibs.accounts.actor import Actor
from tibs.rendering.pdf import compile_pdf


def strategy_pdf(strategy: JointStrategy, language: str, by: Actor) -> bytes:
    """The strategy with its members, activities and signatures as a tagged PDF, in the reader's language; with the
    names that the reader may read."""
    with override(language):
        return compile_pdf("document", readable(strategy, language, by))


def readable(strategy: JointStrategy, language: str, by: Actor) -> dict[str, Any]:
    """The strategy as the parts of a document for one reader, in the language that is active."""
    leads = can_lead_strategy(by, strategy)
    hidden = hidden_from(by, strategy, introduced_pairs(strategy), leads=leads)
    texts = [
        (gettext("Goal"), strategy.goal),
        (gettext("Division of roles"), strategy.roles),
        (gettext("Investment and funding sought"), strategy.funding),
        (gettext("Risks"), strategy.risks),
    ]
    number = countries(strategy)
    of_countries = ngettext(
        "Firms of %(number)d country take part.", "Firms of %(number)d countries take part.", number
    )
    return {
        "title": strategy.title,
        "footer": gettext("Joint smart strategy: %(title)s") % {"title": strategy.title},
        "language": language,
        "intro": [
            gettext("Domain: %(domain)s") % {"domain": strategy.domain.name},
            gettext("Status: %(status)s") % {"status": strategy.get_status_display()},
            of_countries % {"number": number},
        ],
        "sections": [
            *({"heading": heading, "paragraphs": words.splitlines()} for heading, words in texts if words),
            {"heading": gettext("Firms"), "table": _members(strategy, hidden)},
            {"heading": gettext("Activities"), "table": _activities(strategy, hidden)},
        ],
    }


def _members(strategy: JointStrategy, hidden: set[int]) -> dict[str, Any]:
    current = words_hash(strategy)
    return {
        "headers": [gettext("Firm"), gettext("Country"), gettext("Role"), gettext("Signed")],
        "rows": [
            [
                name_of(member, hidden),
                member.company.country.name,
                "" if member.company_id in hidden else member.contribution,
                f"{member.signer}, {date_format(member.signed_at.date(), 'DATE_FORMAT')}"
                if member.signed_at and has_signed(member, current)
                else gettext("not yet"),
            ]
            for member in strategy.members.all()
        ],
    }


def _activities(strategy: JointStrategy, hidden: set[int]) -> dict[str, Any]:
    return {
        "headers": [gettext("Activity"), gettext("Responsible"), gettext("Until")],
        "rows": [
            [
                one.what,
                name_of(one.responsible, hidden) if one.responsible else "",
                date_format(one.due_date, "DATE_FORMAT") if one.due_date else "",
            ]
            for one in strategy.activities.all()
        ],
    }
