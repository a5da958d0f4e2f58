"""A matter as its reader may see it: without the numbers, in its form and ledger, of matters that lie out of sight, and
without the votes of others as long as these are secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from yiwang.org.asker import Asker

from .clock_state import State
from .mentioned import matters_in
from .models import Matter
from .panels import hides
from .queries import OneMatter

DOTS = "••••••"  # where the number of a matter stands that its reader may not see


def as_seen(asker: Asker, matter: OneMatter) -> OneMatter:
    """The same, with dots in place of the numbers of matters that the asker does not see: what one form names may lie
    out of sight of another reader."""
    _cover_votes(asker, matter)
    said = [_form_of(matter.state), *(entry.data for entry in matter.entries)]
    fields = matter.kind.fields
    named = {number for values in said for name, value in values.items() if name in fields
             for _, _, number in matters_in(name, fields[name], value)}  # fmt: skip
    if not named:
        return matter
    hidden = named - {
        *Matter.objects.filter(district=asker.district, number__in=named).values_list("number", flat=True)
    }
    if not hidden:
        return matter
    for entry in matter.entries:  # as they are shown; nobody writes them
        entry.data = _covered(entry.data, hidden)
    return replace(matter, state=State(matter.state | _covered(_form_of(matter.state, ""), hidden)))


def _cover_votes(asker: Asker, matter: OneMatter) -> None:
    """Dots in place of what others have voted, as long as their panel votes in secret."""
    for name in hides(matter.kind, matter.state):
        acts = {one for one, action in matter.kind.actions.items() if name in action.actors}
        vote = matter.kind.panels[name].vote
        for entry in matter.entries:
            if entry.action in acts and vote in entry.data and entry.person_id != asker.person:
                entry.data = {**entry.data, vote: DOTS}


def _form_of(state: State, begins: str = "form.") -> dict[str, Any]:
    return {name.removeprefix(begins): value for name, value in state.items() if name.startswith("form.")}


def _covered(value: Any, hidden: set[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _covered(one, hidden) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_covered(one, hidden) for one in value]
    return DOTS if isinstance(value, str) and value in hidden else value
