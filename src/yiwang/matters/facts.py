"""The facts of a matter: one flat row of dotted names, the same for rules, ledger, expressions and indicators.

A state is a mapping such as ``{"stage": "handling", "lead": "bureau-water", "at.accept": …, "clock.handling.due": …}``.
A ledger entry holds what changed in it, so the state is the sum of its entries (design §10.7). Instants are aware
datetimes in memory and UTC text in the database. Units are named by their codes, people by their numbers. What keeps a
clock is read and written through its view: `state.clock("handling").due` (`clock_state`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from . import children, clock_state, linked
from .clock_state import ClockState, State
from .definition import Kind
from .ends import FIRST, REOPENED

# state key -> column of matters_matter; the rest lies in `facts`
COLUMNS = {
    "kind": "kind",
    "number": "number",
    "stage": "stage",
    "title": "title",
    "form.text": "text",
    "category": "category",
    "urgency": "urgency",
    "channel": "channel",
    "holder_role": "holder_role",
    "cell": "cell",
    "lon": "lon",
    "lat": "lat",
    "created_at": "created_at",
    "closed_at": "closed_at",
    "sensitivity": "sensitivity",
    "simulated": "simulated",
}
UNIT_COLUMNS = {
    "holder": "holder_id",
    "lead": "lead_id",
    "desk": "desk_id",
    "street": "street_id",
    "neighbourhood": "neighbourhood_id",
}
_INSTANT_ROOTS = ("at.", "first.", "in.")
_INSTANTS = ("created_at", "closed_at", FIRST, REOPENED)


def is_instant(name: str) -> bool:
    """Whether a fact of that name is an instant."""
    return name.startswith(_INSTANT_ROOTS) or clock_state.is_instant(name) or name in _INSTANTS


_PLAIN = frozenset({str, int, float, bool, type(None)})


def written(value: Any) -> Any:
    """A value as the database keeps it: instants as UTC text with microseconds, lists element by element."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime):
        return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat(timespec="microseconds")
    if isinstance(value, list | tuple):
        return [written(one) for one in value]
    return write(value) if isinstance(value, Mapping) else str(value)


def write(delta: Mapping[str, Any]) -> dict[str, Any]:
    """A change of state as JSON keeps it."""
    return {name: written(value) for name, value in delta.items()}


def read(written: Mapping[str, Any]) -> State:
    """A state from what JSON kept."""
    return State(
        (name, datetime.fromisoformat(value) if value is not None and is_instant(name) else value)
        for name, value in written.items()
    )


def fold(deltas: Iterable[Mapping[str, Any]]) -> State:
    """The state that a ledger's entries add up to, first to last."""
    state: dict[str, Any] = {}
    for delta in deltas:
        state.update(delta)
    return read(state)


def row(kind: Kind, state: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The state as an expression reads it: with `now`, the unit in charge, zero for what never happened, whether a
    clock stands, whether it was late before and whether the end of the matter stopped it."""
    seen = _Row(state)
    seen["now"] = now
    seen["unit"] = state.get("lead")
    for name, read_again in kind.typed.items():
        if (kept := state.get(name)) is not None:
            seen[name] = read_again(kept)
    for fact, field in kind.beside:
        seen[fact.name] = fact.value(state.get(field))
    return seen


class _Row(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        if name.startswith("count.") or children.is_counted(name):
            return 0
        if clock := clock_state.asks_whether_it_stands(name):
            return ClockState(clock, self).paused
        if clock_state.is_kept_where_true(name):
            return False
        if name in linked.EVERY:
            return linked.usual(name)
        raise KeyError(name)

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default
