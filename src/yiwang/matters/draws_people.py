"""Draws of people by lot: who sits on a panel is drawn of all who could, without whoever takes no part (R8.2).

The entry lays down the same as of any draw: the pool as it stood, by the numbers of people, who was left out and why,
seed and result; so it is drawn again by the same command, years later and whoever works there then. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from yiwang.org.colleagues import Colleague

from . import panels
from .act import Act
from .clock_state import State
from .definition import Kind
from .draws import Draw, lot
from .recusal import marks_of, out_of
from .world import World

PEOPLE = "colleagues"  # the type of a field into which people are drawn


def drawn(
    kind: Kind, how: Draw, state: State, act: Act, before: Collection[str], world: World
) -> tuple[list[int], dict[str, Any]]:
    """(the numbers of people, what the entry says of the draw). Raises Refusal where there are not as many as must be
    drawn.

    before  what was drawn within the time in which nobody is drawn again
    """
    of = kind.fields[how.field].of
    people = [one for one in world.people.in_post() if not of or any(post.role in of for post in one.posts)]
    out = {str(one.person): why for one in people if (why := _left_out(kind, how, one, state, act, before))}
    pool = sorted([str(one.person), ""] for one in people if str(one.person) not in out)
    codes, said = lot(how, pool, out, state, act.seed)
    return sorted(int(code) for code in codes), said


def called(kind: Kind, field: str, said: Mapping[str, Any], world: World) -> Mapping[str, Any]:
    """code -> name of what was drawn: of an object by its list, of a person as they are called now."""
    spec = kind.fields[field]
    if spec.type == PEOPLE:
        names = world.people.names([int(code) for code in said["drawn"]])
        return {str(person): name for person, name in names.items()}
    return {code: one.name for code, one in world.lists.get(spec.list_, {}).items()}


def _left_out(kind: Kind, how: Draw, colleague: Colleague, state: State, act: Act, before: Collection[str]) -> str:
    """Why somebody cannot be drawn; empty where they can."""
    if out_of(state, marks_of([colleague.person], colleague.posts)):
        return "recused"
    if any(colleague.person in _numbers(state.get(f"form.{name}")) for name in how.leaves_out):
        return "named"
    if not colleague.clears(kind.matter, state["sensitivity"]):
        return "blind"
    seats = [name for name, panel in kind.panels.items() if panel.of == how.field]
    if any(panels.judges_own(kind, name, colleague, state, act.at) for name in seats):
        return "handled"
    return "before" if str(colleague.person) in before else ""


def _numbers(value: Any) -> Collection[int]:
    return value if isinstance(value, list | tuple) else [value]
