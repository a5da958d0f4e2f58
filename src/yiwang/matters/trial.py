"""Walking a matter of a kind in memory, by the rules that the platform goes by: nothing is written, numbered or sent.

Who writes a kind tries it here before anybody works with it: acts as each of the pack's people, lets time go by, takes
back a step, and reads why something is refused. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.definition import Organisation
from yiwang.org.district import District, Place
from yiwang.org.in_memory import district_from, holders, people_of
from yiwang.why import Refusal, say

from . import automatic, rules, unattended
from .act import Act, Choice
from .children import Wanted, fact_of_children
from .clock_state import State
from .definition import Kind
from .draft import Draft
from .objects import Lists
from .results import ResultFacts
from .world import CategoryFacts, DutyFacts, World

REPORTER = "reporter"  # who reported it, as one who acts
NUMBER = "0"  # of a matter that has none


def world_of(
    said: Organisation,
    categories: Sequence[Mapping[str, Any]],
    duties: Sequence[Mapping[str, str]],
    lists: Callable[[District], Lists] = lambda _: {},
    results: Mapping[str, ResultFacts] | None = None,
) -> tuple[World, dict[str, Asker]]:
    """The district of a pack as the rules see it, and its people by their posts."""
    district = district_from(said)
    people = dict(holders(said, district))
    known = World(
        district,
        {
            one["code"]: CategoryFacts(
                one["code"], one["name"], one["class_name"], one["urgency"], one["parent"], one["top"]
            )
            for one in categories
        },
        {one["category"]: DutyFacts(one["to"], one["clause"]) for one in duties},
        said.calendar,
        lists(district),
        results or {},
        people=people_of(people),
    )
    return known, people


@dataclass(frozen=True, slots=True)
class Walked:
    """One step of a walk: when, what, by whom, and how the matter stood after it."""

    at: datetime
    action: str
    who: str
    state: State
    opened: tuple[Wanted, ...] = ()


@dataclass
class Trial:
    """A matter in memory. `who` acts are posts of the pack, or "reporter"."""

    kind: Kind
    world: World
    people: Mapping[str, Asker]
    now: datetime
    steps: list[Walked] = field(default_factory=list)

    @property
    def state(self) -> State:
        return self.steps[-1].state

    def begin(self, who: str, data: Mapping[str, Any], place: Place | None = None) -> None:
        """Open it. Raises Incomplete."""
        first = rules.begin(self.kind, dict(data), self.now, self.world, place=place) | {"number": NUMBER}
        self.steps = [Walked(self.now, "create", who, first)]
        if self.kind.auto and first.get("suggested"):
            self._do(Act(self.kind.auto, self.now, {"unit": first["suggested"]}, role="system"), "system")
        self._at_once()

    def choices(self, who: str) -> list[Choice]:
        """Every action as somebody finds it now, with the reason against it if there is one."""
        return rules.choices(self.kind, self.state, self._act("", who, {}), self.world)

    def act(self, who: str, action: str, data: Mapping[str, Any]) -> None:
        """Do something. Raises Refusal, Incomplete; then all is as before."""
        self._do(self._act(action, who, data), who)
        self._at_once()

    def wait_until(self, at: datetime) -> list[str]:
        """Let time go by: what the platform does by itself meanwhile is done, and named."""
        done = []
        for _ in range(automatic.MOST_AT_ONCE * 4):
            coming = automatic.coming(self.kind, self.state, self.world)
            if coming is None or coming.at > at:
                break
            self.now = max(self.now, coming.at)
            if not self._by_itself(coming.action):
                break
            done.append(coming.action)
            self._at_once()
        self.now = max(self.now, at)
        return done

    def end_under(self, name: str) -> None:
        """One of the matters that were opened under it ends. Raises Refusal where none is open."""
        if not self.state.get(fact_of_children(name, "open")):
            raise Refusal(say("matters.try_none_open", name=name[:40]))
        self.steps.append(Walked(self.now, name, "system", State(self.state)))
        self._count({name: 0}, 1)
        self._at_once()

    def _count(self, opened: Mapping[str, int], ended: int) -> None:
        """How the matters under it stand, as the last step has left them."""
        for name, more in opened.items():
            if name not in self.kind.children:
                continue
            before = [self.state.get(fact_of_children(name, part)) or 0 for part in ("count", "open", "ended")]
            after = [before[0] + more, before[1] + more - ended, before[2] + ended]
            self.state.update(
                {fact_of_children(name, part): n for part, n in zip(("count", "open", "ended"), after, strict=True)}
            )

    def next_due(self) -> datetime | None:
        """When the next clock runs out or the platform acts."""
        running = [clock.due for clock in self.state.clocks() if clock.runs and not clock.paused]
        coming = automatic.coming(self.kind, self.state, self.world)
        moments = [*running, coming.at if coming else None]
        return min((at for at in moments if at is not None and at > self.now), default=None)

    def back(self) -> None:
        """Take back the last step, but for the first."""
        if len(self.steps) > 1:
            self.steps.pop()
            self.now = self.steps[-1].at

    @property
    def over(self) -> bool:
        return self.kind.stages[self.state["stage"]].final

    def _act(self, action: str, who: str, data: Mapping[str, Any]) -> Act:
        if who == REPORTER or who in self.kind.parties:
            return Act(action, self.now, data, role=who)
        person = self.people[who]
        return Act(action, self.now, data, person.person, person.posts)

    def _do(self, act: Act, who: str) -> None:
        decision = rules.decide(self.kind, State(self.state), act, self.world)
        self.steps.append(Walked(act.at, act.action, who, self.state | decision.delta, decision.opens))
        self._count({one.name: [one.name for one in decision.opens].count(one.name) for one in decision.opens}, 0)

    def _by_itself(self, action: str) -> bool:
        draft = Draft(self.kind, self.world, State(self.state))
        if not unattended.carry_out(draft, action, self.now):
            return False
        self.steps.append(Walked(self.now, action, "system", draft.state, tuple(draft.wanted)))
        self._count({one.name: [each.name for each in draft.wanted].count(one.name) for one in draft.wanted}, 0)
        return True

    def _at_once(self) -> None:
        for _ in range(automatic.MOST_AT_ONCE):
            action = automatic.at_once(self.kind, self.state, self.now)
            if action is None or not self._by_itself(action):
                return


def shortest(kind: Kind) -> Iterator[str]:
    """The actions of the shortest way from the first stage to an end, whoever does them."""
    before: dict[str, tuple[str, str]] = {}
    waiting = [kind.first]
    while waiting:
        stage = waiting.pop(0)
        if kind.stages[stage].final:
            way: list[str] = []
            while stage != kind.first:
                stage, action = before[stage]
                way.append(action)
            yield from reversed(way)
            return
        for name in kind.by_stage[stage]:
            for to in kind.actions[name].leads_to(stage):
                if to not in before and to != kind.first:
                    before[to] = (stage, name)
                    waiting.append(to)
