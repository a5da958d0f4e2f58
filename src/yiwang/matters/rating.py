"""What a pack's file may say of how content somebody was, and what follows of it (R3.13-R3.15). Pure.

The level that was given and the level that is counted where nobody said anything are two facts, so that a rate of the
one never holds the other. The level is the reporter's alone: it is theirs to give, once, and nobody's to change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from yiwang.expr import Bool, Type, Whole
from yiwang.why import Words, say

LEVEL, BAD, DEFAULT = FACTS = ("rated.level", "rated.bad", "rated.default")


class Default(Struct, forbid_unknown_fields=True, frozen=True):
    """What is counted where nobody rated in time, apart from what was said (R3.15).

    by     the action by which the platform counts it
    level  which of the levels
    """

    by: str
    level: str


class Rating(Struct, forbid_unknown_fields=True, frozen=True):
    """The levels in which whoever reported a matter says how content they are.

    of       the field in which they say it
    levels   its values, from the worst on
    bad      those of them that are bad ratings
    default  what is counted where nobody rated in time
    """

    of: str
    levels: list[str]
    bad: list[str]
    default: Default | None = None


def said(rating: Rating | None, state: Mapping[str, Any]) -> dict[str, Any]:
    """What the reporter's answer makes of the facts: its level, counted from 1, and whether that is a bad one.

    >>> said(Rating("stars", ["one", "two"], ["one"]), {"form.stars": "two"})
    {'rated.level': 2, 'rated.bad': False}
    """
    if rating is None:
        return {}
    value = state.get(f"form.{rating.of}")
    level = rating.levels.index(value) + 1 if value in rating.levels else None
    return {LEVEL: level, BAD: value in rating.bad if level else None}


def counted(rating: Rating | None, state: Mapping[str, Any]) -> dict[str, Any]:
    """What is counted instead, since the matter ended and as long as nobody has said how content they are."""
    default = rating.default if rating else None
    if rating is None or default is None:
        return {}
    ended, done = state.get("closed_at"), state.get(f"at.{default.by}")
    holds = ended is not None and done is not None and done >= ended and state.get(LEVEL) is None
    return {DEFAULT: rating.levels.index(default.level) + 1 if holds else None}


@dataclass(frozen=True, slots=True)
class Rated:
    """How content somebody is, as pages say it: the value of the field, its level and out of how many.

    by_default  counted, because nobody said it in time
    """

    value: str
    level: int
    of: int
    bad: bool
    by_default: bool


def shown(rating: Rating | None, state: Mapping[str, Any]) -> Rated | None:
    """None where nobody has rated and nothing is counted instead."""
    level = state.get(LEVEL) or state.get(DEFAULT)
    if rating is None or level is None:
        return None
    value = rating.levels[level - 1]
    return Rated(value, level, len(rating.levels), value in rating.bad, state.get(LEVEL) is None)


def facts_of_rating(rating: Rating | None) -> Iterator[tuple[str, Type, str, Words]]:
    """(fact, type, how the database casts it, what people call it) of what rules may know of a rating."""
    if rating is not None:
        yield LEVEL, Whole, "bigint", say("matters.fact_rated_level")
        yield BAD, Bool, "boolean", say("matters.fact_rated_bad")
        yield DEFAULT, Whole, "bigint", say("matters.fact_rated_default")
