"""What counts come to: the value, its rounding, its lamp; and at which level a vital sign stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from .definition import Bands, Indicator, Levels

Lamp = Literal["ok", "watch", "alarm", "stale", "unknown"]
SEVERITY = ("normal", "blue", "yellow", "orange", "red")
_LAMP: dict[str, Lamp] = {"normal": "ok", "blue": "watch", "yellow": "watch", "orange": "alarm", "red": "alarm"}


def rounded(value: Fraction | int, decimals: int) -> Decimal:
    """Half up, as people round, to so many digits after the point; exact, for numbers of any size.

    >>> rounded(Fraction(7536, 8086) * 100, 1), rounded(Fraction(-1, 8), 2)
    (Decimal('93.2'), Decimal('-0.13'))
    """
    scaled = abs(Fraction(value)) * 10**decimals
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Decimal(-whole if value < 0 else whole).scaleb(-decimals)


def rate(numerator: int, denominator: int, decimals: int) -> Decimal | None:
    """Per cent; None when there is nothing to divide by: shown as "—", never as 0 % or 100 % (R1.12)."""
    return rounded(Fraction(100 * numerator, denominator), decimals) if denominator else None


def middle(hours: Sequence[timedelta], decimals: int) -> Decimal | None:
    """The median in hours; of an even number the mean of the two in the middle; of none None."""
    if not hours:
        return None
    ordered = sorted(hours)
    k = len(ordered) // 2
    pair = ordered[k] + ordered[k] if len(ordered) % 2 else ordered[k - 1] + ordered[k]
    return rounded(Fraction(pair // timedelta(microseconds=1), 2 * 3_600_000_000), decimals)


def lamp(definition: Indicator, value: Decimal | None) -> Lamp:
    """How well a value is, by the bands of its definition; unknown without value, bands or direction."""
    if value is None or definition.bands is None or definition.better is None:
        return "unknown"
    if _reaches(value, definition.bands.ok, definition.better):
        return "ok"
    return "watch" if _reaches(value, definition.bands.watch, definition.better) else "alarm"


def _reaches(value: Decimal, bound: float, better: str) -> bool:
    limit = Decimal(str(bound))
    return value >= limit if better == "up" else value <= limit


def bands_in_order(bands: Bands, better: str) -> bool:
    """Whether what is well lies on the good side of what is to be watched."""
    return bands.ok >= bands.watch if better == "up" else bands.ok <= bands.watch


def level(value: float, high: Levels | None, low: Levels | None) -> tuple[str, float | None]:
    """(level, the threshold that was reached) of a reading; ("normal", None) between the thresholds (R1.15).

    >>> level(31.0, Levels(yellow=28, red=35), Levels(blue=-2))
    ('yellow', 28)
    """
    worst: tuple[str, float | None] = ("normal", None)
    for side, sign in ((high, 1), (low, -1)):
        for name, threshold in side.listed() if side else ():
            reached = value >= threshold if sign > 0 else value <= threshold
            if reached and SEVERITY.index(name) > SEVERITY.index(worst[0]):
                worst = name, threshold
    return worst


def lamp_of(level_name: str) -> Lamp:
    """The lamp that shows one of the four levels."""
    return _LAMP[level_name]


def is_stale(at: datetime, now: datetime, keeps: timedelta) -> bool:
    """Whether a reading is too old to be the value: then there is no value (R1.15)."""
    return now - at > keeps
