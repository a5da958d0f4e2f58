"""Walking a matter of a kind in memory, by the rules that the platform goes by: nothing is written, numbered or sent.

Who writes a kind tries it here before anybody works with it: acts as each of the pack's people, lets time go by, takes
back a step, and reads why something is refused. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.definition import Organisation
from yiwang.org.district import District, Place
from yiwang.org.in_memory import district_from, holders, people_of
from yiwang.why import Incomplete, Refusal, say

from . import automatic, doors, rules, unattended
from .act import Act, Choice
from .against import refusal
from .children import Wanted, fact_of_children
from .clock_state import State
from .definition import Kind
from .draft import Draft
from .objects import Lists, ObjectFacts, meant
from .reported import Reported
from .results import ResultFacts
from .rounds import entered, facts_of, takes_part, turn_at
from .world import CategoryFacts, DutyFacts, World

REPORTER, PLATFORM = "reporter", "system"  # as those who act: who reported it, and what is done by itself
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
    people = holders(district)
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
    """One step of a walk: when, what, by whom, how the matter stood after it, what it opened and what was said."""

    at: datetime
    action: str
    who: str
    state: State
    opened: tuple[Wanted, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Trial:
    """A matter in memory. `who` acts are posts of the pack, or "reporter".

    before  (how many steps there were, when it was) before each thing that was done or waited for
    """

    kind: Kind
    world: World
    people: Mapping[str, Asker]
    now: datetime
    steps: list[Walked] = field(default_factory=list)
    before: list[tuple[int, datetime]] = field(default_factory=list)

    @property
    def state(self) -> State:
        return self.steps[-1].state

    def begin(self, who: str, data: Mapping[str, Any], place: Place | None = None) -> None:
        """Open it as the platform itself does, which may say everything. Raises Incomplete."""
        self._begun(who, rules.begin(self.kind, dict(data), self.now, self.world, place=place), data)

    def come_in(self, door: str, who: str, data: Mapping[str, Any], place: tuple[float, float] | None) -> None:
        """Open it behind a door, where no more is taken than it lists; `place` is (lon, lat). Raises Incomplete."""
        wrong = doors.wrong_with(place, Reported(), door, self.world)
        spot = self.world.district.place(*place) if place and not wrong else None
        try:
            said = doors.taken(self.kind, door, data, place, None)
            first = rules.begin(self.kind, said, self.now, self.world, place=spot, door=door)
        except Incomplete as incomplete:
            raise Incomplete({**incomplete.fields, **wrong}) from None
        if wrong:
            raise Incomplete(wrong)
        self._begun(who, first, said)

    def go_round(self, code: str = "") -> None:
        """Open it as the rhythm of its kind does, for the object that a code or a name means. Raises Refusal."""
        how = self.kind.round
        if how is None:
            raise Refusal(say("matters.try_no_round"))
        of = self._object(self.kind.form[how.each].list_, code) if how.each else None
        today = self.now.astimezone(self.world.district.zone).date()
        turn = turn_at(how, how.times_for(of), today, self.world.calendar)
        if turn is None or not takes_part(of, turn, self.world.calendar):
            raise Refusal(say("matters.try_no_turn", day=today))
        data = entered(how, of, turn, self.world.district.languages[0])
        here = self.world.district.place(of.lon, of.lat) if of and of.lon is not None and of.lat is not None else None
        beside = facts_of(turn, today)
        first = rules.begin(self.kind, dict(data), self.now, self.world, place=here, beside=beside)
        self._begun(PLATFORM, first, data)

    def _object(self, list_: str, code: str) -> ObjectFacts:
        known = meant(self.world.lists.get(list_, {}).values(), code)
        if len(known) != 1:
            raise Refusal(say("matters.no_such_object", value=code[:60]))
        return known[0]

    def _begun(self, who: str, first: State, data: Mapping[str, Any]) -> None:
        self.before = [(0, self.now)]
        self.steps = [Walked(self.now, "create", who, first | {"number": NUMBER}, (), data)]
        if self.kind.auto and first.get("suggested"):
            self._do(Act(self.kind.auto, self.now, {"unit": first["suggested"]}, role=PLATFORM), PLATFORM)
        self._at_once()

    def choices(self, who: str) -> list[Choice]:
        """Every action as somebody finds it now, with the reason against it if there is one."""
        return rules.choices(self.kind, self.state, self._act("", who, {}), self.world)

    @property
    def everybody(self) -> list[str]:
        """Whoever may act: the holders of posts, who reported it, the outside parties."""
        return [*self.people, REPORTER, *self.kind.parties]

    def able(self, who: str) -> list[str]:
        """The actions of this stage that somebody may do now."""
        act = self._act("", who, {})
        names = [
            name for name in self.kind.by_stage[self.state["stage"]] if self.kind.actions[name].actors != [PLATFORM]
        ]
        return [name for name in names if refusal(self.kind, self.state, name, act, self.world) is None]

    def act(self, who: str, action: str, data: Mapping[str, Any]) -> None:
        """Do something. Raises Refusal, Incomplete; then all is as before."""
        before = (len(self.steps), self.now)
        self._do(self._act(action, who, data), who)
        self.before.append(before)
        self._at_once()

    def wait_until(self, at: datetime) -> list[str]:
        """Let time go by: what the platform does by itself meanwhile is done, and named."""
        done = []
        self.before.append((len(self.steps), self.now))
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
        self.before.append((len(self.steps), self.now))
        self.steps.append(Walked(self.now, name, PLATFORM, State(self.state)))
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
        """Take back what was done last, with all that it set off, or the time that went by; but not the opening."""
        if len(self.before) > 1:
            steps, self.now = self.before.pop()
            del self.steps[steps:]

    @property
    def over(self) -> bool:
        return self.kind.stages[self.state["stage"]].final

    def _act(self, action: str, who: str, data: Mapping[str, Any]) -> Act:
        seed = self._seed().hex()
        if who == REPORTER or who in self.kind.parties:
            return Act(action, self.now, data, role=who, seed=seed)
        person = self.people[who]
        return Act(action, self.now, data, person.person, person.posts, seed=seed)

    def _seed(self) -> bytes:
        """What stands for the ledger's last hash: the same whenever the same walk is walked again."""
        return hashlib.sha256(f"{self.kind.matter}\n{len(self.steps)}".encode()).digest()

    def _do(self, act: Act, who: str) -> None:
        decision = rules.decide(self.kind, State(self.state), act, self.world)
        self.steps.append(Walked(act.at, act.action, who, self.state | decision.delta, decision.opens, decision.data))
        self._count({one.name: [one.name for one in decision.opens].count(one.name) for one in decision.opens}, 0)

    def _by_itself(self, action: str) -> bool:
        draft = Draft(self.kind, self.world, State(self.state), head=self._seed())
        if not unattended.carry_out(draft, action, self.now):
            return False
        data = draft.entries[-1][0].data
        self.steps.append(Walked(self.now, action, PLATFORM, draft.state, tuple(draft.wanted), data))
        self._count({one.name: [each.name for each in draft.wanted].count(one.name) for one in draft.wanted}, 0)
        return True

    def _at_once(self) -> None:
        for _ in range(automatic.MOST_AT_ONCE):
            action = automatic.at_once(self.kind, self.state, self.now)
            if action is None or not self._by_itself(action):
                return
