"""Two matters made one and taken apart again, and a caller joined to a matter. Writes through `rows` alone.

Both rows are locked in the order of their ids, whichever waits for the other: two who merge the same two at once wait
for each other and never in a circle, and the second is told what the first has done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from yiwang.ledger import clock
from yiwang.org.asker import Asker
from yiwang.org.one_by_one import PAGE, in_pages, one_by_one
from yiwang.org.session import acting_as, for_the_district
from yiwang.why import Incomplete, NotThere, Receipt, Refusal, say

from . import disclosure, merging, queries, rows, rows_linked, rows_under, unattended
from .act import Act, Decision
from .clock_state import Delta, State
from .definition import Kind
from .draft import Content, Draft, Held
from .identity import whole
from .kinds import kind_of, world
from .linked import CALLERS, INTO, MERGED
from .store import Opened, open_matter, write
from .under_a_key import content_of, done_before
from .world import World


@dataclass(frozen=True, slots=True)
class Joined:
    """Two matters after they were made one, or two: the one that waits or waited, and the other.

    callers   how many reported the other now;  repeated: done before under the same key
    """

    number: str
    other: str
    callers: int
    repeated: bool = False


@dataclass(slots=True)
class _Side:
    """One of the two, locked."""

    id: int
    held: Held
    kind: Kind
    content: Content | None = None  # what was asked for under a key, of the one that it was asked of


def merge(
    asker: Asker, matter: int, into: int, reason: str, *, at: datetime | None = None, key: str | None = None
) -> Joined:
    """From now on one matter waits for another, and ends as it does. Call inside `acting_as`.

    Raises NotThere, Incomplete (the reason), Refusal, or Conflict (the key was used for something else).
    """
    if matter != into and _in_one_family(asker, matter, into):
        raise Refusal(Receipt(say("matters.merge_whole_and_part"), False))
    side, other, repeated = _both(asker, matter, into, key, merging.MERGE, {"into": into, "reason": reason})
    if repeated:
        return Joined(side.held.state["number"], other.held.state["number"], other.held.state.get(CALLERS, 1), True)
    known, step = world(asker), _step(asker, merging.MERGE, reason, at, side, other)
    _refuse(merging.against_merging(side.kind, side.held.state, other.kind, other.held.state, step, known))
    # both as they stood before either was changed
    waits = merging.waiting(side.kind, side.held.state, other.held.state, step.at, known)
    takes = merging.waited_for(other.kind, side.held.state, other.held.state, step.at, known)
    _write(asker, side, step, merging.MERGE, waits, known, key)
    _write(asker, other, step, merging.TAKE, takes, known, None)
    rows_linked.tie(asker, MERGED, side.id, other.id)
    return Joined(side.held.state["number"], other.held.state["number"], other.held.state[CALLERS])


def part(asker: Asker, matter: int, reason: str, *, at: datetime | None = None, key: str | None = None) -> Joined:
    """A matter waits for no other any more: it is what it was. Call inside `acting_as`; raises what `merge` raises."""
    with acting_as(for_the_district(asker)):  # who sees the one may take it apart, wherever the other lies
        into = rows_linked.other_end(matter)
    if into is None:
        held = rows.hold(asker, matter, None if key is None else whole(key))
        if held is None:
            raise NotThere
        if held.repeated:
            kind = kind_of(asker, held.state["kind"], held.kind_version)
            done_before(asker, held.repeated, matter, merging.PART, key, content_of(asker, kind, {"reason": reason}))
            return Joined(held.state["number"], "", 1, True)
        raise Refusal(Receipt(say("matters.part_of_nothing", number=held.state["number"]), False))
    side, other, repeated = _both(asker, matter, into, key, merging.PART, {"reason": reason}, wide=True)
    if repeated:
        return Joined(side.held.state["number"], other.held.state["number"], other.held.state.get(CALLERS, 1), True)
    if side.held.state.get(INTO) != other.held.state["number"]:  # taken apart, and merged elsewhere, in between
        raise Refusal(Receipt(say("matters.parted_meanwhile", number=side.held.state["number"]), False))
    known, step = world(asker), _step(asker, merging.PART, reason, at, side, other)
    _refuse(merging.against_parting(side.kind, side.held.state, step, known))
    alone = merging.apart(side.kind, side.held.state, step.at, known)
    back = merging.given_back(other.kind, side.held.state, other.held.state, step.at, known)
    _write(asker, side, step, merging.PART, alone, known, key)
    with acting_as(for_the_district(asker)) as taking:
        _write(taking, other, step, merging.GIVE_BACK, back, known, None)
        rows_linked.untie(MERGED, side.id, other.id)
    return Joined(side.held.state["number"], other.held.state["number"], other.held.state[CALLERS])


@transaction.atomic
def join(
    asker: Asker, kind: str, data: Mapping[str, Any], into: int, reason: str, *, key: str | None = None, **how: Any
) -> Opened:
    """One more reporter of a matter that is there: a matter of their own, with its number and code, that waits for it.

    how  what `store.open_matter` takes beside
    Raises what it raises, and what `merge` raises; then nothing is opened.
    """
    how["attached"] = [*how.get("attached", ()), f"join:{into}"]
    opened = open_matter(asker, kind, data, key=key, **how)
    merge(asker, opened.id, into, reason, at=how.get("at"))
    return opened


def end_merged(asker: Asker, *, now: datetime | None = None, page: int = PAGE) -> int:
    """Let every matter that waits for one that has ended end as it did. Returns how many were ended.

    Each is its own transaction, looked at once more under its lock: what ended may have come back meanwhile.
    Raises ExceptionGroup when all were ended that could be.
    """
    now = now or clock.now()

    def read(after: int) -> list[int]:
        with acting_as(asker):
            return rows_linked.left_waiting(asker, page, after)

    def end(matter: int) -> int:
        with acting_as(asker):
            return _end(asker, matter, now)

    return one_by_one(in_pages(read, 0, page), end)


def _end(asker: Asker, matter: int, now: datetime) -> bool:
    into = rows_linked.other_end(matter)
    if into is None:
        return False
    side, other, _ = _both(asker, matter, into, None, merging.END, {})
    state, ends = side.held.state, other.held.state
    if not state.get("merged.waits") or state.get(INTO) != ends["number"] or ends.get("closed_at") is None:
        return False
    known = world(asker)
    step = Act(merging.END, max(now, ends["closed_at"], side.held.last_at), role="system")
    _write(asker, side, step, merging.END, merging.ended(side.kind, state, ends, step.at, known), known, None)
    return True


def _in_one_family(asker: Asker, matter: int, other: int) -> bool:
    """Whether one stands under the other: asked before either is locked, as who acts locks from below to above."""
    with acting_as(for_the_district(asker)):
        related = rows_under.in_one_family(matter, other)
    if related and len(queries.numbers_and_titles(asker, [matter, other])) < 2:
        raise NotThere
    return related


# --- both at once ---------------------------------------------------------------------------------------------------


def _both(
    asker: Asker, matter: int, into: int, key: str | None, action: str, said: Mapping[str, Any], *, wide: bool = False
) -> tuple[_Side, _Side, bool]:
    """Both, locked in the order of their ids, and whether this was done before under the key.

    said  what is asked for; under the same key nothing else may be
    """
    key, held = None if key is None else whole(key), {}
    for matter_id in sorted({matter, into}):
        if wide and matter_id != matter:
            with acting_as(for_the_district(asker)) as taking:
                held[matter_id] = rows.hold(taking, matter_id, None)
        else:
            held[matter_id] = rows.hold(asker, matter_id, key if matter_id == matter else None)
    first, second = held[matter], held[into]
    if first is None or second is None:
        raise NotThere
    side, other = (
        _Side(pk, one, kind_of(asker, one.state["kind"], one.kind_version))
        for pk, one in ((matter, first), (into, second))
    )
    if key is not None:
        side.content = content_of(asker, side.kind, said)
    if first.repeated:
        done_before(asker, first.repeated, matter, action, key, side.content)
    return side, other, first.repeated is not None


def _step(asker: Asker, action: str, reason: str, at: datetime | None, side: _Side, other: _Side) -> Act:
    """Who does it, when and why: never before what was done to either. Raises Incomplete."""
    if wrong := merging.reason_wrong(reason, side.held.state, other.held.state):
        raise Incomplete({"reason": wrong})
    moment = max(at or clock.now(), side.held.last_at, other.held.last_at)
    return Act.of(asker, action, moment, {"reason": reason.strip()}, "system" if asker.system else "")


def _refuse(against: Receipt | None) -> None:
    if against:
        raise Refusal(against)


def _write(asker: Asker, side: _Side, step: Act, action: str, delta: Delta, known: World, key: str | None) -> None:
    """One entry more in the ledger of one of the two."""
    state, how = side.held.state, side.kind.merge
    may = merging.post_for(how, state, step, known) if how and action != merging.END else None
    role, post = may or (step.role, step.posts[0] if step.posts else None)
    before, draft = State(state), Draft.resume(side.kind, known, side.held)
    draft.known_names = disclosure.named_in(side.id, state, step.data.values())
    draft.append(action, delta, step, step.data, key, Decision(delta, step.data, post, role), side.content)
    unattended.set_off(draft, step.at)
    write(asker, side.id, draft, before, step.at)
