"""How a district calls what came of a matter, and which class of the national rules each of its words is (R6.5). Pure.

A district's own words ("taken up", "planned") are what people read; the national classes (A to D of a letter, say) are
what it reports upwards. `results.yaml` of the pack says both and maps one onto the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from yiwang.org.titles import Title
from yiwang.why import Words, say

from .fields.spec import NAME


class Result(Struct, forbid_unknown_fields=True, frozen=True):
    """A word of the district for what came of a matter.

    national  the class of the national rules that it is
    """

    title: Title
    national: str


class Results(Struct, forbid_unknown_fields=True, frozen=True):
    """results.yaml: the national classes, and the district's own words for them.

    national  class -> what it is called there
    results   the district's words, each of one national class
    """

    version: date
    reference: str
    national: dict[str, Title]
    results: dict[str, Result]


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A result as the rules and the pages know it: its title, its national class and the title of that."""

    code: str
    title: Mapping[str, str]
    national: str
    national_title: Mapping[str, str]


def complaints(said: Results) -> Iterator[tuple[str, Words]]:
    """(path in the file, what is wrong): each word is of a class that is there, and each class has a word."""
    for part in ("national", "results"):
        for name in getattr(said, part):
            if not NAME.fullmatch(name):
                yield f"{part}.{name}", say("matters.bad_name", name=name[:60])
    for name, result in said.results.items():
        if result.national not in said.national:
            known = list(said.national)
            yield f"results.{name}.national", say("matters.result_class", name=result.national, known=known)
    for name in sorted(said.national.keys() - {one.national for one in said.results.values()}):
        yield f"national.{name}", say("matters.class_without_result", name=name)


def facts_of(said: Results) -> dict[str, ResultFacts]:
    """The district's words by their codes."""
    return {
        name: ResultFacts(name, one.title.mapping(), one.national, said.national[one.national].mapping())
        for name, one in said.results.items()
    }
