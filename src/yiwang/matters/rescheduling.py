"""A calendar changes: a year is published, a typhoon closes the offices. Which running clocks move, and moving them.

Shown before it is done (`preview`), then written into the ledger of each matter that is touched (`reschedule`). A clock
that stands (paused) is counted again when it goes on; one that has stopped is history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.ledger import clock
from yiwang.ledger import store as ledger
from yiwang.org import store
from yiwang.org.asker import Asker
from yiwang.org.models import District
from yiwang.org.queries import facts
from yiwang.org.session import acting_as, as_owner, system
from yiwang.why import Receipt, Refusal, say
from yiwang.worktime import Calendar

from . import clocks, family, following, queries, rows
from .act import Act
from .children import WHOLE
from .clock_state import Delta, State
from .draft import Draft
from .kinds import kind_of, world

ACTION = "reschedule"
AT_ONCE = 200  # matters a transaction: nobody waits long for a row, and what was stopped half-way is simply run again


@dataclass(frozen=True, slots=True)
class Moved:
    """One running clock under the new calendar: its due before and after, and how much later that is.

    `by` is zero where only the certainty changes; `provisional` is whether the new due still hangs on a year that has
    not been published (R0.2).
    """

    matter: int
    number: str
    clock: str
    before: datetime
    after: datetime
    by: timedelta
    provisional: bool


def preview(asker: Asker, calendar: Calendar) -> list[Moved]:
    """Every running clock of the open matters in sight that `calendar` would change; nothing is written."""
    with acting_as(asker):
        open_matters = queries.matters(asker, queries.Filter(state="open")).order_by("pk").iterator(chunk_size=2000)
        return [one for row in open_matters for one in _moves(row.pk, queries.state_of(asker, row), calendar)]


def reschedule(asker: Asker, calendar: Calendar, reason: str, *, at: datetime | None = None) -> list[Moved]:
    """Make it the district's calendar, and move the running clocks to where it puts them.

    Each matter that is touched has one ledger entry. What moved is returned; a second run finds nothing to move.
    Only the platform itself does this, for whoever runs it, and says why. Raises Refusal.
    """
    reason = reason.replace("\x00", "").strip()
    if not asker.system:
        raise Refusal(Receipt(say("matters.not_yours", who=say("matters.by_system")), False))
    if not reason:
        raise Refusal(Receipt(say("matters.reason_missing"), False))
    with acting_as(asker):
        before = facts(asker).calendar
    if calendar.mapping() != before.mapping():
        with as_owner(), acting_as(asker):  # first, so that no clock starts by the old one meanwhile
            store.set_calendar(asker, calendar)
            changed = [ledger.Rows(District, [asker.district])]
            said = {"calendar": calendar.name, "reason": reason}
            ledger.append(asker, "pack", "calendar", said, stream="packs", rows=changed)
        asker = system(asker.district)
    # what stands under another is locked before it, as whoever acts does
    touched = sorted({one.matter for one in preview(asker, calendar)}, reverse=True)
    moved: list[Moved] = []
    for first in range(0, len(touched), AT_ONCE):
        with acting_as(asker):
            for matter in touched[first : first + AT_ONCE]:
                moved += _move(asker, matter, calendar, reason, at or clock.now())
    return sorted(moved, key=lambda one: one.matter)


def _moves(matter: int, state: State, calendar: Calendar) -> Iterator[Moved]:
    for running in clocks.running(state):
        reckoned, before = clocks.reckon(running, calendar), running.due
        if reckoned is None or reckoned.at is None or before is None:
            continue
        if (reckoned.at, reckoned.provisional) != (before, running.provisional):
            yield Moved(
                matter, state["number"], running.name, before, reckoned.at, reckoned.at - before, reckoned.provisional
            )


def _move(asker: Asker, matter: int, calendar: Calendar, reason: str, at: datetime) -> list[Moved]:
    """Under the row's lock it is counted once more: somebody may have answered or extended it since the preview."""
    held = rows.hold(asker, matter, None)
    moved = list(_moves(matter, held.state, calendar)) if held else []
    if held is None or not moved:
        return []
    delta: Delta = {}
    for one in moved:
        delta |= held.state.clock(one.clock).move(one.after, one.provisional)
    kind, known = kind_of(asker, held.state["kind"], held.kind_version), world(asker)
    step = Act(ACTION, max(at, held.last_at), {}, asker.person, asker.posts, "system")
    following.follow(kind, held.state, delta, step.at, known)
    before = State(held.state)
    draft = Draft.resume(kind, known, held)
    draft.append(ACTION, delta, step, {"reason": reason, "calendar": calendar.name}, None)
    rows.update(asker, matter, draft)
    if WHOLE in draft.state:  # its whole promises the day by which all are promised
        family.tell_whole(asker, matter, draft, before, step.at)
    return moved
