"""What nobody asks for: reminders when a clock runs out, what time brings, and the end of what an end leaves behind.

Each matter is a transaction of its own, under a key of its own: two workers do a thing once, and a matter that somebody
holds, that takes no such act or that breaks keeps no other waiting.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from yiwang.ledger import clock
from yiwang.org.asker import Asker
from yiwang.org.one_by_one import PAGE, in_pages, one_by_one
from yiwang.org.queries import facts as district_facts
from yiwang.org.session import acting_as
from yiwang.why import Refusal, say

from . import automatic, forms, rows, rows_under, rows_waiting, unattended
from .clock_state import State
from .draft import Draft
from .kinds import every_kind, kind_of, world
from .models import Matter
from .rows_waiting import NONE_LATE, NONE_WAITING, Late, Waiting
from .store import act, write


def urge_overdue(asker: Asker, *, now: datetime | None = None, page: int = PAGE) -> int:
    """Do what a kind says `reminds` to every matter whose clock ran out, once for each clock (R2.5).

    page  how many matters are read at once
    Returns how many were reminded. Raises ExceptionGroup when all were that could be.
    """
    now = now or clock.now()
    with acting_as(asker):
        reminders = [(one.matter, one.version, one.reminder) for one in every_kind(asker) if one.reminder]

    def read(after: Late) -> list[Late]:
        with acting_as(asker):
            return rows_waiting.overdue_not_reminded(asker, reminders, now, page, after)

    late = in_pages(read, NONE_LATE, page)
    return one_by_one(late, partial(_urge, asker, now))


def _urge(asker: Asker, now: datetime, late: Late) -> int:
    with acting_as(asker):
        held = Matter.objects.filter(pk=late.matter).values_list("kind", "kind_version").get()
        kind = kind_of(asker, *held)
        words = say("matters.urged", clock=kind.clocks[late.clock].title.mapping())
        said = words.speak(district_facts(asker).languages[0])
        specs = forms.specs_of(kind, kind.actions[late.action])
        data = {name: said for name, spec in specs.items() if spec.type == "text"}
        key = f"urge:{late.matter}:{late.clock}:{late.due.isoformat()}"
        act(asker, late.matter, late.action, data, at=now, key=key)
    return 1


def act_by_itself(
    asker: Asker, *, now: datetime | None = None, page: int = PAGE, kinds: Collection[str] | None = None
) -> int:
    """Do to every matter, or to those of some kinds, what time has brought (design §4: a kind's `does`), in the order
    of the moments.

    Returns how many acts were done. Raises ExceptionGroup when all were that could be.
    """
    now = now or clock.now()

    def read(after: Waiting) -> list[Waiting]:
        with acting_as(asker):
            return rows_waiting.awaiting_acts(asker, now, page, kinds, after)

    def catch_up(waiting: Waiting) -> int:
        with acting_as(asker):
            return _catch_up(asker, waiting.matter, now)

    def leave(waiting: Waiting, refused: Refusal) -> None:
        """What it opens under it is refused: nothing was written, and it is asked again when a fact changes."""
        with acting_as(asker):
            rows.set_acts_at(waiting.matter, None)

    return one_by_one(in_pages(read, NONE_WAITING, page), catch_up, refused=leave)


def _catch_up(asker: Asker, matter: int, now: datetime) -> int:
    """Everything that time has brought to one matter, one act after the other; how many acts."""
    held = rows.hold(asker, matter, None)
    if held is None:
        return 0
    kind, known = kind_of(asker, held.state["kind"], held.kind_version), world(asker)
    draft, before = Draft.resume(kind, known, held), State(held.state)
    moment, acts, refused = max(now, held.last_at), 0, set[str]()
    coming = automatic.coming(kind, draft.state, known)
    while coming is not None and coming.at <= now and acts < automatic.MOST_AT_ONCE and not draft.wanted:
        key = f"itself:{matter}:{coming.action}:{coming.at.isoformat()}"
        if unattended.carry_out(draft, coming.action, moment, key):
            acts += 1
            unattended.set_off(draft, moment)
        else:
            refused.add(coming.action)  # asked again when a fact changes
        coming = automatic.coming(kind, draft.state, known, refused)
    if acts:
        write(asker, matter, draft, before, moment)
    else:
        rows.set_acts_at(matter, coming.at if coming else None)
    return acts


def end_orphans(
    asker: Asker, *, now: datetime | None = None, page: int = PAGE, kinds: Collection[str] | None = None
) -> int:
    """End what stood under a matter that has ended, by the action that its kind names; of some kinds alone where they
    are given. Returns how many were ended. Raises ExceptionGroup when all were that could be."""
    now = now or clock.now()
    with acting_as(asker):
        every = [one for one in every_kind(asker) if kinds is None or one.matter in kinds]
    following = [(one.matter, one.version, one.follows) for one in every if one.follows]

    def read(after: tuple[int, str]) -> list[tuple[int, str]]:
        with acting_as(asker):
            return rows_under.orphans(asker, following, page, after[0])

    def end(orphan: tuple[int, str]) -> int:
        matter, action = orphan
        with acting_as(asker):
            act(asker, matter, action, at=now, key=f"orphan:{matter}:{action}:{now.isoformat()}")
        return 1

    return one_by_one(in_pages(read, (0, ""), page), end) if following else 0
