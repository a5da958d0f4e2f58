"""Reads all that a form sends: everything that is missing or wrong is said at once (R3.2). Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from yiwang.typed.forms import noted
from yiwang.typed.text import NotText, clean, is_blank
from yiwang.why import Incomplete, Words, say

from . import checklists, documents, rows
from .reading import Seen
from .spec import FieldSpec
from .types import TYPES

Asks = Callable[[str, Mapping[str, Any]], bool]  # (condition, what was entered so far) -> whether it is asked


def filled(
    specs: Mapping[str, FieldSpec], needed: Collection[str], data: Mapping[str, Any], seen: Seen, asks: Asks
) -> dict[str, Any]:
    """The typed values of what a form asks for. Raises Incomplete.

    What is asked only under a condition is read after the rest, and is refused where the condition does not hold: a
    value that nobody asked for is not dropped in silence.
    """
    values: dict[str, Any] = {}
    wrong: dict[str, Words] = {}
    first = {name: spec for name, spec in specs.items() if not spec.asked_when}
    for name, spec in [*first.items(), *((name, spec) for name, spec in specs.items() if spec.asked_when)]:
        asked = not spec.asked_when or asks(spec.asked_when, values)
        raw = _raw(name, spec, data, wrong)
        if name in wrong:
            continue
        if spec.documents and asked:
            if handed := documents.read(name, spec, raw, seen, wrong, needed=name in needed):
                values[name] = handed
            continue
        if raw is None and spec.type == "checklist" and not checklists.items(spec, seen):
            continue  # the object has none
        if raw is None:
            if name in needed and asked:
                wrong[name] = missing(name, spec)
        elif not asked:
            wrong[name] = say("matters.not_asked", field=title_of(name, spec))
        else:
            _read(name, spec, raw, seen, values, wrong)
    if wrong:
        raise Incomplete(wrong)
    return values


def _raw(name: str, spec: FieldSpec, data: Mapping[str, Any], wrong: dict[str, Words]) -> Any:
    """What was sent for a field; None where nothing was."""
    raw = data.get(name)
    if spec.type in ("list", "checklist") and raw in (None, ""):
        raw = rows.sent(name, data)
    if spec.documents and raw in (None, ""):
        raw = documents.sent(name, spec, data)
    if isinstance(raw, str):
        try:
            raw = clean(raw).strip()
        except NotText:
            wrong[name] = say("matters.not_text")
            return None
    return None if raw == [] or (isinstance(raw, str) and is_blank(raw)) else raw


def _read(name: str, spec: FieldSpec, raw: Any, seen: Seen, values: dict[str, Any], wrong: dict[str, Words]) -> None:
    handling = TYPES[spec.type]
    if isinstance(raw, Mapping | list | tuple) and not handling.several:
        wrong[name] = say("matters.not_one_value")
        return
    if spec.type == "checklist":
        values[name] = checklists.read(name, spec, raw, seen, wrong)
        return
    if spec.type == "list":
        _read_rows(name, spec, raw, seen, values, wrong)
        return
    with noted(wrong, name):
        values[name] = handling.read(raw, spec, seen)


def _read_rows(
    name: str, spec: FieldSpec, raw: Any, seen: Seen, values: dict[str, Any], wrong: dict[str, Words]
) -> None:
    """Each row by itself: what is wrong is said of its own value, `parts.2.area`."""
    if not isinstance(raw, list | tuple) or not all(isinstance(one, Mapping) for one in raw):
        wrong[name] = say("matters.no_rows")
        return
    if why := rows.number_wrong(len(raw), spec):
        wrong[name] = why
        return
    needed = {inner for inner, one in spec.fields.items() if one.required or one.at_least}
    rows_read, faults = [], dict[str, Words]()
    for number, row in enumerate(raw):
        for foreign in row.keys() - spec.fields.keys():
            faults[f"{name}.{number}.{foreign}"] = say("matters.no_such_field", field=str(foreign)[:40])
        try:
            rows_read.append(filled(spec.fields, needed, row, seen, lambda text, so_far: True))
        except Incomplete as incomplete:
            faults |= {f"{name}.{number}.{inner}": words for inner, words in incomplete.fields.items()}
    if faults:
        wrong |= faults
    else:
        values[name] = rows_read


def missing(name: str, spec: FieldSpec) -> Words:
    """That a field must be filled in."""
    if spec.at_least and spec.type == "text":
        return say("matters.text_too_short", n=spec.at_least)
    chosen = spec.type in ("enum", "bool", "unit", "category", "object")
    return say("matters.choice_missing" if chosen else "matters.field_missing", field=title_of(name, spec))


def title_at(specs: Mapping[str, FieldSpec], path: str) -> Mapping[str, str] | Words | None:
    """How people call what stands at a path: a field, or a value in a row of one; None where there is none."""
    name, _, rest = path.partition(".")
    number, _, inner = rest.partition(".")
    spec = specs.get(name)
    if spec is None or not rest:
        return title_of(name, spec) if spec else None
    if inner not in spec.fields:
        return None
    row = title_of(inner, spec.fields[inner])
    return say("matters.value_of_row", field=title_of(name, spec), n=int(number) + 1, inner=row)


def title_of(name: str, spec: FieldSpec) -> Mapping[str, str] | Words:
    """How a field is called on a page."""
    return spec.title.mapping() if spec.title else say(f"matters.field_{name}")
