"""Whoever may be put in charge has the people whom the kind waits for; a unit of others may be left out by its kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.matters.small_kind import crew, small
from tests.support.values import values_of
from yiwang.matters import forms, proof_staffed, rules
from yiwang.matters.act import Act
from yiwang.matters.crew import Crew
from yiwang.matters.definition import kind_from
from yiwang.org.roles import RoleFacts
from yiwang.why import Incomplete

PEOPLE = replace(
    crew(dispatcher=["centre", "centre"], clerk=["water", "lane"], head=["water"]),
    unit_kinds={"centre": "centre", "water": "bureau", "lane": "neighbourhood", "empty": "company"},
)


def wrong(change: str) -> list[tuple[str, str]]:
    return [(where, words.speak("en")) for where, words in proof_staffed.complaints(kind_from(small(change)), PEOPLE)]


def test_a_unit_without_a_head_cannot_be_put_in_charge_of_what_a_head_signs() -> None:
    ((where, words),) = wrong("{actions.mend.by: head, actions.finish.by: dispatcher}")
    assert where == "stages.sent"
    assert "With centre, lane in charge" in words
    assert "no Head works there" in words
    assert wrong("{}") == []


def test_a_kind_that_says_who_can_be_in_charge_is_proven() -> None:
    assert wrong("{actions.mend.by: head, in_charge: [bureau]}") == []
    assert wrong("{actions.mend.by: head, in_charge: [company]}") == [], "where nobody works at all the desk says so"
    assert wrong("{actions.mend.by: head, in_charge: [neighbourhood]}") != []


def test_who_may_also_do_it_is_enough() -> None:
    assert wrong("{actions.mend.by: [head, unit]}") == []
    assert wrong("{actions.mend.by: [head, dispatcher]}") == []


def test_a_matter_cannot_be_given_to_a_unit_of_another_kind() -> None:
    known: Any = values_of()
    kind = kind_from(small("{in_charge: [bureau]}"))
    at = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
    assert forms.specs_of(kind, kind.actions["send"])["unit"].of == ["bureau"]
    said = {"title": "试验", "text": "试验", "grade": "small"}
    state = rules.begin(kind, said, at, known.world, place=known.world.district.place(121.91, 31.01))
    assert state.get("suggested") is None, "a street is not suggested where only a bureau can be in charge"
    who = known.as_("dispatcher-1")
    for unit, taken in (("bei", False), ("water", True)):
        act = Act("send", at, {"unit": unit}, who.person, who.posts)
        if taken:
            assert rules.decide(kind, state, act, known.world).delta["lead"] == "water"
            continue
        with pytest.raises(Incomplete):
            rules.decide(kind, state, act, known.world)


def test_a_roster_sees_a_kind_when_all_who_stand_on_it_do() -> None:
    """A roster is no role: what its people see is what their roles see."""
    roles = {"guard": RoleFacts(kinds=("flood",)), "porter": RoleFacts(kinds=("lost",)), "chief": RoleFacts()}
    posts = {
        "guard": {"gate": frozenset({1, 2})},
        "porter": {"gate": frozenset({2, 3})},
        "chief": {"hall": frozenset({4})},
    }
    on_duty = Crew(
        posts, roles, rosters={"night": frozenset({1, 2, 4}), "door": frozenset({2, 4}), "gate": frozenset({2, 3})}
    )
    assert [on_duty.sees(name, "flood") for name in ("night", "door", "gate", "guard", "porter")] == [
        True, True, False, True, False,
    ]  # fmt: skip
    assert [on_duty.sees(name, "lost") for name in ("night", "door", "gate")] == [False, True, True]
    assert not on_duty.sees("nobody", "flood")
