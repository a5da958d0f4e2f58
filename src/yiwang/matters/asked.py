"""Fields as a page asks for them: named, in order, with what can be chosen and what was wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from yiwang.why import Words, say

from .fields.spec import FieldSpec
from .forms import title_of
from .world import World

LONG = 200  # signs from which a text is asked for in several lines
Options = list[tuple[Any, list[tuple[str, Any]]]]  # (name of the group or "", [(value, what people call it)])


def fields(
    specs: Mapping[str, FieldSpec],
    needed: Collection[str],
    values: Mapping[str, Any],
    wrong: Mapping[str, Words],
    world: World,
) -> Iterator[dict[str, Any]]:
    """What `look/field.html` shows of each."""
    for name, spec in specs.items():
        yield {
            "name": name,
            "id": name,
            "type": spec.type,
            "title": title_of(name, spec),
            "needed": name in needed,
            "long": spec.type == "text" and spec.at_most > LONG,
            "at_most": spec.at_most,
            "value": values.get(name, ""),
            "wrong": wrong.get(name),
            "options": options(spec, world),
        }


def options(spec: FieldSpec, world: World) -> Options | None:
    """What can be chosen, in groups; None where it is written."""
    if spec.type == "enum":
        return [("", [(code, title.mapping()) for code, title in spec.values.items()])]
    if spec.type == "bool":
        return [("", [("true", say("why.yes")), ("false", say("why.no"))])]
    if spec.type == "unit":
        units = world.district.units.values()
        return [("", [(unit.code, unit.name) for unit in units if not spec.of or unit.kind in spec.of])]
    if spec.type == "category":
        every = world.categories.values()
        tops = [one for one in every if not one.parent]
        return [(top.name, [(one.code, one.name) for one in every if one.top == top.code]) for top in tops]
    return None
