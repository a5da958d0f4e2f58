"""Proves the ends of a kind: whatever has ended has ended somehow, and each end can come about. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from yiwang.expr import ExprError
from yiwang.expr.types import Kind as Family
from yiwang.why import Words, say

from .definition import Kind
from .ends import End, may_be_in
from .fields.types import TYPES
from .guards import OPEN, Guard, Value, spoken_of, values_of

Complaint = tuple[str, Words]
_MOST = 4000  # ways to answer what the ends of a stage ask for; beyond them nobody is blamed
_MOVING = frozenset({"now", "due_at"})  # facts that change while nothing happens


def complaints(kind: Kind, results: Mapping[str, str] | None) -> Iterator[Complaint]:
    """(path in the file, what is wrong) that needs no condition to be read.

    results  the district's words for what came of a matter -> the national class of each; None: not known here
    """
    for name, end in kind.ends.items():
        path = f"ends.{name}"
        for stage in end.stages:
            if stage not in kind.stages:
                yield f"{path}.stages", say("matters.no_such_stage", stage=stage)
            elif not kind.stages[stage].final:
                yield f"{path}.stages", say("matters.end_of_no_end", end=name, stage=stage)
        if end.result and results is not None and end.result not in results:
            yield f"{path}.result", say("matters.no_such_result", name=end.result, known=list(results))
        if _asks_the_time(kind, end):
            yield f"{path}.when", say("matters.end_now", end=name)


def _asks_the_time(kind: Kind, end: End) -> bool:
    try:
        return bool(end.when) and not _MOVING.isdisjoint(kind.expression(end.when).fields())
    except ExprError:
        return False  # told of where expressions are


def can_come_about(kind: Kind) -> Iterator[Complaint]:
    """Every final stage has an end for whatever is left, and each end holds of some matter that no end before it is."""
    if not kind.ends:
        return
    reached = set[str]()
    for stage in (name for name, one in kind.stages.items() if one.final):
        here = {name: end for name, end in kind.ends.items() if may_be_in(end, stage)}
        rest = [name for name, end in here.items() if not end.when]
        if not rest:
            yield "ends", say("matters.ends_nohow", stage=stage)
        upto = list(here)[: list(here).index(rest[0]) + 1] if rest else list(here)
        reached |= _possible(kind, [here[name] for name in upto], upto)
    for name in kind.ends.keys() - reached:
        yield f"ends.{name}", say("matters.end_never", end=name)


def _possible(kind: Kind, ends: list[End], names: list[str]) -> set[str]:
    """Those of the ends of one stage, in their order, that some matter can have."""
    guards = [Guard(kind.expressions[end.when]) if end.when else None for end in ends]
    spoken = spoken_of([guard.expression for guard in guards if guard])
    options = {fact: _values(kind, fact, spoken[fact]) for fact in sorted(spoken)}
    possible: set[str] = set()
    ways = 1
    for values in options.values():
        ways *= len(values)
    if ways > _MOST:
        return set(names)
    for chosen in product(*options.values()):
        facts = dict(zip(options, chosen, strict=True))
        for name, guard in zip(names, guards, strict=True):
            if guard is None or guard.may_be(True, facts):
                possible.add(name)
            if guard is None or guard.outcomes(facts) == {True}:
                break
    return possible


def _values(kind: Kind, fact: str, spoken: object) -> list[Value]:
    """What a fact can be, as far as conditions tell it apart; and that nobody has said it."""
    spec = kind.fields.get(fact.removeprefix("form.")) if fact.startswith("form.") else None
    if spec is None or spec.computed or TYPES[spec.type].several:
        return [OPEN]
    if spec.type == "enum":
        return [*spec.values, None]
    if spec.type == "bool":
        return [True, False, None]
    if spec.type == "number":
        return [*values_of(Family.NUMBER, spoken), None]  # type: ignore[arg-type]
    return [OPEN]
