"""Proves the fields of a kind together: what is worked out ends, what is asked for is given. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import Words, say

from . import proof_pairs
from .definition import Kind
from .fields.types import TYPES
from .fields.values import why_not
from .guards import literals_of
from .under import sort_of_unit

Complaint = tuple[str, Words]


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of a kind whose names and expressions are sound."""
    yield from _worked_out(kind)
    yield from _asked_when(kind)
    yield from _compared(kind)
    yield from _given(kind)
    yield from _required(kind)
    yield from proof_pairs.complaints(kind)


def _paths(kind: Kind) -> dict[str, str]:
    """field -> its place in the file"""
    return {name: f"{part}.{name}" for part in ("form", "asks") for name in getattr(kind, part)}


def _required(kind: Kind) -> Iterator[Complaint]:
    """What an action asks for and must have stands in its needs: under `may` it can be left out, whatever it says."""
    for name, spec in kind.asks.items():
        asking = [one for one, action in kind.actions.items() if name in action.may]
        if spec.required and asking:
            yield f"asks.{name}.required", say("matters.required_may", name=name, action=asking[0])


def _worked_out(kind: Kind) -> Iterator[Complaint]:
    """A computed field does not hang on the time that goes by."""
    for name, expression in kind.computed.items():
        if "now" in expression.fields():
            yield f"{_paths(kind)[name]}.computed", say("matters.computed_now", name=name)


def _asked_when(kind: Kind) -> Iterator[Complaint]:
    """Whether a field is asked hangs on what is asked before it."""
    paths = _paths(kind)
    for name, spec in kind.fields.items():
        if not spec.asked_when:
            continue
        read = _fields_of(kind, spec.asked_when)
        later = [*kind.fields][[*kind.fields].index(name) :]
        if late := sorted(one for one in read if one in later and kind.fields[one].asked_when):
            yield f"{paths[name]}.asked_when", say("matters.asked_order", name=name, later=late)


def _compared(kind: Kind) -> Iterator[Complaint]:
    """What a field is compared with is a value that it can have; one of several values is asked by its own facts."""
    for path, text in kind.texts():
        for fact, value in literals_of(kind.expressions[text]):
            spec = kind.fields.get(fact.removeprefix("form.")) if fact.startswith("form.") else None
            if spec is None or spec.type in ("enum", "text", "person"):
                continue
            if TYPES[spec.type].several:
                yield path, say("matters.compared_several", fact=fact, value=value)
            elif why := why_not(spec, value):
                yield path, say("matters.never_so", fact=fact, value=value, why=why)


def _given(kind: Kind) -> Iterator[Complaint]:
    """What a limit, a clock, a child or another field hangs on is given by somebody, somewhere."""
    given = {*kind.form, *kind.computed}
    for action in kind.actions.values():
        given |= {*action.asked, *(how.field for how in action.draws), *(action.does.fills if action.does else ())}
    for path, text in kind.texts():
        if path.endswith((".unless", "].that")) or (path.startswith("actions.") and path.endswith(".when")
                                                    and path.count(".") == 2):  # fmt: skip
            continue  # told by the lives that it stops
        if missing := sorted(_fields_of(kind, text) - given):
            yield path, say("matters.nobody_gives", fields=missing)
    for name, action in kind.actions.items():
        for number, opens in enumerate(action.opens):
            if opens.each and not sort_of_unit(opens.each) and opens.each not in given:
                yield f"actions.{name}.opens[{number}].each", say("matters.nobody_gives", fields=[opens.each])


def _fields_of(kind: Kind, text: str) -> set[str]:
    """The fields of which an expression reads anything."""
    facts = (fact.removeprefix("form.") for fact in kind.expressions[text].fields() if fact.startswith("form."))
    return {fact if fact in kind.fields else fact.partition(".")[0] for fact in facts}
