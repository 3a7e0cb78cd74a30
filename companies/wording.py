"""Sentences about companies that more than one page says."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from companies.choices import Independence, SizeClass
from companies.models import Company
from companies.size import size_class_by_bands


def size_of(answers: Mapping[str, Any]) -> SizeClass:
    """The size class by the answers of the section `size`."""
    return size_class_by_bands(answers["staff_count"], answers["turnover_band"], answers["balance_band"])


def size_sentences(answers: Mapping[str, Any]) -> list[str]:
    """Which class it is and why, in words; large firms are told what happens."""
    size, staff = size_of(answers), answers["staff_count"]
    sentences = {SizeClass.MICRO: _micro, SizeClass.SMALL: _small, SizeClass.MEDIUM: _medium}
    if size not in sentences:
        return [
            gettext(
                "By these figures you are a large enterprise: 250 people or more, or a turnover above 50 and a balance "
                "sheet above 43 million euros (European Recommendation 2003/361/EC)."
            ),
            gettext(
                "TIBS is made for small and medium-sized enterprises. Register all the same: your broker will tell you "
                "who else can help, and firms that we serve may look for a partner like you."
            ),
        ]
    said = [sentences[size](staff) % {"staff": staff}]
    if answers["independence"] != Independence.AUTONOMOUS:
        said.append(gettext("This holds if the figures include your partner and linked enterprises."))
    return said


def lead_sentences(company: Company) -> list[str]:
    """What the broker must know of a lead besides why it was proposed to them."""
    if company.escalated_at is None:
        return []
    words = gettext("The coordinator was told on %(day)s that nobody had answered.")
    return [words % {"day": date_format(company.escalated_at)}]


def _micro(staff: int) -> str:
    return ngettext(
        "With %(staff)s person and these figures you are a micro enterprise: fewer than 10 people and at most "
        "2 million euros (European Recommendation 2003/361/EC).",
        "With %(staff)s people and these figures you are a micro enterprise: fewer than 10 people and at most "
        "2 million euros (European Recommendation 2003/361/EC).",
        staff,
    )


def _small(staff: int) -> str:
    return ngettext(
        "With %(staff)s person and these figures you are a small enterprise: fewer than 50 people and at most "
        "10 million euros (European Recommendation 2003/361/EC).",
        "With %(staff)s people and these figures you are a small enterprise: fewer than 50 people and at most "
        "10 million euros (European Recommendation 2003/361/EC).",
        staff,
    )


def _medium(staff: int) -> str:
    return ngettext(
        "With %(staff)s person and these figures you are a medium-sized enterprise: fewer than 250 people and at most "
        "50 million euros turnover or 43 million balance sheet (European Recommendation 2003/361/EC).",
        "With %(staff)s people and these figures you are a medium-sized enterprise: fewer than 250 people and at most "
        "50 million euros turnover or 43 million balance sheet (European Recommendation 2003/361/EC).",
        staff,
    )


HOLD_REASONS: dict[str, Promise] = {
    "trap": gettext_lazy("A field was filled in that people do not see."),
    "uncounted": gettext_lazy("Nobody could count how many registrations came from there."),
    "many_letters": gettext_lazy("Too many letters were asked for to the same address."),
    "link_in_name": gettext_lazy("A name holds a web address."),
    "markup": gettext_lazy("The text holds code of web pages."),
    "many_links": gettext_lazy("The text holds many web addresses."),
    "same_words": gettext_lazy("All answers are the same word."),
    "too_quick": gettext_lazy("All sections were filled in within seconds."),
}
