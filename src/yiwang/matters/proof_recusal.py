"""Proves that whoever steps back is somebody, and that somebody is left whoever does (回避). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.org.roles import DESK, EVERYWHERE, NOTHING
from yiwang.why import Words, say

from .crew import Crew
from .definition import Kind
from .fields.spec import FieldSpec
from .recusal import OF_ONE, Recusal
from .recused import fewest_left

Complaint = tuple[str, Words]
OUTSIDE = frozenset({"reporter", "system"})  # who holds no post: they cannot step back, and are told of no colleague


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """(path in the file, what is wrong), as far as names exist."""
    for part, specs in (("form", kind.form), ("asks", kind.asks)):
        for name, spec in specs.items():
            yield from _field(f"{part}.{name}", name, spec)
    yield from _told_outside(kind)
    for name, action in kind.actions.items():
        if action.recuses and not {*OUTSIDE, *kind.parties}.isdisjoint(action.actors):
            yield f"actions.{name}.recuses", say("matters.recuses_outside", action=name)
    out, back = _says(kind, "recuses"), _says(kind, "readmits")
    out += [f"actions.{name}.recuses" for name, action in kind.actions.items() if action.recuses]
    if back and not out:
        yield back[0], say("matters.readmits_nobody")
    if out and kind.recusal is None:
        yield out[0], say("matters.recusal_wanted")
    elif kind.recusal is not None and not out:
        yield "recusal", say("matters.recusal_idle")
    elif kind.recusal is not None:
        yield from _somebody_left(kind, kind.recusal, crew)


def _field(path: str, name: str, spec: FieldSpec) -> Iterator[Complaint]:
    if (spec.recuses or spec.readmits) and spec.type not in OF_ONE:
        yield path, say("matters.recuses_whom", name=name, known=list(OF_ONE))
    if spec.recuses and spec.readmits:
        yield path, say("matters.recuses_and_readmits", name=name)
    for inner, one in spec.fields.items():
        if one.recuses or one.readmits:
            yield f"{path}.fields.{inner}", say("matters.recuses_in_rows", name=inner)


def _told_outside(kind: Kind) -> Iterator[Complaint]:
    """Nobody without a post names a colleague: the answer would tell who works there."""
    colleagues = {name for name, spec in kind.fields.items() if spec.type in ("colleague", "colleagues")}
    for name, door in kind.opens.items():
        if door.anybody and (asked := colleagues & {*door.fields}):
            yield f"opens.{name}.fields", say("matters.colleague_outside", names=sorted(asked))
    for name, action in kind.actions.items():
        if "reporter" in action.actors and (asked := colleagues & {*action.asked}):
            yield f"actions.{name}", say("matters.colleague_outside", names=sorted(asked))


def _says(kind: Kind, what: str) -> list[str]:
    """The paths of the fields that take somebody out, or let them in again."""
    parts = (("form", kind.form), ("asks", kind.asks))
    return [f"{part}.{name}" for part, specs in parts for name, spec in specs.items() if getattr(spec, what)]


def _somebody_left(kind: Kind, said: Recusal, crew: Crew) -> Iterator[Complaint]:
    """Of those who act where nobody is left, one may step back like everybody else."""
    if not said.roles:
        yield "recusal.up", say("matters.recusal_up_whom")
    sound = True
    for role in said.roles:
        if not crew.knows(role) or role in crew.rosters:
            sound = False
            yield "recusal.up", say("matters.owner_unknown", owner=role, known=[*crew.roles])
        elif not crew.everybody and crew.roles.get(role, NOTHING).place not in (EVERYWHERE, DESK):
            sound = False
            yield "recusal.up", say("matters.recusal_up_place", role=role)
        elif not crew.sees(role, kind.matter):
            sound = False
            yield "recusal.up", say("matters.role_blind", role=role, kind=kind.matter)
    if sound and said.roles and not crew.everybody:
        yield from _enough(kind, said, crew)


def _enough(kind: Kind, said: Recusal, crew: Crew) -> Iterator[Complaint]:
    wanted, there = fewest_left(kind) + 1, crew.together(said.roles)
    if there < wanted:
        yield "recusal.up", say("matters.recusal_up_few", n=there, wanted=wanted)
    of_units = any(spec.recuses and spec.type == "unit" for spec in kind.fields.values())
    if of_units and crew.together(said.roles, without_largest=True) < fewest_left(kind):
        yield "recusal.up", say("matters.recusal_up_one_unit", n=fewest_left(kind))
