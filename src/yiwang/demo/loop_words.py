"""What a demo's loops.yaml says of kinds without a course of their own: how many begin, and in which words. Pure.

A kind, a field or an action that the pack has not is told with the file's line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from random import Random
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from yiwang.goals.definition import Share
from yiwang.matters.definition import Kind
from yiwang.why import Words, say

from .naming import one_of


class Said(Struct, forbid_unknown_fields=True, frozen=True):
    """What the pack says of one kind.

    a_year  how many begin in a year of 50,000 matters
    at_least  how many begin in the smallest year, so that a visitor finds what is seldom
    titles  what they are called; {where} is the address
    about   title -> the category that it is of, where the kind asks for one
    fields  field -> what it is filled with
    acts    action -> how often it is done beside the others, where that is not read off the kind
    slow    action -> in which share of the matters nobody does it before a clock has run out
    rounds  days before the end of a year of 50,000 matters whose rounds are gone, where the kind recurs
    """

    a_year: int = 10
    at_least: Annotated[int, Meta(ge=1, le=50)] = 2
    titles: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    fields: dict[str, list[Any]] = field(default_factory=dict)
    acts: dict[str, float] = field(default_factory=dict)
    slow: dict[str, Share] = field(default_factory=dict)
    rounds: Annotated[int, Meta(ge=0, le=62)] = 0

    def slow_in(self, number: str) -> list[str]:
        """What is done late in the matter of a number: who is slow there is slow in all of it."""
        drawn = Random(f"slow:{number}").random()
        return [action for action, share in self.slow.items() if drawn < share]


class LoopsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """loops.yaml

    otherwise  what fields are filled with for which a kind has no words of its own
    """

    otherwise: list[str]
    kinds: dict[str, Said] = field(default_factory=dict)


def wrong_in_loops(
    said: LoopsFile, kinds: Mapping[str, Kind], categories: Collection[str]
) -> Iterator[tuple[str, Words]]:
    """(path in the file, what it names that no kind has)."""
    if not said.otherwise:
        yield "otherwise", say("demo.no_words")
    for name, words in said.kinds.items():
        if name not in kinds:
            yield from one_of(name, f"kinds.{name}", {*kinds}, "matters/")
            continue
        kind = kinds[name]
        file = f"matters/{name}.yaml"
        for part, named, known in (
            ("fields", words.fields, kind.fields),
            ("acts", words.acts, kind.actions),
            ("slow", words.slow, kind.actions),
        ):
            for loop in named:
                yield from one_of(loop, f"kinds.{name}.{part}.{loop}", {*known}, file)
        for loop, values in words.fields.items():
            if not values:
                yield f"kinds.{name}.fields.{loop}", say("demo.no_words")
        for title, category in words.about.items():
            yield from one_of(title, f"kinds.{name}.about.{title}", {*words.titles}, "titles")
            yield from one_of(category, f"kinds.{name}.about.{title}", {*categories}, "categories.csv")
        if words.rounds and kind.round is None:
            yield f"kinds.{name}.rounds", say("demo.no_rounds")
