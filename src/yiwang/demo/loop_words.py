"""What a demo's loops.yaml says of kinds without a course of their own: how many begin, and in which words. Pure.

A kind, a field or an action that the pack has not is told with the file's line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from yiwang.matters.definition import Kind
from yiwang.why import Words, say

from .naming import one_of


class Said(Struct, forbid_unknown_fields=True, frozen=True):
    """What the pack says of one kind.

    a_year  how many begin in a year of 50,000 matters
    titles  what they are called; {where} is the address
    fields  field -> what it is filled with
    acts    action -> how often it is done beside the others, where that is not read off the kind
    """

    a_year: int = 10
    titles: list[str] = field(default_factory=list)
    fields: dict[str, list[Any]] = field(default_factory=dict)
    acts: dict[str, float] = field(default_factory=dict)


class LoopsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """loops.yaml

    otherwise  what fields are filled with for which a kind has no words of its own
    """

    otherwise: list[str]
    kinds: dict[str, Said] = field(default_factory=dict)


def wrong_in_loops(said: LoopsFile, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Words]]:
    """(path in the file, what it names that no kind has)."""
    if not said.otherwise:
        yield "otherwise", say("demo.no_words")
    for name, words in said.kinds.items():
        if name not in kinds:
            yield from one_of(name, f"kinds.{name}", {*kinds}, "matters/")
            continue
        kind = kinds[name]
        file = f"matters/{name}.yaml"
        for part, named, known in (("fields", words.fields, kind.fields), ("acts", words.acts, kind.actions)):
            for loop in named:
                yield from one_of(loop, f"kinds.{name}.{part}.{loop}", {*known}, file)
        for loop, values in words.fields.items():
            if not values:
                yield f"kinds.{name}.fields.{loop}", say("demo.no_words")
