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

from tests.matters.drawn_kinds import drawn
from tests.matters.walking import POSTS, UNITS, Walker
from tests.support.roles import ROLES
from tests.support.values import values_of
from yiwang.matters import proof
from yiwang.matters.crew import Crew
from yiwang.matters.definition import kind_from

DRAWN = int(os.environ.get("YIWANG_KINDS", "150"))
STEPS = 3000


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
