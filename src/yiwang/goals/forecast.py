"""Where a goal will end if its last months go on, never without its range (look: no forecast without its range)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from yiwang.why import Receipt, say

from .promise import Promise, amount, tidy


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the year will end if the last months go on: the middle and how far the months' own swing reaches."""

    value: Decimal
    low: Decimal
    high: Decimal
    receipt: Receipt


def forecast(promise: Promise, months: Sequence[tuple[date, Decimal]], today: date) -> Forecast | None:
    """Where a flow will end, from the pace of the last three reported months; None where that says nothing.

    months  (day, cumulative value), oldest first
    """
    if promise.nature != "flow" or len(months) < 4 or today >= promise.ends:
        return None
    steps = [
        (later - before) / Decimal(max((day - earlier).days, 1)) for (earlier, before), (day, later) in pairwise(months)
    ]
    pace = sum(steps[-3:], Decimal(0)) / 3
    day, reached = months[-1]
    left = Decimal((promise.ends - day).days)
    low, high = min(steps[-9:]), max(steps[-9:])
    middle = reached + pace * left
    # months differ; over a long rest they even out, so the swing grows with the root of the time left
    root = left.sqrt() * Decimal(30).sqrt()
    least, most = middle - (pace - low) * root, middle + (high - pace) * root
    because = (
        Receipt(say("goals.forecast.reached", day=day), amount(tidy(reached), promise)),
        Receipt(say("goals.forecast.pace"), amount(tidy(pace * 30), promise)),
        Receipt(say("goals.forecast.left", days=int(left))),
        Receipt(say("goals.forecast.range", n=len(steps[-9:])), {"zh": _span(least, most), "en": _span(least, most)}),
    )
    return Forecast(
        middle, max(least, reached), most, Receipt(say("goals.forecast"), amount(tidy(middle), promise), because)
    )


def _span(low: Decimal, high: Decimal) -> str:
    return f"{tidy(low):,f}—{tidy(high):,f}"
