"""What a number is about: a name made of the words around it, then the dictionary's name for it (R0.10)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from .grammar import any_of, load
from .quantities import Quantity


@cache
def _data() -> dict[str, Any]:
    return load("naming")


@cache
def _pattern(name: str, shape: str) -> re.Pattern[str]:
    return re.compile(shape.format(any_of(_data()[name])))


@cache
def suffixes() -> dict[str, str]:
    return {unit: name for name, units in load("units")["suffix"].items() for unit in units.split()}


_WHEN = re.compile(
    r"(?:到|至|截至|力争到|确保)?(?:20\d\d年?(?:年?底|末|初|前|年内|以来|度)?|“十[一二三四五]五”(?:期间|时期|末|以来)?|\d{1,2}月(?:底|末|份)?|上半年|下半年|[一二三四]季度末?|今年|全年|年底|年末|年内)(?:前|,|以来|共|期间)?"
)
_EMPTY_HEAD = re.compile(r"[、,:和及与()·\-—]+")
_EMPTY_TAIL = re.compile(r"[、,:和及与(·\-—]+$")


@dataclass(slots=True)
class Topic:
    """What the sentence has been about so far: the verb and the noun of the last statement, for what leans on it."""

    verb: str = ""
    noun: str = ""
    deed: str = ""
    name: str = ""


@dataclass(slots=True)
class Name:
    text: str
    topic: Topic
    rule: str
    known: bool = False


def without_head(text: str) -> str:
    """The text without words of time and manner at its head."""
    adverb = _pattern("adverbs", "{}")
    while True:
        for pattern in (_EMPTY_HEAD, _WHEN, adverb):
            found = pattern.match(text)
            if found and found.end() and (found.end() < len(text) or pattern is not adverb):
                text = text[found.end() :]
                break
        else:
            return text


def without_tail(text: str) -> str:
    """The text without 达到, 为, 超过 and the like at its end."""
    tail = _pattern("noun_tail", "{}$")
    while True:
        shorter = _EMPTY_TAIL.sub("", text)
        found = tail.search(shorter, max(0, len(shorter) - 5))
        if found and found.start() == 0:
            return ""
        shorter = shorter[: found.start()] if found else shorter
        if shorter == text:
            return text
        text = shorter


def take_verb(text: str) -> tuple[str, str]:
    """(verb that stays part of the name, the rest); a verb that only says "done" is taken away."""
    for name, keep in (("keep_verbs", True), ("drop_verbs", False)):
        found = _pattern(name, "(?:{0})(?:和|并|、)?").match(text)
        if found:
            verb, rest = found[0].rstrip("和并、"), text[found.end() :]
            more, rest2 = take_verb(rest) if rest else ("", rest)
            if more and rest2:
                return (verb if keep else "") + more, rest2
            return (verb if keep else ""), rest
    return "", text


def suffix(q: Quantity, noun: str) -> str:
    """The ending that tells what is counted: 数, 面积, 户数 …"""
    unit = re.sub(r"^(?:万亿|千万|百万|[万亿千百十])(?=.)", "", q.unit)
    ending = suffixes().get(unit)
    if ending is None:
        if q.unit_class == "thing":
            ending = "数"
        else:
            return ""
    if ending == "人数" and re.search(r"(?:人才|人员|人|员|者|师|手|生|士|民|工|童|家|院士)$", noun):
        ending = "数" if not noun.endswith("人") else "数"
    if noun.endswith(ending) or (ending == "场次" and noun.endswith("次")):
        return ""
    if ending == "面积" and noun.endswith("面积"):
        return ""
    if noun.endswith(("数", "数量", "总数", "人次", "面积", "长度", "总量", "规模", "金额", "总额")):
        return ""
    return ending
