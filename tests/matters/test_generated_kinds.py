"""Whatever kind is proven, every random walk through it comes to an end: somebody can always do the next act.

Kinds are drawn at random, most of them refused; those that are accepted are lived, by the rules that matters are lived
by. YIWANG_KINDS says how many are drawn.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.matters.small_kind import small
from tests.matters.walking import POSTS, UNITS, Walker
from tests.support.roles import ROLES
from tests.support.values import values_of
from yiwang.matters import proof
from yiwang.matters.crew import Crew
from yiwang.matters.definition import kind_from

DRAWN = int(os.environ.get("YIWANG_KINDS", "150"))
STEPS = 3000
OWNERS = ("dispatcher", "unit", "supervisor")
GUARDS = (
    None, None, None, "form.grade = 'small'", "form.grade <> 'small'", "form.days > 3", "form.days <= 3", "form.safe",
    "not form.safe", "unit is null", "unit is not null", "count.a0 < 2", "count.a1 > 0", "count.a0 >= count.a1",
    "now > created_at + interval '2 days'", "category.class = 'complaint'", "form.mood in ('red', 'blue')",
    "coalesce(form.mood, 'red') = 'red'", "at.a1 is null", "in.s1 is not null", "form.days * 2 < 7",
)  # fmt: skip


def title(name: str) -> dict[str, str]:
    return {"zh": f"名{name}", "en": name}


def drawn(rng: Random) -> dict[str, Any]:
    """A kind by chance."""
    kind = small()
    names = [f"s{n}" for n in range(rng.randint(2, 5))]
    kind["asks"]["mood"] = {
        "type": "enum", "title": title("mood"), "values": {one: title(one) for one in ("red", "blue", "grey")},
    }  # fmt: skip
    kind["form"]["grade"]["required"] = rng.random() < 0.6
    owners = {name: rng.choice(OWNERS) for name in names}
    owners[names[0]] = rng.choice(("dispatcher", "dispatcher", "supervisor", "unit"))
    kind["stages"] = {name: {"title": title(name), "owner": owner} for name, owner in owners.items()}
    kind["stages"]["end"] = {"title": title("end"), "final": True}
    kind["actions"] = {}
    for n in range(rng.randint(len(names), 2 * len(names) + 1)):
        kind["actions"][f"a{n}"] = _action(rng, n, names, owners)
    every = [name for name in names if rng.random() < 0.95] or names
    kind["clocks"] = {
        "all": {"title": title("all"), "starts": every, "restarts": every, "stops": "end", "limit": "3 workdays"}
    }
    return kind


def _action(rng: Random, n: int, names: list[str], owners: dict[str, str]) -> dict[str, Any]:
    start = names[n] if n < len(names) else rng.choice(names)
    found: dict[str, Any] = {"title": title(f"a{n}"), "from": start, "by": owners[start]}
    if rng.random() < 0.25:
        found["by"] = [owners[start], rng.choice((*OWNERS, "reporter", "grid_worker", "handler"))]
    if n < len(names):
        found["to"] = [*names, "end"][n + 1]
    elif rng.random() < 0.85:
        found["to"] = rng.choice([*names, "end"])
    pool = ("days", "safe", "mood", "grade", "unit", "category", "done")
    found["needs"] = sorted({one for one in pool if rng.random() < 0.25} | ({"unit"} if start == names[0] else set()))
    found["may"] = sorted({one for one in pool if rng.random() < 0.1} - set(found["needs"]))
    chain = n < len(names) and rng.random() < 0.7
    guard = rng.choice(GUARDS)
    if guard and not chain:
        found[rng.choice(("when", "when", "unless"))] = guard
    if rng.random() < 0.25 and not chain:
        found["at_most"] = rng.randint(1, 3)
    if rng.random() < 0.12 and not chain:
        found["within"] = "4 hours"
    if rng.random() < 0.2:
        found["handles"] = True
    if found.get("to") == "end" or rng.random() < 0.1:
        found["verifies"] = True
    return found


class Living(Walker):
    """A walker who fills the form of the drawn kinds."""

    def data(self, rng: Random) -> dict[str, Any]:
        return super().data(rng) | {"grade": rng.choice(("small", "great"))}


@pytest.fixture(scope="module")
def walker() -> Walker:
    return Living.through(values_of())


def test_every_walk_through_a_proven_kind_ends(walker: Walker) -> None:
    units = {"dispatcher": "csc", "supervisor": "dcs"}
    posts = [{"code": one, "role": role_of(one), "unit": units.get(role_of(one), one.split("-")[0])} for one in POSTS]
    crew = Crew.of(posts, [{"username": one, "post": one} for one in POSTS], ["csc"], ROLES)
    classes = [(one.code, one.class_) for one in walker.world.categories.values()]
    proven: list[int] = []

    @settings(max_examples=DRAWN, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**40))
    def ends(seed: int) -> None:
        rng = Random(seed)
        kind = kind_from(drawn(rng))
        if proof.complaints(kind, units=set(walker.world.district.by_code), classes=classes, crew=crew):
            return
        proven.append(seed)
        walker.kinds[kind.matter] = kind
        for _ in range(3):
            last: dict[str, Any] = {}
            for _, _, state in walker.walk(kind.matter, walker.opening(kind.matter, rng), rng, STEPS):
                last = state
                assert state["closed_at"] or state["holder"], "somebody's move"
                if state["closed_at"] or set(UNITS) <= set(state.get("handling_units") or ()):
                    break  # a district has more units than this one's four: there is always one that has not handled it
            else:
                raise AssertionError(f"stuck at {last['stage']}")

    ends()
    assert len(proven) >= DRAWN / 30, "hardly any kind was proven: nothing is shown"


def role_of(post: str) -> str:
    known = {"dispatcher": "dispatcher", "supervisor": "supervisor", "bei-grid": "grid_worker"}
    return next((role for name, role in known.items() if post.startswith(name)), "clerk")
