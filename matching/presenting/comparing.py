"""Two to four partners of one profile side by side: what is the same, and what differs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from companies.choices import Cooperation
from companies.models import CooperationProfile
from matching.presenting.standing import Shown
from tibs.core.languages import LANGUAGES
from tibs.rendering.match_card import Quote

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Cell:
    """What one partner has; `language` is that of a quoted sentence."""

    text: str
    language: str = ""
    partner: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that is compared; `differs` marks it for the reader."""

    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        return len({cell.text for cell in self.cells}) > 1


@dataclass(frozen=True)
class Comparison:
    """Partners as columns, in the order of the address, and what is compared in groups of lines."""

    shown: Sequence[Shown]
    groups: list[tuple[str, list[Line]]]


def compare(shown: Sequence[Shown]) -> Comparison:
    """Compare these partners, which are shown to the side of one profile."""
    groups = [
        (gettext("Fit"), [*_fit(shown), *_parts(shown)]),
        (gettext("The partner"), _facts(shown)),
        (gettext("In their words"), _words(shown)),
        (gettext("Where it stands"), _state(shown)),
    ]
    return Comparison(shown, [(title, _told(lines, shown)) for title, lines in groups])


def _told(lines: Sequence[Line], shown: Sequence[Shown]) -> list[Line]:
    """Lines of which at least one partner says something, each cell under the number and country of its partner."""
    names = [f"{place}. {one.card.country}" for place, one in enumerate(shown, start=1)]
    return [
        replace(
            line, cells=[replace(cell, partner=name) for cell, name in zip(line.cells, names, strict=True)]
        )
        for line in lines
        if any(cell.text for cell in line.cells)
    ]


def _line(label: str, shown: Sequence[Shown], value: Callable[[Shown], str]) -> Line:
    return Line(label, [Cell(value(one)) for one in shown])


def _fit(shown: Sequence[Shown]) -> list[Line]:
    return [
        _line(gettext("Score"), shown, lambda one: _number(one.card.score, 2)),
        _line(gettext("In a word"), shown, lambda one: one.card.score_word),
        _line(
            gettext("What we seek, what they offer"),
            shown,
            lambda one: _number(one.card.directions[0].score, 2),
        ),
        _line(
            gettext("What they seek, what we offer"),
            shown,
            lambda one: _number(one.card.directions[1].score, 2),
        ),
    ]


def _parts(shown: Sequence[Shown]) -> list[Line]:
    """Each part's share of the score; the columns add up to the scores."""
    shares = [{bar.label: bar.value for bar in one.card.signed.bars} for one in shown]
    labels = dict.fromkeys(label for share in shares for label in share)
    return [Line(label, [Cell(_number(share.get(label, 0.0), 3)) for share in shares]) for label in labels]


def _facts(shown: Sequence[Shown]) -> list[Line]:
    def fact(value: Callable[[CooperationProfile], str]) -> Callable[[Shown], str]:
        return lambda one: value(one.partner)

    return [
        _line(gettext("Country"), shown, lambda one: one.card.country),
        _line(gettext("Region"), shown, lambda one: one.card.region),
        _line(gettext("Branch"), shown, lambda one: one.card.branch),
        _line(gettext("Size"), shown, fact(lambda profile: str(profile.company.get_size_class_display()))),
        _line(gettext("Kind of profile"), shown, fact(lambda profile: str(profile.get_type_display()))),
        _line(gettext("Value-chain area"), shown, fact(lambda profile: str(profile.get_area_display()))),
        _line(gettext("Kinds of cooperation"), shown, fact(_cooperation)),
        _line(gettext("Working languages"), shown, fact(_languages)),
        _line(
            gettext("Profile of"),
            shown,
            lambda one: date_format(one.card.updated_date, "DATE_FORMAT") if one.card.updated_date else "",
        ),
    ]


def _words(shown: Sequence[Shown]) -> list[Line]:
    return [
        Line(gettext("They offer"), [_quoted(one.card.directions[0].offers) for one in shown]),
        Line(gettext("They seek"), [_quoted(one.card.directions[1].seeks) for one in shown]),
    ]


def _state(shown: Sequence[Shown]) -> list[Line]:
    return [
        _line(gettext("Weakest point"), shown, lambda one: one.card.weakest),
        _line(gettext("Not known"), shown, lambda one: one.card.missing),
        _line(gettext("Room for more"), shown, lambda one: one.card.capacity),
        _line(
            gettext("Our decision"),
            shown,
            lambda one: one.card.standing.sentence if one.card.standing else "",
        ),
    ]


def _quoted(quote: Quote | None) -> Cell:
    return Cell(quote.text, quote.language) if quote else Cell("")


def _number(value: float, digits: int) -> str:
    return number_format(round(value, digits), digits)


def _cooperation(profile: CooperationProfile) -> str:
    return ", ".join(str(Cooperation(code).label) for code in profile.cooperation_types)


def _languages(profile: CooperationProfile) -> str:
    names = dict(LANGUAGES)
    return ", ".join(str(names[code]) for code in profile.working_languages)
