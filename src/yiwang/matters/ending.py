"""How a matter has ended, worked out of its facts, and why (design §10.15). Pure.

It is worked out anew in each entry, so it is what the facts make it: gone when a matter is taken up again, and another
one when it ends otherwise the second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yiwang.why import Receipt, say

from .clock_state import State
from .definition import Kind
from .ends import END, FIRST, GOOD, NATIONAL, REOPENED, RESULT, TIMES, may_be_in
from .facts import row
from .results import ResultFacts
from .world import World


def ended(kind: Kind, state: State, at: datetime, world: World) -> dict[str, Any]:
    """What the facts say of its end: all nothing while it has none."""
    name = _which(kind, state, at)
    if name is None:
        return dict.fromkeys((END, GOOD, RESULT, NATIONAL)) if kind.ends else {}
    end = kind.ends[name]
    known = world.results.get(end.result)
    return {END: name, GOOD: end.good, RESULT: end.result or None, NATIONAL: known.national if known else None}


def counted(kind: Kind, state: Mapping[str, Any], after: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """When it first ended, how often it has, and when it was first taken up again: counted from the closing itself.

    state, after  as it stood, and as an entry leaves it
    """
    if not kind.ends:
        return {}
    was, now = state.get("closed_at"), after.get("closed_at")
    if was is None and now is not None:
        return {FIRST: state.get(FIRST) or now, TIMES: (state.get(TIMES) or 0) + 1}
    if was is not None and now is None:
        return {REOPENED: state.get(REOPENED) or at}
    return {}


def _which(kind: Kind, state: State, at: datetime) -> str | None:
    stage = state["stage"]
    if not kind.ends or not kind.stages[stage].final:
        return None
    seen = row(kind, state, at)
    for name, end in kind.ends.items():
        if may_be_in(end, stage) and (not end.when or kind.expressions[end.when].evaluate(seen) is True):
            return name
    return None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a matter has ended, as pages say it: its title, whether that is what was wanted, the district's word."""

    title: Mapping[str, str]
    good: bool | None
    result: ResultFacts | None


def shown(kind: Kind, state: Mapping[str, Any], world: World) -> Ended | None:
    """None while it has not ended, and of a matter from before its kind said how."""
    end = kind.ends.get(state.get(END) or "")
    if end is None:
        return None
    return Ended(end.title.mapping(), end.good, world.results.get(state.get(RESULT) or ""))


def receipt(kind: Kind, state: Mapping[str, Any], at: datetime, world: World) -> Receipt | None:
    """Why it has ended as it has: what was asked of the facts, and which result and class that is; None: it has not."""
    name = state.get(END)
    if name is None or name not in kind.ends:
        return None
    end, seen = kind.ends[name], row(kind, state, at)
    because = [kind.expressions[end.when].explain(seen)] if end.when else [Receipt(say("matters.end_of_the_rest"))]
    if known := world.results.get(state.get(RESULT) or ""):
        because.append(Receipt(say("matters.end_result", result=known.title), known.national_title))
    if end.good is not None:
        because.append(Receipt(say("matters.end_good" if end.good else "matters.end_not_good")))
    return Receipt(say("matters.ended_as"), end.title.mapping(), because, kind.reference, state.get("closed_at"))
