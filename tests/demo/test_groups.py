"""Kinds that processes live beside each other: what opens another's matters stays with it, and no kind is left."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from yiwang.demo.groups import grouped

NAMES = "abcdefghij"


@dataclass(frozen=True)
class Leads:
    kind: str


@dataclass(frozen=True)
class OfAKind:
    matter: str
    children: dict[str, Leads] = field(default_factory=dict)
    causes: dict[str, Leads] = field(default_factory=dict)


@st.composite
def kinds(draw: st.DrawFn) -> list[OfAKind]:
    leads = st.dictionaries(st.sampled_from("xy"), st.sampled_from(NAMES).map(Leads), max_size=2)
    drawn = [OfAKind(name, draw(leads), draw(leads)) for name in NAMES]
    return draw(st.permutations(drawn))


@given(kinds(), st.integers(1, 12), st.dictionaries(st.sampled_from(NAMES), st.integers(0, 9)))
def test_what_opens_another_is_with_it_and_each_stands_in_one_group(
    every: list[OfAKind], many: int, weights: dict[str, int]
) -> None:
    groups = grouped(every, lambda kind: weights.get(kind, 1), many)
    assert len(groups) <= many
    assert sorted(kind for group in groups for kind in group) == sorted(NAMES)
    of = {kind: group for group in groups for kind in group}
    for kind in every:
        for leads in [*kind.children.values(), *kind.causes.values()]:
            assert of[kind.matter] == of[leads.kind]


def test_the_heavy_are_parted() -> None:
    groups = grouped([OfAKind("a"), OfAKind("b"), OfAKind("c")], {"a": 5, "b": 3, "c": 2}.__getitem__, 2)
    assert groups == [frozenset("a"), frozenset("bc")]
