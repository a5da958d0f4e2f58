"""Why a statement wants a second look: said beside it, the first that matters first."""

from __future__ import annotations

from typing import Any

from yiwang.reading import Statement
from yiwang.why import Receipt, Words, say

from .units import Owners

Doubt = dict[str, Any]  # {"key": …, "args": {…}}: words as the database keeps them


def of(
    statement: Statement, owners: Owners, *, sure: float, renamed: bool = False, precedent: int | None = None
) -> list[Doubt]:
    """The doubts about a statement as it was read.

    sure  from which confidence on there is none;  precedent  who led the same thing before
    """
    doubts: list[Doubt] = [_doubt(f"missing_{what}") for what in statement.missing if what != "owner"]
    if owners.unknown:
        doubts.append(_doubt("unit_unknown", names=list(owners.unknown)))
    if owners.lead is None and not owners.unknown:
        doubts.append(_doubt("no_owner"))
    if owners.lead is None and precedent is not None:
        doubts.append(_doubt("precedent", unit=precedent))
    if statement.lead_unit is None and len(statement.units) > 1:
        doubts.append(_doubt("several_owners"))
    if renamed:
        doubts.append(_doubt("renamed", name=statement.indicator))
    if statement.confidence < sure:
        doubts.append(_doubt("unsure", percent=round(statement.confidence * 100)))
    return doubts


def _doubt(key: str, **args: Any) -> Doubt:
    return {"key": key, "args": args}


def spoken(doubt: Doubt, names: dict[int, Any]) -> Words:
    """A kept doubt as words; `names` gives units their names by id."""
    args = dict(doubt["args"])
    if "unit" in args:
        args["unit"] = names.get(args["unit"], "—")
    return say(f"goals.doubt.{doubt['key']}", **args)


def receipt(statement: Any, names: dict[int, Any]) -> Receipt:
    """How a statement was read: the rules that did it, how sure they are, and what is doubtful."""
    read = statement.read
    because = [
        Receipt(say("goals.read.rule"), read.get("rule") or None),
        Receipt(say("goals.read.confidence"), f"{round(statement.confidence * 100)}%"),
        Receipt(say("goals.read.where", section=statement.section or "—", offset=statement.quote_offset)),
    ]
    because += [Receipt(spoken(doubt, names)) for doubt in statement.doubts]
    if read.get("mend"):
        because.append(Receipt(say("goals.read.mend"), read["mend"]))
    return Receipt(statement.quote, None, because)
