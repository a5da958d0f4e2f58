"""Kinds in groups that can be lived beside each other: what opens a matter of another kind stays with it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol


class Opens(Protocol):
    """What is read of a kind (matters.definition.Kind)."""

    @property
    def matter(self) -> str: ...

    @property
    def children(self) -> Mapping[str, Opened]: ...

    @property
    def causes(self) -> Mapping[str, Opened]: ...


class Opened(Protocol):
    """Matters that one leads to, by their kind."""

    @property
    def kind(self) -> str: ...


def grouped(kinds: Iterable[Opens], weight: Callable[[str], float], many: int) -> list[frozenset[str]]:
    """At most `many` groups, none empty: kinds whose matters open one another together, about as heavy as each other.

    weight  how much work a kind is
    """
    together: dict[str, set[str]] = {}
    for kind in kinds:
        with_it = {kind.matter, *(one.kind for one in (*kind.children.values(), *kind.causes.values()))}
        for other in [*with_it]:
            with_it |= together.get(other, set())
        together |= dict.fromkeys(with_it, with_it)
    families = {min(family): (sum(map(weight, family)), family) for family in together.values()}
    groups: list[tuple[float, set[str]]] = [(0.0, set()) for _ in range(many)]
    for of_family, family in sorted(families.values(), key=lambda one: (-one[0], min(one[1]))):
        lightest = min(range(many), key=lambda at: groups[at][0])
        groups[lightest] = groups[lightest][0] + of_family, groups[lightest][1] | family
    return [frozenset(group) for _, group in groups if group]
