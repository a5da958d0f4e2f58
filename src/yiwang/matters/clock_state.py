"""One clock of a matter, as a typed view of the flat facts that keep it. Pure.

The facts stay what they are, in the row, the ledger and every expression: `clock.NAME.PART`, one for each of `PARTS`.
Here alone it is known how a part is written: whoever reads a clock asks the view, whoever changes one takes the change
from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from yiwang.worktime import Due, Extension, Limit, Pause

Delta = dict[str, Any]  # a change of state: fact -> its new value

PARTS = ("started", "limit", "due", "provisional", "stopped", "pauses", "extensions", "limits", "late_before", "ended")
_ROOT = "clock."
_OF_ONE_RUN = ("stopped", "pauses", "extensions", "limits", "ended")
_INSTANTS = (".started", ".due", ".stopped")
_NOTHING: Mapping[str, Any] = {}


def fact_of(clock: str, part: str) -> str:
    """The fact in which a part of a clock is kept; `paused` is worked out where it is asked for.

    >>> fact_of("handling", "due")
    'clock.handling.due'
    """
    return f"{_ROOT}{clock}.{part}"


def is_of_a_clock(fact: str) -> bool:
    return fact.startswith(_ROOT)


def is_instant(fact: str) -> bool:
    """Whether a fact is an instant of a clock."""
    return fact.startswith(_ROOT) and fact.endswith(_INSTANTS)


def asks_whether_it_stands(fact: str) -> str | None:
    """The clock of which a fact `clock.NAME.paused` asks; None for any other fact."""
    return fact[len(_ROOT) : -len(".paused")] if fact.startswith(_ROOT) and fact.endswith(".paused") else None


def is_kept_where_true(fact: str) -> bool:
    """Whether a fact is `clock.NAME.late_before` or `.ended`, which are kept of those clocks alone that were."""
    return fact.startswith(_ROOT) and fact.endswith((".late_before", ".ended"))


@lru_cache(maxsize=4096)
def limit_of(text: str) -> Limit:
    return Limit.parse(text)


def pauses_from(written: list[Any] | None) -> list[Pause]:
    """Pauses as JSON keeps them, [[start, end or null, reason, who approved], …], as `worktime` counts them."""
    return [
        Pause(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None, reason, str(approver))
        for start, end, reason, approver in written or ()
    ]


@dataclass(frozen=True, slots=True)
class LimitBefore:
    """A limit that a clock had `until` then, and what its limit has hung on since (design §10.15)."""

    until: datetime
    limit: str
    hangs_on: str


@dataclass(frozen=True, slots=True)
class ClockState:
    """How a clock stands by the facts, and by changes to them that are `later` and not in them yet."""

    name: str
    facts: Mapping[str, Any]
    later: Mapping[str, Any] = field(default_factory=dict)

    def _part(self, part: str) -> Any:
        fact = f"{_ROOT}{self.name}.{part}"
        return self.later[fact] if fact in self.later else self.facts.get(fact)

    @property
    def since(self) -> datetime | None:
        """When it was started last; None when it never was."""
        kept: datetime | None = self._part("started")
        return kept

    @property
    def limit(self) -> str:
        """The limit by which it runs, as text; empty when it never started."""
        return self._part("limit") or ""

    @property
    def due(self) -> datetime | None:
        """When it is over; None when it never started. While it stands, as it was before."""
        kept: datetime | None = self._part("due")
        return kept

    @property
    def provisional(self) -> bool:
        """Whether its due hangs on a year whose calendar has not been published (R0.2)."""
        return bool(self._part("provisional"))

    @property
    def stopped(self) -> datetime | None:
        kept: datetime | None = self._part("stopped")
        return kept

    @property
    def done(self) -> bool:
        """Whether it was stopped, and was not begun or resumed since."""
        return self.stopped is not None

    @property
    def ended(self) -> bool:
        """Whether the end of its matter stopped it, and nothing that its definition says stops it."""
        return bool(self._part("ended"))

    @property
    def runs(self) -> bool:
        """Whether it was started and not stopped; one that stands still runs."""
        return self.since is not None and self.stopped is None

    @property
    def paused(self) -> bool:
        """Whether it stands now: it was not stopped, and its last pause has no end."""
        pauses = self._part("pauses")
        return bool(pauses) and pauses[-1][1] is None and self.stopped is None

    @property
    def why_paused(self) -> str:
        """The reason of its last pause."""
        pauses = self._part("pauses")
        return (pauses[-1][2] or "") if pauses else ""

    @property
    def late_before(self) -> bool:
        """Whether it was over, when it began anew, in a run before this one."""
        return bool(self._part("late_before"))

    @property
    def was_late(self) -> bool:
        """Whether it was over when it stopped, this time or in a run before."""
        return self.late_before or (self.stopped is not None and bool(self.late_by(self.stopped)))

    def late_by(self, at: datetime) -> timedelta:
        """How long it was over when it stopped or, while it runs, at `at`; no time when it was not."""
        until = self.stopped or (at if self.runs and not self.paused else None)
        return max(until - self.due, timedelta(0)) if until and self.due else timedelta(0)

    @property
    def pauses(self) -> list[Pause]:
        return pauses_from(self._part("pauses"))

    @property
    def extensions(self) -> list[Extension]:
        return [
            Extension(limit_of(limit), reason, str(approver), datetime.fromisoformat(asked_at))
            for limit, reason, approver, asked_at in self._part("extensions") or ()
        ]

    @property
    def given(self) -> int:
        """How many units of time all its extensions gave."""
        return sum(int(limit.split()[0]) for limit, *_ in self._part("extensions") or ())

    @property
    def added(self) -> list[Limit]:
        """What its extensions gave, together, in each unit of time."""
        sums: dict[str, int] = {}
        for limit, *_ in self._part("extensions") or ():
            n, unit = limit.split(maxsplit=1)
            sums[unit] = sums.get(unit, 0) + int(n)
        return [limit_of(f"{n} {unit}") for unit, n in sums.items()]

    @property
    def limits_before(self) -> list[LimitBefore]:
        """The limits that it had since its start, the first one first."""
        kept = self._part("limits") or ()
        return [LimitBefore(datetime.fromisoformat(until), limit, hangs_on) for until, limit, hangs_on in kept]

    # --- changes ----------------------------------------------------------------------------------------------------

    def _change(self, **parts: Any) -> Delta:
        return {f"{_ROOT}{self.name}.{part}": value for part, value in parts.items()}

    def start(self, at: datetime, limit: str, due: Due) -> Delta:
        """It begins; of what it was before nothing is left but whether it was late."""
        left = {part: None for part in _OF_ONE_RUN if self._part(part) is not None}
        late = {"late_before": True} if self.late_by(at) else {}
        return self._change(started=at, limit=limit, due=due.at, provisional=due.provisional, **left, **late)

    def stop(self, at: datetime) -> Delta:
        return self._change(stopped=at)

    def end(self, at: datetime) -> Delta:
        """Its matter ends while it runs: nobody did what it waited for."""
        return self._change(stopped=at, ended=True)

    def keep(self) -> Delta:
        """What it waited for was done after all, in the matter with which its own was made one."""
        return self._change(ended=None)

    def drop(self, at: datetime) -> Delta:
        """Nothing is promised by it any more: of what it was nothing is left but whether it was late."""
        left = {part: None for part in PARTS if part != "late_before" and self._part(part) is not None}
        late = {"late_before": True} if self.late_by(at) else {}
        return self._change(**left, **late)

    def resume(self) -> Delta:
        return self._change(stopped=None, **({"ended": None} if self.ended else {}))

    def move(self, due: datetime, provisional: bool) -> Delta:
        """Another due, counted anew."""
        return self._change(due=due, provisional=provisional)

    def pause(self, at: datetime, reason: str, person: int | None) -> Delta:
        return self._change(pauses=[*(self._part("pauses") or ()), [at.isoformat(), None, reason, person]])

    def go_on(self, at: datetime) -> Delta:
        """Its last pause ends."""
        pauses = [list(one) for one in self._part("pauses") or ()]
        pauses[-1][1] = at.isoformat()
        return self._change(pauses=pauses)

    def extend(self, by: str, reason: str, person: int | None, asked_at: datetime) -> Delta:
        """More time, as the text of a limit ("5 workdays")."""
        more = [by, reason, person, asked_at.isoformat()]
        return self._change(extensions=[*(self._part("extensions") or ()), more])

    def relimit(self, at: datetime, limit: str, hangs_on: str) -> Delta:
        """Another limit from now on, for what it hangs on now."""
        before = [at.isoformat(), self.limit, hangs_on]
        return self._change(limit=limit, limits=[*(self._part("limits") or ()), before])


class State(dict[str, Any]):
    """The facts of a matter: one flat row of dotted names (see `facts`), and its clocks as views of them."""

    def clock(self, name: str, later: Mapping[str, Any] = _NOTHING) -> ClockState:
        """One of its clocks; `later` are changes that are not in the state yet."""
        return ClockState(name, self, later)

    def clocks(self) -> Iterator[ClockState]:
        """Every clock that has a due, in the order in which they began."""
        for fact, value in self.items():
            if value is not None and fact.startswith(_ROOT) and fact.endswith(".due"):
                yield ClockState(fact[len(_ROOT) : -len(".due")], self)

    def __or__(self, changes: Mapping[str, Any]) -> State:  # type: ignore[override]
        merged = State(self)
        merged.update(changes)
        return merged
