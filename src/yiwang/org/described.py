"""What each field of a definition means, for an editor: read off the docstring of its class, where it is written once.

A line of such a docstring begins with the name of a field, or of several, two blanks, and what it means; lines that
stand deeper go on. Two fields on one line are parted by a semicolon and two blanks.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

import msgspec

EVERYWHERE = {  # means the same wherever it stands, unless a class says otherwise
    "title": "what people call it, in each language of the pack",
    "version": "the day from which it holds; what runs keeps the version with which it began",
    "reference": "the law, standard or notice that it rests on",
}
_FIELD = re.compile(r"([a-z_]+(?:, [a-z_]+)*) {2,}(\S.*)")


def descriptions(type_: type) -> dict[str, str]:
    """field -> what it means.

    >>> class Lamp:
    ...     '''A lamp.
    ...
    ...     colour   which
    ...              it is;  on  whether it burns
    ...     '''
    >>> descriptions(Lamp)
    {'colour': 'which it is', 'on': 'whether it burns'}
    """
    by_field: dict[str, str] = {}
    names: list[str] = []
    for line in inspect.cleandoc(type_.__doc__ or "").splitlines()[1:]:
        for number, part in enumerate(re.split(r";  (?=[a-z_]+  )", line)):
            said = _FIELD.fullmatch(part) if number or not part.startswith(" ") else None
            if said:
                names = [name for name in said[1].split(", ")]
                by_field |= {name: said[2].strip() for name in names}
            elif names and part.startswith(" "):
                by_field |= {name: f"{by_field[name]} {part.strip()}" for name in names}
            else:
                names = []
    return by_field


def describe(schema: dict[str, Any], type_: type) -> None:
    """Put into a JSON Schema what the fields of its definitions mean."""
    for info in _structs(msgspec.inspect.type_info(type_), {}).values():
        said, definition = descriptions(info), schema.get("$defs", {}).get(info.__name__, {})
        for name, property_ in definition.get("properties", {}).items():
            text = said.get(name) or EVERYWHERE.get(name)
            if text:
                definition["properties"][name] = {"description": text, **property_}


def _structs(info: Any, structs: dict[str, type]) -> dict[str, type]:
    """Every class of definitions within a type."""
    if isinstance(info, msgspec.inspect.StructType):
        if info.cls.__name__ in structs:
            return structs
        structs[info.cls.__name__] = info.cls
        for field in info.fields:
            _structs(field.type, structs)
    elif isinstance(info, msgspec.inspect.UnionType):
        for one in info.types:
            _structs(one, structs)
    else:
        for part in ("item_type", "key_type", "value_type"):
            if (inner := getattr(info, part, None)) is not None:
                _structs(inner, structs)
    return structs
