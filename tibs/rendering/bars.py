"""Bars for sums of named parts: where each part starts, how long it is, and what the whole is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

MINUS = "minus"
TONES = 4


@dataclass(frozen=True)
class Part:
    """One named summand; `value` may be negative."""

    label: str
    value: float


@dataclass(frozen=True)
class Bar:
    """One part as a rectangle: `x` and `width` in per cent of the drawing, `tone` names its colour class."""

    label: str
    value: float
    x: float
    width: float
    tone: str


@dataclass(frozen=True)
class Bars:
    """All parts of one sum; `zero` is the position of the axis in per cent of the drawing."""

    bars: tuple[Bar, ...]
    zero: float
    total: float


def signed_bars(parts: Sequence[Part], *, reach: float | None = None) -> Bars:
    """Draw every part from one common zero: positive to the right, negative to the left.

    `reach` is the value that fills the drawing; give the same to bars that are compared. Without it,
    the longest part does.
    """
    high = max([part.value for part in parts] + [0.0])
    low = min([part.value for part in parts] + [0.0])
    if reach is not None:
        high = max(high, reach)
    scale = 100 / (high - low) if high > low else 0.0
    zero = -low * scale
    return _bars(parts, [min(0.0, part.value) for part in parts], zero=zero, scale=scale)


def stacked_bars(parts: Sequence[Part], *, reach: float | None = None) -> Bars:
    """Draw the parts end to end: positive ones from zero to the right, negative ones to the left.

    The right end less the left end of the figure is the total. `reach` as in `signed_bars`.
    """
    gains = [max(0.0, part.value) for part in parts]
    losses = [min(0.0, part.value) for part in parts]
    high, low = max(sum(gains), reach or 0.0), sum(losses)
    scale = 100 / (high - low) if high > low else 0.0
    after_gains, after_losses = list(accumulate(gains)), list(accumulate(losses))
    starts = [
        after_losses[index] if part.value < 0 else after_gains[index] - part.value
        for index, part in enumerate(parts)
    ]
    return _bars(parts, starts, zero=-low * scale, scale=scale)


def _bars(parts: Sequence[Part], starts: Sequence[float], *, zero: float, scale: float) -> Bars:
    tones = _tones(parts)
    return Bars(
        bars=tuple(
            Bar(
                label=part.label,
                value=part.value,
                x=round(zero + start * scale, 3),
                width=round(abs(part.value) * scale, 3),
                tone=tone,
            )
            for part, start, tone in zip(parts, starts, tones, strict=True)
        ),
        zero=round(zero, 3),
        total=sum(part.value for part in parts),
    )


def _tones(parts: Sequence[Part]) -> list[str]:
    """The strongest part takes tone 1, the accent; the others take turns, so that neighbours differ."""
    strongest = max(range(len(parts)), key=lambda index: parts[index].value, default=0)
    tones, turn = [], 0
    for index, part in enumerate(parts):
        if part.value < 0:
            tones.append(MINUS)
        elif index == strongest:
            tones.append("1")
        else:
            tones.append(str(2 + turn % (TONES - 1)))
            turn += 1
    return tones
