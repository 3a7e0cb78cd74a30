"""Which type of profile fits a value-chain area, and why: a firm that pays asks, a firm that earns offers."""

from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    return text


@dataclass(frozen=True)
class TypeAdvice:
    """A type for an area with its reason, in words that an interface translates."""

    type: str
    reason: str


_PAID = gettext_noop("In this area the firm usually pays a partner, so a request fits.")
BY_AREA: dict[str, TypeAdvice] = {
    "INB": TypeAdvice("BR", _PAID),
    "OPS": TypeAdvice(
        "BR",
        gettext_noop(
            "A partner who makes something for the firm is paid. With free capacity choose an offer."
        ),
    ),
    "OUT": TypeAdvice("BR", _PAID),
    "MKT": TypeAdvice(
        "BO", gettext_noop("The firm wants to sell abroad and to earn with it, so an offer fits.")
    ),
    "SRV": TypeAdvice("BR", _PAID),
    "PRC": TypeAdvice(
        "BR", gettext_noop("The firm looks for supplies and pays for them, so a request fits.")
    ),
    "TEC": TypeAdvice(
        "TR",
        gettext_noop(
            "The firm needs technology or know-how. Choose an offer if it has some that others may use, or a research "
            "request under an open call."
        ),
    ),
    "HRM": TypeAdvice("BR", _PAID),
    "INF": TypeAdvice(
        "BO", gettext_noop("Who invests in the firm or joins it expects to earn with it, so an offer fits.")
    ),
}


def advice_for(area: str) -> TypeAdvice | None:
    """The type that usually fits an area; None for an area that is not one of the nine."""
    return BY_AREA.get(area)
