"""Who exists to act, as the proof of a kind asks: of a role, and of a roster on which people of several roles stand."""

from __future__ import annotations

from tests.support.roles import ROLES
from yiwang.matters.crew import Crew

POSTS = {"dispatcher": {"centre": frozenset({0, 1})}, "grid_worker": {"north": frozenset({2})}}


def test_a_roster_sees_what_everybody_on_it_sees() -> None:
    crew = Crew(POSTS, ROLES, rosters={"day": frozenset({0, 1}), "night": frozenset({1, 2})})
    assert crew.sees("day", "incident")
    assert not crew.sees("night", "incident"), "a grid worker stands on it, whose role does not see it"
    assert crew.sees("night", "hazard")
    assert not crew.sees("nobody_there", "hazard")
