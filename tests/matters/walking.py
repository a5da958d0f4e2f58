"""Random lives of matters: what its people may do at each step, one thing after another, by the rules alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.values import Values
from yiwang.matters import forms, rules
from yiwang.matters.clock_state import State
from yiwang.matters.kinds import current_kinds, world
from yiwang.matters.opening import Opening
from yiwang.org.session import acting_as
from yiwang.why import Incomplete, Refusal

START = datetime(2026, 10, 12, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
POSTS = ("dispatcher-1 dispatcher-2 water-1 water-2 green-1 bei-1 nan-1 supervisor supervisor-2 bei-grid").split()
UNITS = ("water", "green", "bei", "nan")
CATEGORIES = ("drain.blocked", "drain.cover", "litter.pile", "ask", "drain", "")


class Walker:
    """Walks a kind of a district: `walk` gives an opening's acts and the state after each."""

    def __init__(self, world: Any, kinds: dict[str, Any], people: list[Any]) -> None:
        self.world, self.kinds, self.people = world, kinds, people

    @classmethod
    def through(cls, district: Values) -> Any:
        """Of a district that is values alone."""
        return cls(district.world, dict(district.kinds), [district.as_(post) for post in POSTS])

    @classmethod
    def of_the_database(cls, district: Any) -> Any:
        """Of a district that was loaded: what it walks can be written down."""

        with acting_as(district.system) as asker:
            known, kinds = world(asker), {kind.matter: kind for kind in current_kinds(asker)}
        return cls(known, kinds, [district.as_(post) for post in POSTS])

    def data(self, rng: Random) -> dict[str, Any]:
        """What a matter of any kind is opened with."""
        data = {"title": "试验", "text": "试验", "category": rng.choice(CATEGORIES)}
        if rng.random() < 0.5:
            data |= {"size": rng.choice(("drip", "flood")), "colour": rng.choice(("red", "blue"))}
        if rng.random() < 0.3:
            data["street"] = "nan"
        return data | ({"unit": rng.choice(UNITS)} if rng.random() < 0.2 else {})

    def opening(self, code: str, rng: Random) -> Any:
        place = (121.9 + 0.04 * rng.random(), 31.0 + 0.04 * rng.random()) if rng.random() < 0.6 else None
        return Opening(self.data(rng), START + timedelta(minutes=rng.randrange(5000)), place)

    def walk(self, code: str, opening: Any, rng: Random, steps: int) -> Any:
        """Yields (act, state before, state after); the first act is None."""

        kind = self.kinds[code]
        state = opening.decide(kind, self.world) | {"number": "X"}
        at = opening.at
        yield None, State(), State(state)
        for _ in range(steps):
            at += timedelta(minutes=rng.choice((1, 30, 200, 1500, 4000)) * rng.random())
            step = self._possible(kind, state, at, rng)
            if step is None:
                continue
            name, who = step
            data = self.answers(kind, kind.actions[name], rng)
            act = rules.Act(name, at, data, who.person, who.posts, who.role)
            before = State(state)
            try:
                decision = rules.decide(kind, State(state), act, self.world)
            except (Refusal, Incomplete):  # what would change nothing, or too much
                continue
            state |= decision.delta
            yield act, before, State(state)

    def _possible(self, kind: Any, state: dict[str, Any], at: datetime, rng: Random) -> Any:
        """(action, act of who may do it) of the first that is allowed, looking in random order."""

        actions = list(kind.by_stage[state["stage"]])
        rng.shuffle(actions)
        people = [rules.Act("", at, {}, who.person, who.posts) for who in self.people]
        people += [rules.Act("", at, role=role) for role in ("reporter", "system")]
        rng.shuffle(people)
        for name in actions:
            for who in people:
                if rules.refusal(kind, state, name, who, self.world) is None:
                    return name, who
        return None

    def answers(self, kind: Any, action: Any, rng: Random) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, spec in forms.specs_of(kind, action).items():
            if spec.type == "files" or (name not in action.needs and rng.random() < 0.4):
                continue
            found[name] = {
                "text": "字",
                "number": rng.choice((1, 2, 3, 5, 30)),
                "bool": rng.random() < 0.5,
                "unit": rng.choice(UNITS),
                "category": rng.choice(CATEGORIES[:-1]),
                "enum": rng.choice(sorted(spec.values) or [""]),
            }[spec.type]
        return found
