"""One number with the words around it, and what they say of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .clause import Clause
from .grammar import phrase
from .naming import Topic
from .quantities import Quantity


@dataclass(slots=True)
class Said:
    """The name, the measure and the value as understood, before the dictionary is asked.

    `core` is the noun without its verb, for what leans on it; `verb` what a list carries on ("新增A、B").
    """

    name: str
    measure: str
    rule: str
    value: Decimal | None
    core: str = ""
    verb: str = ""


@dataclass(slots=True)
class Around:
    """One number with its words: `left` and `right` as they stand, `head` the left without words of time.

    `leans` that it follows a 、 or 和, so that it may share the verb before it.
    """

    text: str
    clause: Clause
    number: Quantity
    left: str
    head: str
    right: str
    leans: bool
    topic: Topic


def plain(topic: Topic) -> str:
    """The last name without 数, 户数 and the like."""
    return unnumbered(topic.noun)


def unnumbered(name: str) -> str:
    return phrase("counted_tail").sub("", name)


def without_inner_verb(name: str) -> str:
    """重点产业完成综合税收 -> 重点产业综合税收."""
    return phrase("inner_verb").sub("", name)
