"""Why a part of a file does not fit its definition, in a clerk's words, with what could stand there. Pure."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import Any

from msgspec import inspect

from yiwang.why import Words, say

Step = str | int
UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_TYPE = re.compile(r"Expected `(.*)`, got `(.*)`")
_CHOICE = re.compile(r"Invalid enum value (.*)")
_DAY = "Invalid RFC3339 encoded date"
_TYPES = frozenset({"str", "int", "float", "bool", "object", "array", "date", "null"})


def misfit(what: str, path: str, type_: Any, steps: list[Step], value: Any = None) -> Words:
    """The misfit that msgspec tells as `what` at a path of a file read as `type_`; `value` stands there."""
    where = path or say("org.whole_file")
    if match := UNKNOWN.fullmatch(what):
        near = _near(match[1], [name for one in _reached(type_, steps) for name in _parts(one)])
        if near:
            return say("org.unknown_part_near", where=where, name=match[1], near=near)
        return say("org.unknown_part", where=where, name=match[1])
    if match := _MISSING.fullmatch(what):
        return say("org.part_missing", where=where, name=match[1])
    if match := _TYPE.fullmatch(what):
        wanted = [_type(one) for one in match[1].split(" | ")]
        got = say("org.type_text") if match[2] == "str" else _type(match[2])
        return say("org.wrong_type", where=where, wanted=wanted, got=got)
    if match := _CHOICE.fullmatch(what):
        known = sorted({str(name) for one in _reached(type_, steps) for name in _choices(one)})
        near = _near(match[1].strip("'"), known)
        key = "org.wrong_choice_near" if near else "org.wrong_choice" if known else "org.wrong_choice_unlisted"
        return say(key, where=where, name=match[1], near=near, known=known)
    if what == _DAY:
        return say("org.no_date", text=str(value)[:40])
    return say("org.does_not_fit", what=what, where=where)


def _type(name: str) -> Words | str:
    return say(f"org.type_{name}") if name in _TYPES else name


def _near(name: str, known: list[str]) -> str:
    return next(iter(get_close_matches(name, known, 1)), "")


@cache
def _info(type_: Any) -> Any:
    return inspect.type_info(type_)


def _reached(type_: Any, steps: list[Step]) -> list[Any]:
    """The types that a part at `steps` of something of this type can be of, unions taken apart."""
    there = _alternatives(_info(type_))
    for step in steps:
        there = [deeper for one in there for under in _under(one, step) for deeper in _alternatives(under)]
    return there


def _alternatives(info: Any) -> list[Any]:
    return list(info.types) if isinstance(info, inspect.UnionType) else [info]


def _under(info: Any, step: Step) -> list[Any]:
    if isinstance(info, inspect.DictType):
        return [info.value_type]
    if isinstance(info, inspect.StructType | inspect.DataclassType):
        return [one.type for one in info.fields if one.encode_name == step]
    if isinstance(info, inspect.TupleType):
        return [info.item_types[step]] if isinstance(step, int) and step < len(info.item_types) else []
    item = getattr(info, "item_type", None)  # of a list, a set, a tuple of any length
    return [item] if item is not None else []


def _parts(info: Any) -> list[str]:
    return [one.encode_name for one in info.fields] if hasattr(info, "fields") else []


def _choices(info: Any) -> list[Any]:
    if isinstance(info, inspect.LiteralType):
        return list(info.values)
    return [one.value for one in info.cls] if isinstance(info, inspect.EnumType) else []
