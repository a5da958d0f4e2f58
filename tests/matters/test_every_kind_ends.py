"""Every kind of both districts, lived by chance: whoever acts whenever, its matters always come to an end.

By the rules alone, as a kind is tried. YIWANG_LIVES says how many lives each kind has.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.matters.answering import Answers, middles
from tests.support.district import DEMO_PACK
from tests.support.vale import VALE
from yiwang.matters import following
from yiwang.matters.against import refusal
from yiwang.matters.clock_state import State
from yiwang.matters.loading import Matters
from yiwang.matters.trial import REPORTER, Trial, world_of
from yiwang.packs import loading
from yiwang.why import Incomplete, Refusal

LIVES = int(os.environ.get("YIWANG_LIVES", "6"))
STEPS = 1500
AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
PACKS = (DEMO_PACK, VALE)
KINDS = [(pack, file.stem) for pack in PACKS for file in sorted((pack / "matters").glob("*.yaml"))]


@pytest.fixture(scope="module")
def packs(database: str) -> dict[Path, Any]:
    found = {}
    for folder in PACKS:
        pack = loading.read(folder)
        said = pack.part(Matters)
        kinds = {one.matter: one for one in said.kinds}
        found[folder] = (kinds, *world_of(pack.organisation, said.categories, said.duties, said.lists.of, said.results))
    return found


@pytest.mark.parametrize(("folder", "code"), KINDS, ids=lambda one: getattr(one, "name", one))
def test_every_life_ends(packs: dict[Path, Any], folder: Path, code: str) -> None:
    kinds, world, people = packs[folder]
    staffed = {post.unit_code for one in people.values() for post in one.posts if post.does.for_the_unit}
    ends = Counter[str]()
    for seed in range(LIVES):
        rng = Random(f"{code} {seed}")
        trial = Trial(kinds[code], world, people, AT + timedelta(minutes=rng.randrange(10_000)))
        answers = Answers(rng, world, staffed=staffed)
        begun(trial, answers, middles(folder))
        for _ in range(STEPS):
            holds(trial)
            if trial.over:
                break
            step(trial, answers)
        else:
            last = trial.state
            raise AssertionError(f"life {seed} is stuck with {last['holder']}: {[*told(trial)][-12:]}")
        ends[trial.state["stage"]] += 1
    assert sum(ends.values()) == LIVES


def begun(trial: Trial, answers: Answers, spots: list[tuple[float, float]]) -> None:
    """Open it through one of its doors, with what is taken there."""
    doors = [name for name, door in trial.kind.opens.items() if door.fields] or [""]
    for _ in range(200):
        door = answers.rng.choice(doors)
        data = answers.opening(trial.kind, door, trial.now)
        said = {name: value for name, value in data.items() if name not in ("place", "reporter")}
        place = trial.world.district.place(*answers.rng.choice(spots)) if answers.rng.random() < 0.7 else None
        try:
            trial.begin(REPORTER, said, place)
        except Incomplete:
            continue
        return
    raise AssertionError("nobody could open one")


def step(trial: Trial, answers: Answers) -> None:
    """Somebody acts, time goes by, or one of the matters under it ends."""
    rng, state = answers.rng, trial.state
    waiting = [name for name in trial.kind.children if state.get(f"children.{name}.open")]
    if waiting and rng.random() < (0.4 if len(trial.steps) < 60 else 0.8):  # who sends for more at last waits for them
        trial.end_under(rng.choice(waiting))
        return
    able = somebody(trial, rng) if rng.random() < 0.8 else None
    if able is None:
        coming = trial.next_due()
        nearer = trial.now + timedelta(hours=rng.choice((1, 5, 30, 200)) * rng.random())
        trial.wait_until(coming if coming and rng.random() < 0.5 else nearer)
        return
    action, who = able
    before = trial.now
    trial.now += timedelta(minutes=rng.choice((1, 30, 400)) * rng.random())
    try:
        trial.act(who, action, answers.acting(trial.kind, trial.kind.actions[action], trial.state, trial.now))
    except (Refusal, Incomplete):  # an answer that does not fit, or would change nothing
        trial.now = max(before, trial.now)


def somebody(trial: Trial, rng: Random) -> tuple[str, str] | None:
    """(action, who) of somebody who may do something now, if anybody may."""
    actions, people = list(trial.kind.by_stage[trial.state["stage"]]), [*trial.people, REPORTER]
    rng.shuffle(actions)
    rng.shuffle(people)
    for action in actions:
        for who in people:
            act = trial._act(action, who, {})
            if refusal(trial.kind, trial.state, action, act, trial.world) is None:
                return action, who
    return None


def holds(trial: Trial) -> None:
    """What is true of a matter whatever has happened to it (design §10.5, §10.12, §10.15)."""
    state, kind = trial.state, trial.kind
    final = kind.stages[state["stage"]].final
    assert (state["closed_at"] is not None) is final
    runs = [clock.name for clock in state.clocks() if clock.runs]
    assert bool(runs) is not final, (state["stage"], "who waits has a clock; what is closed has none")
    assert final or state.get("holder") or state.get("holder_role") in ("system", REPORTER), (
        state["stage"],
        "somebody's move",
    )
    last = trial.steps[-1]
    action = kind.actions.get(last.action)
    if action and action.verifies and last.who in trial.people:
        before = trial.steps[-2].state
        assert trial.people[last.who].person not in (before.get("handlers") or ()), "who handled it verifies it"
    assert settled(kind, state, trial) == {}, (last.action, "a state is what its facts make it")


def settled(kind: Any, state: State, trial: Trial) -> dict[str, Any]:
    """What would change if everything that hangs on facts were worked out again."""
    delta: dict[str, Any] = {}
    following.follow(kind, state, delta, trial.steps[-1].at, trial.world)
    return {name: value for name, value in delta.items() if state.get(name) != value}


def told(trial: Trial) -> Iterator[str]:
    for one in trial.steps:
        yield f"{one.at:%m-%d %H:%M} {one.who} {one.action} -> {one.state['stage']}"
