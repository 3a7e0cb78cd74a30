"""A joint strategy on paper."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, override

from matching.models import JointStrategy
from matching.strategy_words import countries, has_signed, words_hash
from tibs.rendering.pdf import compile_pdf


def strategy_pdf(strategy: JointStrategy, language: str) -> bytes:
    """The strategy with its members, activities and signatures as a tagged PDF, in the reader's language."""
    with override(language):
        return compile_pdf("document", readable(strategy, language))


def readable(strategy: JointStrategy, language: str) -> dict[str, Any]:
    """The strategy as the parts of a document, in the language that is active."""
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
            {"heading": gettext("Firms"), "table": _members(strategy)},
            {"heading": gettext("Activities"), "table": _activities(strategy)},
        ],
    }


def _members(strategy: JointStrategy) -> dict[str, Any]:
    current = words_hash(strategy)
    return {
        "headers": [gettext("Firm"), gettext("Country"), gettext("Role"), gettext("Signed")],
        "rows": [
            [
                member.company.name,
                member.company.country.name,
                member.contribution,
                f"{member.signer}, {date_format(member.signed_at.date(), 'DATE_FORMAT')}"
                if member.signed_at and has_signed(member, current)
                else gettext("not yet"),
            ]
            for member in strategy.members.all()
        ],
    }


def _activities(strategy: JointStrategy) -> dict[str, Any]:
    return {
        "headers": [gettext("Activity"), gettext("Responsible"), gettext("Until")],
        "rows": [
            [
                one.what,
                one.responsible.company.name if one.responsible else "",
                date_format(one.due_date, "DATE_FORMAT") if one.due_date else "",
            ]
            for one in strategy.activities.all()
        ],
    }
