"""What a form or an action asks for: everything that is missing or wrong is said at once (R3.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from yiwang.org.personal import in_short
from yiwang.typed import moments
from yiwang.typed.forms import Wrong, noted, yes_or_no
from yiwang.typed.numbers import decimal, whole, wholes
from yiwang.typed.text import NotText, clean, is_blank, seen
from yiwang.why import Incomplete, Words, say

from .clock_state import Delta, State
from .clocks import left_of
from .definition import Action, FieldSpec, Kind
from .world import World

_BUILT_IN_SPECS = {
    # the district as a whole takes nothing in
    "unit": FieldSpec(type="unit", of=["bureau", "street", "neighbourhood", "company", "office", "centre"]),
    "category": FieldSpec(type="category"),
    "files": FieldSpec(type="files"),
}
_OPENING = {
    "title": FieldSpec(type="text", required=True, at_most=200),
    "category": FieldSpec(type="category"),
    "channel": FieldSpec(type="text", at_most=40),
    "urgency": FieldSpec(type="text", at_most=20),
    "unit": FieldSpec(type="unit"),
    "street": FieldSpec(type="unit", of=["street"]),
}


MOST_FILES = 50


def specs_of(kind: Kind, action: Action) -> dict[str, FieldSpec]:
    """name -> what the action asks for, needed ones first."""
    known = {**_listed(kind), **_BUILT_IN_SPECS, **kind.fields}
    names = [*action.needs, *(name for name in action.may if name not in action.needs)]
    if action.evidence and "files" not in names:
        names.append("files")
    return {name: known[name] for name in names}


def is_needed(action: Action, name: str) -> bool:
    """Whether an action cannot be done without a field: files are needed wherever evidence is."""
    return name in action.needs or (name == "files" and action.evidence > 0)


def given(kind: Kind, action: Action, data: Mapping[str, Any], state: State, world: World) -> dict[str, Any]:
    """The typed values of what an action asks for. Raises Incomplete."""
    specs = specs_of(kind, action)
    needed = {name for name in specs if is_needed(action, name)}
    found = _read(specs, needed, data, world)
    if len(found.get("files") or ()) < action.evidence:
        raise Incomplete({"files": say("matters.needs_evidence", n=action.evidence)})
    for name, value in found.items():
        most = min((left_of(how, state) for how in kind.amounts.get(name, ())), default=None)
        if most is not None and not (isinstance(value, int) and 1 <= value <= most):
            raise Incomplete({name: say("matters.amount", value=value, most=max(most, 0))})
    return found


def asked_at_opening(kind: Kind, door: str) -> dict[str, FieldSpec]:
    """name -> what a new matter can be given behind a door: there channel and urgency are values of the kind's lists.

    door  empty: the platform itself opens it
    """
    specs = {**_OPENING, **{name: spec for name, spec in kind.form.items() if not spec.personal}}
    if not door:
        return specs
    specs |= _listed(kind)
    fewest = kind.opens[door].at_least if door in kind.opens else {}
    here = {name: replace(specs[name], at_least=n) for name, n in fewest.items() if name in specs}
    return {**specs, **here}


def opening(kind: Kind, data: Mapping[str, Any], world: World, *, door: str = "") -> dict[str, Any]:
    """The typed values of a new matter: its title, category, channel and form. Raises Incomplete."""
    specs = asked_at_opening(kind, door)
    needed = {name for name, spec in specs.items() if spec.required or spec.at_least}
    return _read(specs, needed, data, world)


def files_of(kind: Kind, values: Mapping[str, Any]) -> list[int]:
    """The numbers of all files that typed values name."""
    specs = {**_BUILT_IN_SPECS, **kind.fields}
    named = [value for name, value in values.items() if name in specs and specs[name].type == "files"]
    return sorted({number for numbers in named for number in numbers or ()})


def settle(given: Mapping[str, Any], state: State, delta: Delta) -> None:
    """The facts that the built-in fields set; `following` works out what hangs on them."""
    if unit := given.get("unit"):
        if (before := state.get("lead")) and before != unit:
            delta["once"] = sorted({*(state.get("once") or ()), before})
        delta["lead"] = unit
    if category := given.get("category"):
        delta["category"] = category
    if urgency := given.get("urgency"):
        delta["urgency.said"] = urgency


def _listed(kind: Kind) -> dict[str, FieldSpec]:
    """The fields whose values a kind lists."""
    lists = {"channel": kind.channels, "urgency": kind.urgencies}
    return {name: FieldSpec(type="enum", values=values) for name, values in lists.items()}


def _read(specs: Mapping[str, FieldSpec], needed: set[str], data: Mapping[str, Any], world: World) -> dict[str, Any]:
    found: dict[str, Any] = {}
    wrong: dict[str, Words] = {}
    for name, spec in specs.items():
        raw = data.get(name)
        if isinstance(raw, str):
            try:
                raw = clean(raw).strip()
            except NotText:
                wrong[name] = say("matters.not_text")
                continue
        if raw is None or raw == [] or (isinstance(raw, str) and is_blank(raw)):
            if name in needed:
                wrong[name] = _missing(name, spec)
            continue
        if isinstance(raw, Mapping | list | tuple) and spec.type != "files":
            wrong[name] = say("matters.not_one_value")
            continue
        with noted(wrong, name):
            found[name] = _READERS[spec.type](raw, spec, world)
    if wrong:
        raise Incomplete(wrong)
    return found


def _missing(name: str, spec: FieldSpec) -> Words:
    if spec.at_least:
        return say("matters.text_too_short", n=spec.at_least)
    chosen = spec.type in ("enum", "bool", "unit", "category")
    return say("matters.choice_missing" if chosen else "matters.field_missing", field=title_of(name, spec))


def title_of(name: str, spec: FieldSpec) -> Mapping[str, str] | Words:
    """How a field is called on a page."""
    return spec.title.mapping() if spec.title else say(f"matters.field_{name}")


def _plain(raw: Any) -> str:
    """Text, or a number as text; what is a list or an object is no value of one field."""
    if isinstance(raw, str) or (isinstance(raw, int | float | Decimal | date) and not isinstance(raw, bool)):
        return str(raw)
    raise Wrong(say("matters.not_text"))


def _text(raw: Any, spec: FieldSpec, world: World) -> str:
    text = _plain(raw)
    if spec.at_least and len(seen(text)) < spec.at_least:
        raise Wrong(say("matters.text_too_short", n=spec.at_least))
    if len(text) > spec.at_most:
        raise Wrong(say("matters.text_too_long", n=len(text), most=spec.at_most))
    return text


def _number(raw: Any, spec: FieldSpec, world: World) -> int | float:
    number = decimal(_plain(raw))
    if number is None:
        raise Wrong(say("matters.not_a_number", value=in_short(str(raw), 40)))
    return int(number) if number == number.to_integral_value() else float(number)


def _day(raw: Any, spec: FieldSpec, world: World) -> str:
    if (found := moments.day(_plain(raw))) is None:
        raise Wrong(say("matters.not_a_date", value=in_short(str(raw), 40)))
    return found.isoformat()


def _instant(raw: Any, spec: FieldSpec, world: World) -> str:
    at = moments.moment(raw if isinstance(raw, datetime) else _plain(raw), world.district.zone)
    if at is None:
        raise Wrong(say("matters.not_a_date", value=in_short(str(raw), 40)))
    return at.isoformat()


def _yes(raw: Any, spec: FieldSpec, world: World) -> bool:
    answer = yes_or_no(raw)
    if answer is None:
        raise Wrong(say("matters.not_yes_or_no", value=in_short(str(raw), 40)))
    return answer


def _choice(raw: Any, spec: FieldSpec, world: World) -> str:
    if not isinstance(raw, str) or raw not in spec.values:
        choices = [title.mapping() for title in spec.values.values()]
        raise Wrong(say("matters.not_a_choice", value=in_short(str(raw), 40), choices=choices))
    return str(raw)


def _unit(raw: Any, spec: FieldSpec, world: World) -> str:
    text = _plain(raw)
    unit = world.district.by_code.get(text) or world.district.named(text)
    if unit is None:
        raise Wrong(say("matters.no_such_unit", value=in_short(str(raw), 60)))
    if spec.of and unit.kind not in spec.of:
        raise Wrong(say("matters.wrong_unit", unit=unit.name, kinds=[say(f"matters.unit_{kind}") for kind in spec.of]))
    return unit.code


def _category(raw: Any, spec: FieldSpec, world: World) -> str:
    text = _plain(raw)
    if text not in world.categories:
        raise Wrong(say("matters.no_such_category", value=in_short(text, 60)))
    return text


def _files(raw: Any, spec: FieldSpec, world: World) -> list[int]:
    """Numbers of files, each once. Whether they are there and the asker's, `store` asks the database."""
    numbers = {_file_number(one) for one in (raw if isinstance(raw, list | tuple) else [raw])}
    if len(numbers) > MOST_FILES:
        raise Wrong(say("matters.too_many_files", n=len(numbers), most=MOST_FILES))
    return sorted(numbers)


def file_numbers(raw: Any) -> list[int]:
    """Those of a form's values that are numbers of files at all, to show again what was kept."""
    return sorted(set(wholes(raw if isinstance(raw, list | tuple) else ())))[:MOST_FILES]


def _file_number(raw: Any) -> int:
    number = whole(raw)
    if number is None:
        raise Wrong(say("matters.no_such_file"))
    return number


_READERS: dict[str, Callable[[Any, FieldSpec, World], Any]] = {
    "text": _text,
    "number": _number,
    "date": _day,
    "instant": _instant,
    "bool": _yes,
    "enum": _choice,
    "unit": _unit,
    "category": _category,
    "files": _files,
    "person": _text,
}
