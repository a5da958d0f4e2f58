"""Fields as a page asks for them: named, in order, with what can be chosen and what was wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from yiwang.why import Words, say

from .fields import measured, rows
from .fields.filling import title_of
from .fields.spec import FieldSpec
from .fields.types import TYPES
from .world import World

LISTED = 40  # objects up to which they are chosen from a list; of more, a part of a name is typed, and choices scroll
LONG = 200  # signs from which a text is asked for in several lines
Options = list[tuple[Any, list[tuple[str, Any]]]]  # (name of the group or "", [(value, what people call it)])


def fields(
    specs: Mapping[str, FieldSpec],
    needed: Collection[str],
    values: Mapping[str, Any],
    wrong: Mapping[str, Words],
    world: World,
    clearance: int = 0,
) -> Iterator[dict[str, Any]]:
    """What `look/field.html` shows of each.

    clearance  of whoever is asked: no more objects are offered than they may know of
    """
    for name, spec in specs.items():
        value = values.get(name, spec.default if spec.default is not None else "")
        offered = options(spec, world, clearance)
        yield {
            "name": name,
            "id": name,
            "type": spec.type,
            "asked": _asked(spec, world),
            "title": title_of(name, spec),
            "measure": spec.measure.mapping() if spec.measure else None,
            "needed": name in needed and not spec.asked_when,
            "at_times": bool(spec.asked_when),
            "at_most": spec.at_most,
            "value": value,
            "chosen": _chosen(values, name) if TYPES[spec.type].asked == "choices" else [],
            "wrong": wrong.get(name),
            "drawing": _drawing(spec, value) if measured.is_shape(spec) else None,
            "options": offered,
            "many": sum(len(group) for _, group in offered or []) > LISTED,
            "checks": list(_checks(name, spec, values, wrong, world)) if spec.type == "checklist" else [],
            "documents": list(_documents(name, spec, name in needed, wrong)),
            "rows": list(_rows(name, spec, values, wrong, world)) if spec.type == "list" else [],
            "most": rows.most(spec),
        }


def _drawing(spec: FieldSpec, value: Any) -> dict[str, Any]:
    """What a page draws with: the points so far, one a line; how a size is told; the bounds that it must keep."""
    points = value if isinstance(value, list | tuple) else None
    units = {"line": ("m", "km"), "area": ("m2", "ha", "km2")}[spec.type]
    return {
        "text": "\n".join(f"{lon}, {lat}" for lon, lat in points) if points else value,
        "said": {unit: say(f"matters.size_{unit}", n="{n}") for unit in units},
        "bounds": measured.bounds(spec),
    }


def _asked(spec: FieldSpec, world: World) -> str:
    """The control that asks for it: long texts in several lines, objects of a long list by typing."""
    if spec.type == "object":
        return "among" if len(world.lists.get(spec.list_, {})) > LISTED else "choice"
    if spec.documents:
        return "documents"
    return "lines" if spec.type == "text" and spec.at_most > LONG else TYPES[spec.type].asked


def _documents(name: str, spec: FieldSpec, needed: bool, wrong: Mapping[str, Words]) -> Iterator[dict[str, Any]]:
    """Each document that a field takes, with what was wrong with it."""
    for code, document in spec.documents.items():
        path = f"{name}.{code}"
        yield {
            "name": path,
            "code": code,
            "title": document.title.mapping(),
            "needed": needed and document.at_least > 0,
            "wrong": wrong.get(path),
        }


def _chosen(values: Mapping[str, Any], name: str) -> list[str]:
    """What was ticked before: a form that was sent has each under the same name."""
    every = getattr(values, "getlist", None)
    said = every(name) if every else values.get(name) or []
    return [said] if isinstance(said, str) else list(said)


def _rows(
    name: str, spec: FieldSpec, values: Mapping[str, Any], wrong: Mapping[str, Words], world: World
) -> Iterator[list[dict[str, Any]]]:
    """The rows that were written, and a few empty ones to write into."""
    written = rows.sent(name, values) or (values.get(name) if isinstance(values.get(name), list) else None) or []
    for number in range(min(max(len(written) + 2, spec.at_least, 3), rows.most(spec))):
        row = written[number] if number < len(written) else {}
        faults = {inner: wrong[at] for inner in spec.fields if (at := f"{name}.{number}.{inner}") in wrong}
        cells = list(fields(spec.fields, [one for one, of in spec.fields.items() if of.required], row, faults, world))
        for cell in cells:
            cell |= {"id": f"{name}-{number}-{cell['name']}", "name": f"{name}.{number}.{cell['name']}"}
        yield cells


def _checks(
    name: str, spec: FieldSpec, values: Mapping[str, Any], wrong: Mapping[str, Words], world: World
) -> Iterator[dict[str, Any]]:
    """Every item of the checklist, with what was answered and what was wrong with it."""
    said = rows.sent(name, values) or []
    answers = {row.get("item"): row for row in said}
    listed = [one for one in world.lists.get(spec.list_, {}).values() if one.listed]
    for number, item in enumerate(listed):
        path, row = f"{name}.{number}", answers.get(item.code, {})
        faults = [wrong[at] for part in ("ok", "note", "photos") if (at := f"{path}.{part}") in wrong]
        yield {
            "path": path,
            "id": path.replace(".", "-"),
            "code": item.code,
            "title": item.name,
            "ok": str(row.get("ok", "")).lower(),
            "note": row.get("note", ""),
            "wrong": faults,
        }


def sent(specs: Mapping[str, FieldSpec], posted: Mapping[str, Any]) -> dict[str, Any]:
    """What a form sent for these fields: of several values each, of a list its rows as they are named."""
    said: dict[str, Any] = {}
    for name, spec in specs.items():
        if TYPES[spec.type].asked == "choices":
            said[name] = _chosen(posted, name)
        elif spec.type in ("list", "checklist"):
            said |= {key: value for key, value in posted.items() if key.startswith(f"{name}.")}
        elif name in posted and spec.type != "files":  # files come by themselves, never as numbers that a page sends
            said[name] = posted[name]
    return {name: value for name, value in said.items() if value not in ("", [])}


def options(spec: FieldSpec, world: World, clearance: int = 0) -> Options | None:
    """What can be chosen, in groups; None where it is written."""
    if spec.type in ("enum", "choices"):
        return [("", [(code, title.mapping()) for code, title in spec.values.items()])]
    if spec.type == "bool":
        return [("", [("true", say("why.yes")), ("false", say("why.no"))])]
    if spec.type in ("unit", "units"):
        units = world.district.units.values()
        return [("", [(unit.code, unit.name) for unit in units if not spec.of or unit.kind in spec.of])]
    if spec.type in ("colleague", "colleagues"):
        return people(spec, world)
    if spec.list_:
        listed = world.lists.get(spec.list_, {}).values()
        return [("", [(one.code, one.name) for one in listed if one.listed and one.sensitivity <= clearance])]
    if spec.type == "category":
        every = world.categories.values()
        tops = [one for one in every if not one.parent]
        return [(top.name, [(one.code, one.name) for one in every if one.top == top.code]) for top in tops]
    return None


def people(spec: FieldSpec, world: World) -> Options:
    """Everybody who holds a post of the roles that a field names, in groups by unit."""
    in_post = world.people.in_post()
    names = [one.name for one in in_post]
    groups: dict[str, list[tuple[str, Any]]] = {}
    for colleague in in_post:
        code = colleague.name if names.count(colleague.name) == 1 else colleague.username
        for post, title in zip(colleague.posts, colleague.titles, strict=True):
            if not spec.of or post.role in spec.of:
                called = say("matters.in_post", name=colleague.name, post=title) if title else colleague.name
                groups.setdefault(post.unit_code, []).append((code, called))
    return [(world.district.by_code[unit].name, members) for unit, members in groups.items()]
