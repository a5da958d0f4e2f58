"""Proves the matters that a kind opens under one: of a kind that exists, with what it asks for, none left behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from yiwang.expr import nodes
from yiwang.why import Words, say

from .action import Opens
from .children import fact_of_children
from .definition import Kind
from .fields.checklists import COLUMNS
from .fields.spec import FieldSpec
from .forms import asked_at_opening
from .under import ITEM, MOST, OF_ROW, sort_of_unit

Complaint = tuple[str, Words]


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong), as far as the kind's own file tells."""
    for name, action in kind.actions.items():
        for number, opens in enumerate(action.opens):
            path = f"actions.{name}.opens[{number}]"
            if opens.as_ not in kind.children and opens.as_ not in kind.causes:
                yield f"{path}.as", say("matters.no_such_children", name=opens.as_)
            yield from _each(kind, path, opens)
            yield from _in_charge(kind, path, opens)
    if kind.follows:
        yield from _follows(kind)


def _each(kind: Kind, path: str, opens: Opens) -> Iterator[Complaint]:
    spec = kind.fields.get(opens.each) if opens.each else None
    if (
        opens.each
        and not sort_of_unit(opens.each)
        and (spec is None or spec.type not in ("units", "choices", "objects", "list", "checklist"))
    ):
        yield f"{path}.each", say("matters.each_of_what", field=opens.each)
    elif spec and spec.type != "checklist" and min(spec.at_most, len(spec.values) or spec.at_most) > MOST:
        yield f"{path}.each", say("matters.each_at_most", field=opens.each, n=MOST)
    for of in (*opens.fills.values(), *([opens.unit] if opens.unit else [])):
        row = of.removeprefix(OF_ROW)
        if (of == ITEM and not opens.each) or (of.startswith(OF_ROW) and (spec is None or row not in _columns(spec))):
            yield path, say("matters.row_of_what", of=of)
        elif of.removeprefix("form.") in kind.hidden:
            yield path, say("matters.asks_hidden", fact=of, text=f"{opens.as_}: {of}")
        elif of != ITEM and not of.startswith(OF_ROW) and of not in {*kind.fields, *kind.schema.fields}:
            yield path, say("matters.no_such_field", field=of)


def _columns(spec: FieldSpec) -> Collection[str]:
    return COLUMNS if spec.type == "checklist" else spec.fields


def _in_charge(kind: Kind, path: str, opens: Opens) -> Iterator[Complaint]:
    """Who is put in charge is a unit."""
    each = kind.fields.get(opens.each)
    spec: FieldSpec | None
    if opens.unit == ITEM:
        spec = FieldSpec(type="unit") if each is None or each.type == "units" else each
    elif opens.unit.startswith(OF_ROW):
        spec = each.fields.get(opens.unit.removeprefix(OF_ROW)) if each else None
    else:
        spec = kind.fields.get(opens.unit)
    if spec is not None and spec.type != "unit":
        yield f"{path}.unit", say("matters.child_unit", of=opens.unit)


def _follows(kind: Kind) -> Iterator[Complaint]:
    """The action by which one ends after its whole can be done wherever it may be open."""
    action = kind.actions.get(kind.follows)
    open_stages = {name for name, stage in kind.stages.items() if not stage.final}
    ends = action is not None and action.to is not None and action.to in kind.stages and kind.stages[action.to].final
    if action is None or "system" not in action.actors or action.needs or not ends:
        yield "follows", say("matters.follows_not_system", action=kind.follows)
    elif left := sorted(open_stages - {*action.stages}):
        yield "follows", say("matters.follows_not_everywhere", action=kind.follows, stages=left)


def none_left_behind(kind: Kind) -> Iterator[Complaint]:
    """A matter does not end while what must be done under it is open, but for what may be left."""
    opened = {opens.as_ for action in kind.actions.values() for opens in action.opens}
    for name, children in kind.children.items():
        if name not in opened:
            yield f"children.{name}", say("matters.children_never_opened", name=name)
        elif not children.optional:
            yield from _endings(kind, name)


def _endings(kind: Kind, name: str) -> Iterator[Complaint]:
    fact = fact_of_children(name, "open")
    for ending, action in kind.actions.items():
        final = [to for stage in action.stages for to in action.leads_to(stage) if kind.stages[to].final]
        said = [action.when, action.unless, action.does.when if action.does else None]
        asks = any(text and _speaks_of(kind, text, fact) for text in said)
        from_open = any(not kind.stages[stage].final for stage in action.stages)
        if final and from_open and not asks and not _before_any(kind, name, ending):
            title = kind.children[name].title.mapping()
            yield f"actions.{ending}", say("matters.ends_before_children", action=ending, children=title, name=name)


