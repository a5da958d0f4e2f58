"""A matter and those under it: opened with it, counted by it, ended after it; and those to which it leads, which go
their own way. Writes through `rows` alone.

Who acts locks a child before its whole, never the other way round, so that two at once wait for each other and never in
a circle: what a whole does to its children is done by the platform, each in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, system
from yiwang.why import Incomplete, Refusal, say

from . import clocks, following, rows, rows_linked, rows_under, unattended
from .act import Act
from .automatic import MOST_AT_ONCE
from .children import TAKING_PART, UNDER, WHOLE, Standing, Wanted, counted
from .clock_state import Delta, State
from .definition import Kind
from .draft import Draft
from .entitled import TITLES, called
from .kinds import kind_of, world
from .linked import CAUSED, LED_TO, LINKED, Link, with_link
from .opening import Opening, Whole, number_of
from .taking_part import involved
from .tracking import drawn_code

CHILDREN = "children"  # the platform's own entries: how the matters under this one stand, that it led to another
CAUSE = "link.cause"


def insert(asker: Asker, draft: Draft, at: datetime) -> int:
    """Write a new matter with what it opens under it; returns its id. Raises Incomplete."""
    matter = rows.insert(asker, draft)
    settle(asker, matter, draft, at)
    return matter


def settle(asker: Asker, matter: int, draft: Draft, at: datetime) -> None:
    """Open what a new matter wants under it, once its row stands. Raises Incomplete."""
    if draft.wanted:
        draft.written()
        tend(asker, matter, draft, at)
        rows.update(asker, matter, draft)


def tend(asker: Asker, matter: int, draft: Draft, at: datetime) -> None:
    """Open what a draft's entries want under it, and let it know of it, until nothing more is wanted.

    No kind opens one of its own by itself, at whatever depth (`proof_children`). Raises Incomplete, and Refusal where
    what an act sets off opens more without end.
    """
    for _ in range(MOST_AT_ONCE):
        wanted, draft.wanted = draft.wanted, []
        if not wanted:
            return
        with acting_as(system(asker.district)) as platform:
            under = [one for one in wanted if one.name in draft.kind.children]
            for number, child in enumerate(under, 1):
                _open_under(platform, matter, draft, child, at, f"under:{matter}:{draft.version}:{number}")
            if under:
                _recount(platform, matter, draft, {one.name for one in under}, at)
            for number, child in enumerate((one for one in wanted if one.name in draft.kind.causes), 1):
                _lead_to(platform, matter, draft, child, at, f"caused:{matter}:{draft.version}:{number}")
        unattended.set_off(draft, at)
    if draft.wanted:
        raise Refusal(say("matters.opens_without_end", number=draft.state["number"]))


def _open_under(platform: Asker, matter: int, draft: Draft, wanted: Wanted, at: datetime, key: str) -> None:
    state = draft.state
    whole = Whole(matter, state["number"], wanted.name, frozenset(_see_each(state)), state["sensitivity"])
    _open(platform, draft, wanted, at, key, whole=whole)


def _lead_to(platform: Asker, matter: int, draft: Draft, wanted: Wanted, at: datetime, key: str) -> None:
    """Open a matter that goes its own way, or take one that is there; let the ledger of the one that led to it say so.

    Of the two this one alone is written to: nobody who acts on the other waits for it. What is opened says the same
    words, so it takes as much to be seen.
    """
    state = draft.state
    if wanted.matter:
        field, number = wanted.matter
        if (other := rows_linked.id_of(platform, number)) is None or other == matter:
            raise Incomplete({field: say("matters.no_such_number", value=number)})
    else:
        other, number = _open(platform, draft, wanted, at, key, beside={following.AT_LEAST: state["sensitivity"]})
    link = Link(CAUSED, True, number)
    if link.text in (state.get(LINKED) or ()):
        return
    delta: Delta = {LED_TO: state.get(LED_TO, 0) + 1, **with_link(state, link)}
    following.follow(draft.kind, state, delta, at, draft.world)
    draft.append(CAUSE, delta, Act(CAUSE, at, role="system"), {}, None)
    rows_linked.tie(platform, CAUSED, matter, other)


def _open(
    platform: Asker, draft: Draft, wanted: Wanted, at: datetime, key: str, *, whole: Whole | None = None,
    beside: Mapping[str, Any] | None = None,
) -> tuple[int, str]:  # fmt: skip
    """(id, number) of a new matter of what one that acts has said. Raises Incomplete."""
    kind, known, state = kind_of(platform, wanted.kind), world(platform), draft.state
    place = (state["lon"], state["lat"]) if state.get("lon") is not None else None
    data = {"title": state["title"], "text": state.get("form.text"), **wanted.data}
    if wanted.unit:
        data["unit"] = wanted.unit
    source, simulated = f"matter:{state['number']}", bool(state.get("simulated"))
    born = {**_called_like(state, data), **(beside or {})}
    opening = Opening(data, at, place, source=source, key=key, simulated=simulated, whole=whole, beside=born)
    try:
        first = opening.decide(kind, known)
    except Incomplete as incomplete:
        raise Incomplete({f"{wanted.name}.{name}": words for name, words in incomplete.fields.items()}) from None
    day = opening.day(known)
    serial = rows.draw_serials(platform, kind.prefix, {day: 1})[day]
    number = number_of(kind, day, serial)
    _, tracking = drawn_code(kind.public, number)
    return insert(platform, opening.draft(platform, kind, known, first, number, tracking), at), number


def _called_like(state: State, data: Mapping[str, Any]) -> dict[str, Any]:
    """What is born with the title of the matter that opens it has it in the same languages."""
    said = called(data["title"], state.get(TITLES))
    return {} if isinstance(said, str) else {TITLES: dict(said)}


def _see_each(state: State) -> set[str]:
    """The units that see every matter under one: those that take part in it for more than one of these."""
    return involved(State(state | {TAKING_PART: None}))


def tell_whole(asker: Asker, matter: int, child: Draft, before: State, at: datetime) -> None:
    """Let the matter above know that one under it has ended, come back, or gone to another unit."""
    zone = child.world.district.zone
    if _seen_from_above(child.kind, before, zone) == _seen_from_above(child.kind, child.state, zone):
        return
    with acting_as(system(asker.district)) as platform:  # who acts may see neither the one above nor this one any more
        whole = rows_under.whole_of(matter)
        held = rows.hold(platform, whole, None) if whole is not None else None
        if whole is None or held is None:
            return
        kind, known = kind_of(platform, held.state["kind"], held.kind_version), world(platform)
        draft, moment = Draft.resume(kind, known, held), max(at, held.last_at)
        above = State(held.state)
        if not _recount(platform, whole, draft, {child.state[UNDER]}, moment):
            return
        unattended.set_off(draft, moment)
        tend(platform, whole, draft, moment)
        rows.update(platform, whole, draft)
        if WHOLE in draft.state:
            tell_whole(platform, whole, draft, above, moment)


def _recount(platform: Asker, matter: int, draft: Draft, names: set[str], at: datetime) -> bool:
    """An entry that says how the children stand now; False where nothing has changed."""
    delta: dict[str, Any] = {}
    for name in sorted(names):
        delta |= counted(draft.state | delta, name, _standings(platform, matter, name, draft.world.district.zone))
    if not delta:
        return False
    following.follow(draft.kind, draft.state, delta, at, draft.world)
    draft.append(CHILDREN, delta, Act(CHILDREN, at, role="system"), {}, None)
    return True


def _standings(platform: Asker, matter: int, name: str, zone: ZoneInfo) -> list[Standing]:
    return [
        _seen_from_above(kind_of(platform, state["kind"], version), state, zone)
        for state, version in rows_under.under(platform, matter)
        if state.get(UNDER) == name
    ]


def _seen_from_above(kind: Kind, state: State, zone: ZoneInfo) -> Standing:
    """What the matter above knows of one; the day of a promise is the district's."""
    promises = [state.clock(name).due for name, defined in kind.clocks.items() if not defined.internal]
    last = max((due for due in promises if due is not None), default=None)
    ended = state.get("closed_at") is not None
    promised = last.astimezone(zone).date() if last else None
    return Standing(state.get("lead"), ended, ended and clocks.was_late(kind, state), promised)
