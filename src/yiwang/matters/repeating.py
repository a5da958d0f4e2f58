"""Which earlier matters a new one repeats, worked out by the platform as it is opened (R2.12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, system

from . import rows_repeated
from .clock_state import State
from .definition import Kind
from .joined import PLACE, REPORTER, Repeats, fact_named
from .linked import REPEATED_OF, repeating
from .merging import metres_between
from .opening import Opening
from .world import World


def beside(asker: Asker, kind: Kind, opening: Opening, first: State) -> Mapping[str, Any]:
    """The facts of what a new matter repeats, as far as the database knows; nothing where it repeats nothing."""
    if kind.repeats is None:
        return {}
    with acting_as(system(asker.district)) as platform:
        digests = rows_repeated.digests_of(platform, opening.reporter) if REPORTER in kind.repeats.named else []
        found = rows_repeated.earlier(platform, kind, kind.repeats, first, digests, opening.at)
    return repeating(found)


def begun(asker: Asker, kind: Kind, known: World, opening: Opening) -> tuple[Opening, State]:
    """A new matter's opening and first state, with what it repeats among its facts. Raises Incomplete."""
    first = opening.decide(kind, known)
    if facts := beside(asker, kind, opening, first):
        opening = replace(opening, beside=facts)
        first = opening.decide(kind, known)
    return opening, first


@dataclass
class Batch:
    """New matters that are opened together: each repeats what the database holds, and those before it in the batch."""

    kind: Kind
    before: list[tuple[Opening, State, str]] = field(default_factory=list)

    def begun(self, asker: Asker, known: World, opening: Opening, first: State | None) -> tuple[Opening, State]:
        """Like `begun` for one of a batch; `first` is what was decided of it already."""
        first = first if first is not None else opening.decide(self.kind, known)
        if self.kind.repeats is None:
            return opening, first
        here = [number for one, state, number in reversed(self.before) if self._alike(one, state, opening, first)]
        there = beside(asker, self.kind, opening, first).get(REPEATED_OF, [])
        if facts := repeating([*here, *there][: rows_repeated.MOST_REPEATED]):
            opening = replace(opening, beside=facts)
            first = opening.decide(self.kind, known)
        return opening, first

    def add(self, opening: Opening, first: State, number: str) -> None:
        """It has its number now, and can be repeated by those after it."""
        if self.kind.repeats is not None:
            self.before.append((opening, first, number))

    def _alike(self, one: Opening, state: State, new: Opening, first: State) -> bool:
        how: Repeats = self.kind.repeats  # type: ignore[assignment]
        if not new.at - timedelta(days=how.days) <= one.at <= new.at:
            return False
        same = {word: _same(word, how, one, state, new, first) for word in how.named}
        return all(same[word] for word in how.same) and (not how.or_ or any(same[word] for word in how.or_))


def _same(word: str, how: Repeats, one: Opening, state: State, new: Opening, first: State) -> bool:
    if word == REPORTER:
        return bool(new.reporter.phone) and new.reporter.phone == one.reporter.phone
    if word == PLACE:
        apart = metres_between(state, first)
        return apart is not None and apart <= how.metres
    value = first.get(fact_named(word))
    return value not in (None, "", []) and value == state.get(fact_named(word))
