"""A clock's deadline, and where a matter stands, computed again (nouns.again)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from yiwang.nouns.again import Answer, instant, no_value
from yiwang.nouns.ids import Id, Unanswerable
from yiwang.org.asker import Asker
from yiwang.why import Receipt, say

from . import auditing, clocks, queries
from .clock_state import State
from .facts import fold
from .kinds import world
from .queries import OneMatter
from .since import entries_since


def _matter_named(asker: Asker, wanted: Id) -> OneMatter:
    pk = int(wanted.name) if re.fullmatch(r"[0-9]{1,18}", wanted.name) else None  # as receipts refer to it
    matter = queries.one(asker, pk=pk, number=wanted.name)
    if matter is None:
        raise Unanswerable(say("matters.no_matter", number=wanted.name))
    return matter


def _then(matter: OneMatter, as_of: datetime) -> State:
    """The state as it stood at an instant."""
    return fold(entry.delta for entry in matter.entries if entry.at <= as_of)


def clock(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """The deadline that is kept, that which its start, limit, pauses and extensions give, and that which was said."""
    matter, name, known = _matter_named(asker, wanted), wanted.part, world(asker)
    if name not in matter.kind.clocks:
        raise Unanswerable(say("matters.clock_unknown", number=wanted.name, clock=name, known=list(matter.kind.clocks)))
    receipt = clocks.receipt(matter.kind, name, matter.state, known)
    if receipt is None:
        raise Unanswerable(say("matters.clock_not_started", number=wanted.name, clock=name))

    def due_in(state: State) -> datetime | None:
        running = state.clock(name)
        return None if running.due is None or running.paused else running.due.astimezone(known.district.zone)

    dues = due_in(matter.state)
    was = dues
    if wanted.said is not None:
        was = instant(asker, wanted.said)
    elif as_of:
        was = due_in(_then(matter, as_of))
    since = entries_since(asker, [matter.row.pk], as_of)
    if _minute(was) != _minute(dues):
        return Answer(receipt, was, dues, False, since)
    return Answer(receipt, dues, receipt.value, dues == receipt.value, since)


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None


def matter(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """Where it stands: the row against the sum of its ledger, and the ledger against its own chain."""
    named = _matter_named(asker, wanted)
    audit = auditing.verify(asker, named.row.number)
    folded, kept = fold(entry.delta for entry in named.entries), named.state
    differ = [
        Receipt(
            say(
                "matters.differs", fact=name, folded=_without_reporter(name, folded), kept=_without_reporter(name, kept)
            )
        )
        for name in sorted(folded.keys() | kept.keys())
        if (folded.get(name) or None) != (kept.get(name) or None)
    ]
    broken = [Receipt(one.words) for one in audit.broken]
    reasons = (
        Receipt(say("matters.chain_whole"), audit.whole, broken),
        Receipt(say("matters.sum_is_row"), not differ, differ),
    )
    titles = {code: stage.title.mapping() for code, stage in named.kind.stages.items()}
    stage: str = named.row.stage
    receipt = Receipt(
        say("matters.stands_at", number=named.row.number),
        titles[stage],
        reasons,
        f"matter:{named.row.pk}",
        named.entries[-1].at if named.entries else None,
    )
    since = entries_since(asker, [named.row.pk], as_of)
    if differ or broken:
        return Answer(receipt, say("matters.whole"), say("matters.broken"), False, since)
    was: str | None = stage
    if wanted.said is not None:
        was = next((code for code, title in titles.items() if wanted.said in (code, *title.values())), None)
        if was is None:
            raise no_value(wanted, say("matters.value_stage"), stage)
    elif as_of:
        was = _then(named, as_of).get("stage")
    return Answer(receipt, titles[was] if was else None, titles[stage], was == stage, since)


def _without_reporter(fact: str, state: State) -> Any:
    """What a state holds, but nothing of who reported: a unit complained about must not learn it here (R2.15)."""
    return say("why.not_yours") if fact.startswith("reporter.") else state.get(fact)
