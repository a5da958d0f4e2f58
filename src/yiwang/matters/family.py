"""A matter and the matters under it: opened with it, counted by it, ended after it. Writes through `rows` alone.

Who acts locks a child before its whole, never the other way round, so that two at once wait for each other and never in
a circle: what a whole does to its children is done by the platform, each in a transaction of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, system
from yiwang.why import Incomplete

from . import clocks, following, rows, rows_under, rules, unattended
from .act import Act
from .children import UNDER, Standing, Wanted, counted
from .clock_state import State
from .definition import Kind
from .draft import Draft
from .kinds import kind_of, world
from .opening import Opening, Whole, number_of
from .tracking import drawn_code

CHILDREN = "children"  # the platform's own entry: how the matters under this one stand
_DEEPEST = 5  # wholes of wholes


def tend(asker: Asker, matter: int, draft: Draft, at: datetime) -> None:
    """Open what a draft's entries want under it, and let it know of it, until nothing more is wanted."""
    for _ in range(_DEEPEST):
        wanted, draft.wanted = draft.wanted, []
        if not wanted:
            return
        with acting_as(system(asker.district)) as platform:
            for number, one in enumerate(wanted, 1):
                _open_under(platform, matter, draft, one, at, f"under:{matter}:{draft.version}:{number}")
            _recount(platform, matter, draft, {one.name for one in wanted}, at)
        unattended.set_off(draft, at)


def _open_under(platform: Asker, matter: int, draft: Draft, wanted: Wanted, at: datetime, key: str) -> None:
    kind, known = kind_of(platform, wanted.kind), world(platform)
    state = draft.state
    place = (state["lon"], state["lat"]) if state.get("lon") is not None else None
    data = {"title": state["title"], "text": state.get("form.text"), **wanted.data}
    if wanted.unit:
        data["unit"] = wanted.unit
    whole = Whole(matter, state["number"], wanted.name, frozenset(rules.involved(state)))
    source, simulated = f"matter:{state['number']}", bool(state.get("simulated"))
    opening = Opening(data, at, place, source=source, key=key, simulated=simulated, whole=whole)
    try:
        first = opening.decide(kind, known)
    except Incomplete as incomplete:
        raise Incomplete({f"{wanted.name}.{name}": words for name, words in incomplete.fields.items()}) from None
    day = opening.day(known)
    serial = rows.draw_serials(platform, kind.prefix, {day: 1})[day]
    number = number_of(kind, day, serial)
    _, tracking = drawn_code(kind.public, number)
    child = opening.draft(platform, kind, known, first, number, tracking)
    tend(platform, rows.insert(platform, child), child, at)


def tell_whole(asker: Asker, child: Draft, whole: int | None, before: State, at: datetime) -> None:
    """Let the matter above know that one under it has ended, come back, or gone to another unit."""
    if whole is None or _seen_from_above(child.kind, before) == _seen_from_above(child.kind, child.state):
        return
    with acting_as(system(asker.district)) as platform:
        held = rows.hold(platform, whole, None)
        if held is None:
            return
        kind, known = kind_of(platform, held.state["kind"], held.kind_version), world(platform)
        draft, moment = Draft.resume(kind, known, held), max(at, held.last_at)
        above = State(held.state)
        if not _recount(platform, whole, draft, {child.state[UNDER]}, moment):
            return
        unattended.set_off(draft, moment)
        tend(platform, whole, draft, moment)
        rows.update(platform, whole, draft)
        tell_whole(platform, draft, rows_under.whole_of(whole), above, moment)


def _recount(platform: Asker, matter: int, draft: Draft, names: set[str], at: datetime) -> bool:
    """An entry that says how the children stand now; False where nothing has changed."""
    delta: dict[str, Any] = {}
    for name in sorted(names):
        delta |= counted(draft.state | delta, name, _standings(platform, matter, name))
    if not delta:
        return False
    following.follow(draft.kind, draft.state, delta, at, draft.world)
    draft.append(CHILDREN, delta, Act(CHILDREN, at, role="system"), {}, None)
    return True


def _standings(platform: Asker, matter: int, name: str) -> list[Standing]:
    return [
        _seen_from_above(kind_of(platform, state["kind"], version), state)
        for state, version in rows_under.under(platform, matter)
        if state.get(UNDER) == name
    ]


def _seen_from_above(kind: Kind, state: State) -> Standing:
    promises = [state.clock(name).due for name, defined in kind.clocks.items() if not defined.internal]
    last = max((due for due in promises if due is not None), default=None)
    ended = state.get("closed_at") is not None
    return Standing(state.get("lead"), ended, ended and clocks.was_late(kind, state), last.date() if last else None)
