"""Which earlier matters a new one repeats, worked out by the platform as it is opened (R2.12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, system

from . import rows_repeated
from .clock_state import State
from .definition import Kind
from .joined import REPORTER
from .linked import repeating
from .opening import Opening
from .routed_because import BY_A_LOAD, SETTLED
from .same_again import Before
from .world import World

NEVER = datetime.max.replace(tzinfo=UTC)


def begun(asker: Asker, kind: Kind, known: World, opening: Opening) -> tuple[Opening, State]:
    """A new matter's opening and first state, with what it repeats among its facts. Raises Incomplete."""
    return Batch.of(asker, kind, known, [(opening, opening.decide(kind, known))]).next()


@dataclass
class Batch:
    """New matters that are opened together, in order: each repeats what the database holds, and those before it."""

    kind: Kind
    known: World
    each: Iterator[tuple[Opening, State, dict[str, bool]]]
    before: Before | None = None  # where the kind says what repeats what

    @classmethod
    def of(cls, asker: Asker, kind: Kind, known: World, begun: Sequence[tuple[Opening, State]]) -> Batch:
        """What the database holds is looked up at once, as the platform sees it."""
        if (how := kind.repeats) is None:
            return cls(kind, known, iter([(*one, dict[str, bool]()) for one in begun]))
        with acting_as(system(asker.district)) as platform:
            held = []
            for opening, first in begun:
                digests = rows_repeated.digests_of(platform, opening.reporter) if REPORTER in how.named else []
                found = rows_repeated.earlier(platform, kind, how, first, digests, opening.at)
                held.append((opening, first, found))
        return cls(kind, known, iter(held), Before(how))

    def next(self) -> tuple[Opening, State]:
        """The next one, with what it repeats among its facts."""
        opening, first, there = next(self.each)
        earlier = self.before.repeated(opening, first) if self.before else ()
        here = {number: (state.get("closed_at") or NEVER) <= opening.at for state, number in earlier}
        if facts := repeating(dict(islice((here | there).items(), rows_repeated.MOST_REPEATED))):
            opening = replace(opening, beside={**opening.beside, **facts})
            # a load that was compared is not compared again: those after it have been counted since
            settled = {name: first[name] for name in SETTLED if first.get(BY_A_LOAD)}
            first = replace(opening, beside={**settled, **opening.beside}).decide(self.kind, self.known)
        return opening, first

    def add(self, opening: Opening, first: State, number: str) -> None:
        """It has its number now, and can be repeated by those after it."""
        if self.before is not None:
            self.before.add(opening, first, number)
