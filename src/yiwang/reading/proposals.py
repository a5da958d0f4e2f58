"""A district's own reader beside the grammar: what it proposes is checked against the text before it counts.

A proposer is a callable that gets the text and the statements read so far and yields mappings with at least `quote` and
`indicator`; `quote_offset`, `number`, `value`, `unit`, `comparator`, `measure`, `period` and the like are taken over
when they hold. A quote that does not stand in the text, a number that is not in its quote, or a value that is not a
number drops the proposal; dropped ones are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from .statement import Statement

Proposer = Callable[[str, Sequence[Statement]], Iterable[Mapping[str, Any]]]

_KINDS = ("target", "result", "milestone")
_SIGNS = ("=", "≈", "≥", "≤", ">", "<", "range", "trend")
_MEASURES = ("level", "growth", "share", "count", "rank", "completion")
SUREST = 0.5  # a proposal is always looked at by a person


def accept(text: str, read: Sequence[Statement], proposers: Mapping[str, Proposer]) -> tuple[list[Statement], int]:
    """(statements that the proposers add, how many proposals were dropped)."""
    added: list[Statement] = []
    dropped = 0
    taken = {(s.quote_offset, s.number_offset) for s in read}
    numbers = {s.number_offset for s in read if s.number_offset is not None}
    for name, proposer in proposers.items():
        for proposal in proposer(text, read):
            statement = _checked(text, name, proposal)
            if statement is None:
                dropped += 1
            elif (
                statement.quote_offset,
                statement.number_offset,
            ) not in taken and statement.number_offset not in numbers:
                taken.add((statement.quote_offset, statement.number_offset))
                added.append(statement)
    return added, dropped


def _checked(text: str, name: str, proposal: Mapping[str, Any]) -> Statement | None:
    quote, indicator = proposal.get("quote"), proposal.get("indicator")
    if not isinstance(quote, str) or not quote.strip() or not isinstance(indicator, str) or not indicator.strip():
        return None
    at = proposal.get("quote_offset")
    if not isinstance(at, int) or isinstance(at, bool) or at < 0 or text[at : at + len(quote)] != quote:
        at = text.find(quote)
    if at < 0:
        return None
    number = proposal.get("number")
    inside = quote.find(number) if isinstance(number, str) and number else None
    if inside is not None and inside < 0:
        return None
    said = [proposal.get(key) for key in ("value", "value2")]
    if any(isinstance(v, bool) or not (v is None or isinstance(v, int | float | Decimal)) for v in said):
        return None
    value, value2 = (None if v is None else Decimal(str(v)) for v in said)
    if value is not None and (inside is None or not value.is_finite()):
        return None
    kind, sign, measure = (str(proposal.get(key)) for key in ("kind", "comparator", "measure"))
    frame = proposal.get("time_frame")
    return Statement(
        kind=kind if kind in _KINDS else "target",  # type: ignore[arg-type]
        section=str(proposal.get("section") or ""),
        item_no=None if proposal.get("item_no") is None else str(proposal["item_no"]),
        quote=quote,
        quote_offset=at,
        number=number if inside is not None else None,
        number_offset=None if inside is None else at + inside,
        indicator=indicator.strip(),
        comparator=sign if sign in _SIGNS else "=",
        value=value,
        value2=value2,
        unit=str(proposal["unit"]) if proposal.get("unit") else None,
        measure=measure if measure in _MEASURES else "level",
        period=str(proposal.get("period") or ""),
        time_frame=frame if frame in ("last_year", "five_years", "outlook") else "this_year",
        rule=f"proposed:{name}",
        confidence=SUREST,
    )
