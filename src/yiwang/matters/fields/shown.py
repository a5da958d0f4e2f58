"""A kept value in the words of the people who read it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from yiwang.why import Words, say

from ..world import World
from . import measured
from .checklists import bad
from .filling import title_of
from .spec import FieldSpec

Shown = Mapping[str, str] | Words | str | int | float | Decimal


def shown(spec: FieldSpec, value: Any, world: World) -> Shown:
    """What a page, a receipt or an export shows of a value; codes by their titles, units by their names."""
    if spec.type == "list":
        return say("matters.rows_said", rows=[_row(spec, row, world) for row in value])
    if spec.type == "checklist":
        return say(
            "matters.checklist_said", n=len(value), bad=len(bad(value)), rows=[_item(row, world) for row in bad(value)]
        )
    if spec.type in ("line", "area"):
        return measured.in_words(spec.type, value)
    if spec.documents:
        handed = [(one.title.mapping(), len(value[code])) for code, one in spec.documents.items() if value.get(code)]
        each = [say("matters.document_said", document=title, n=n) for title, n in handed]
        return say("matters.values_said", values=each)
    if spec.type == "files":
        return say("matters.files_said", n=len(value))
    if isinstance(value, list | tuple):
        return say("matters.values_said", values=[_one(spec, one, world) for one in value])
    return _one(spec, value, world)


def _item(row: Mapping[str, Any], world: World) -> Words:
    """An item that is not in order, and what was written of it."""
    known = world.lists.get(row["list"], {}).get(row["item"])
    return say("matters.value_said", field=known.name if known else row["title"], value=row.get("note", ""))


def _row(spec: FieldSpec, row: Mapping[str, Any], world: World) -> Words:
    """One row: each value behind the name of its field."""
    said = [
        say("matters.value_said", field=title_of(inner, one), value=shown(one, row[inner], world))
        for inner, one in spec.fields.items()
        if row.get(inner) not in (None, "")
    ]
    return say("matters.row_said", values=said)


def _one(spec: FieldSpec, value: Any, world: World) -> Shown:
    if spec.type in ("enum", "choices") and value in spec.values:
        return spec.values[value].mapping()
    if spec.type in ("unit", "units") and value in world.district.by_code:
        return world.district.by_code[value].name
    if spec.list_ and (known := world.lists.get(spec.list_, {}).get(value)):
        return known.name
    if spec.type == "category" and value in world.categories:
        return world.categories[value].name
    if spec.type in ("colleague", "colleagues"):
        return world.people.names([value]).get(value) or say("matters.nobody_known")
    if spec.type == "bool":
        return say("why.yes" if value else "why.no")
    if spec.type == "instant":
        return say("matters.moment_said", at=datetime.fromisoformat(value).astimezone(world.district.zone))
    if spec.type == "money":
        value = Decimal(str(value))
    if spec.measure is not None:
        return say("matters.measured", value=value, measure=spec.measure.mapping())
    return value if isinstance(value, str | int | float | Decimal) else str(value)