def _speaks_of(kind: Kind, text: str, fact: str) -> bool:
    return any(isinstance(node, nodes.Fact) and node.name == fact for node in nodes.walk(kind.expressions[text].node))


def _before_any(kind: Kind, name: str, ending: str) -> bool:
    """Whether none can have been opened where the action ends it: no way leads there from where one is opened."""
    waiting = [to for action in kind.actions.values() for opens in action.opens if opens.as_ == name
               for stage in action.stages for to in action.leads_to(stage)]  # fmt: skip
    reached = set(waiting)
    while waiting:
        for one in kind.by_stage[waiting.pop()]:
            for stage in kind.actions[one].stages:
                fresh = {*kind.actions[one].leads_to(stage)} - reached if stage in reached else set()
                reached |= fresh
                waiting += fresh
    return not reached & {*kind.actions[ending].stages}


def between(kinds: Mapping[str, Kind]) -> Iterator[tuple[str, str, Words]]:
    """(kind, path, what is wrong) of what kinds say of each other."""
    for code, kind in kinds.items():
        for name, children in kind.children.items():
            if children.kind not in kinds:
                words = say("matters.no_child_kind", kind=children.kind, known=[*kinds])
                yield code, f"children.{name}.kind", words
            elif kinds[children.kind].retired and not kind.retired:
                yield code, f"children.{name}.kind", say("matters.child_kind_retired", kind=children.kind)
        for name, cause in kind.causes.items():
            if cause.kind not in kinds:
                yield code, f"causes.{name}.kind", say("matters.no_child_kind", kind=cause.kind, known=[*kinds])
            elif kinds[cause.kind].retired and not kind.retired and _opened(kind, name):
                yield code, f"causes.{name}.kind", say("matters.child_kind_retired", kind=cause.kind)
        for path, named in _named(kind):
            if named not in kinds:
                yield code, path, say("matters.no_child_kind", kind=named, known=[*kinds])
        for action_name, action in kind.actions.items():
            for number, opens in enumerate(action.opens):
                path = f"actions.{action_name}.opens[{number}]"
                yield from ((code, f"{path}{more}", words) for more, words in _filled(kind, opens, kinds))
    yield from _without_end(kinds)


def _opened(kind: Kind, name: str) -> bool:
    """Whether something opens a new matter by this name, and does not only link one that is there."""
    return any(one.as_ == name and not one.matter for action in kind.actions.values() for one in action.opens)


def _named(kind: Kind) -> Iterator[tuple[str, str]]:
    """(path, kind) of every kind of which a field takes the number of a matter."""
    for part, specs in (("form", kind.form), ("asks", kind.asks)):
        for name, spec in specs.items():
            here = {
                f"{part}.{name}": spec,
                **{f"{part}.{name}.fields.{inner}": one for inner, one in spec.fields.items()},
            }
            yield from ((f"{path}.of", of) for path, one in here.items() if one.type == "matter" for of in one.of)


def _without_end(kinds: Mapping[str, Kind]) -> Iterator[tuple[str, str, Words]]:
    """Kinds that open one of their own by themselves, at whatever depth: there would never be a last one."""
    below = {code: dict(_opened_by_itself(kind)) for code, kind in kinds.items()}
    for code in kinds:
        for child, action in below[code].items():
            reached, waiting = {child}, [child]
            while waiting:
                fresh = below.get(waiting.pop(), {}).keys() - reached
                reached |= fresh
                waiting += fresh
            if code in reached:
                yield code, f"actions.{action}.opens", say("matters.opens_its_own", action=action, kind=code)


def _opened_by_itself(kind: Kind) -> Iterator[tuple[str, str]]:
    """(kind, action) of what the platform opens under one without anybody's doing."""
    for name, action in kind.actions.items():
        if action.does or name == kind.auto:
            named = (kind.children.get(one.as_) or kind.causes.get(one.as_) for one in action.opens)
            yield from ((one.kind, name) for one in named if one)


def _filled(kind: Kind, opens: Opens, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Words]]:
    children = kind.children.get(opens.as_) or kind.causes.get(opens.as_)
    child = kinds.get(children.kind) if children else None
    if child is None or opens.matter:
        return
    asked = asked_at_opening(child, "")
    for name in opens.fills:
        if name not in asked:
            yield f".fills.{name}", say("matters.child_field", kind=child.matter, field=name)
    given = {"title", *opens.fills, *(["text"] if "text" in kind.form else []), *(["unit"] if opens.unit else [])}
    if missing := sorted(name for name, spec in asked.items() if spec.required and name not in given):
        yield ".fills", say("matters.child_needs", kind=child.matter, fields=missing)
