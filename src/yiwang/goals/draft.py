"""A draft report against what was verified: every number must be one that a goal's sentence states (R5.14). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# years, dates, ordinals, list numbers and telephone lines state nothing about a goal
_NUMBER = re.compile(r"(?<![\d.第])[−-]?\d[\d,，]*(?:\.\d+)?(?!\d|\.\d)")
_NOT_A_FIGURE = re.compile(r"\s*(?:年|月|日|号|届|次会议|热线|[、.．)）]\D)")
_UNIT = re.compile(r"\s*([^\s\d，。；、（）()！？,.;]{0,8})")


@dataclass(frozen=True, slots=True)
class SayableFigure:
    """One number that may be written: of which goal, in which unit."""

    value: Decimal
    unit: str
    goal: int


@dataclass(frozen=True, slots=True)
class FigureInDraft:
    """One number of the draft: where it stands, and the goal that it is linked to; None: it has no source."""

    start: int
    end: int
    text: str
    goal: int | None


def figures(draft: str, known: Iterable[SayableFigure]) -> list[FigureInDraft]:
    """Every figure of a draft, linked to a goal by the same value and unit, or to nothing."""
    by_value: dict[Decimal, list[SayableFigure]] = {}
    for one in known:
        by_value.setdefault(one.value.normalize(), []).append(one)
    in_draft = []
    for number in _NUMBER.finditer(draft):
        if _NOT_A_FIGURE.match(draft, number.end()):
            continue
        value = Decimal(re.sub(r"[,，]", "", number[0].replace("−", "-"))).normalize()
        unit = _UNIT.match(draft, number.end())
        words = unit[1] if unit else ""
        same = [one for one in by_value.get(value, ()) if words.startswith(one.unit)]
        in_draft.append(FigureInDraft(number.start(), number.end(), number[0], same[0].goal if same else None))
    return in_draft
