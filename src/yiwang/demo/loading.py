"""Reads what a demo pack says beside its district: layout, sign-ins, the simulated year. A real pack has none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from yiwang.indicators.loading import Indicators
from yiwang.matters.loading import Matters
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_table import like
from yiwang.org.pack_text import PackError, Problem
from yiwang.org.titles import Title
from yiwang.why import Words, say

Wrong = Iterator[tuple[str, Words]]


class SignInLine(Struct, forbid_unknown_fields=True, frozen=True):
    """Somebody whom the demo lets be signed in as."""

    username: str
    name: str
    post: str
    face: str
    who: Title


class SignInFile(Struct, forbid_unknown_fields=True, frozen=True):
    """sign_ins.yaml"""

    password: str
    sign_ins: list[SignInLine]


@dataclass
class Demo:
    """Everything that is wrong with the demo's own files."""

    problems: list[Problem] = field(default_factory=list)


def read(folder: Path, pack: WholePack) -> Demo:
    """The demo's files of a pack, where it has them; whatever they name must be in the pack."""
    found = Demo()
    for name, check in _FILES.items():
        if (folder / name).exists():
            _read(folder, folder / name, partial(check, pack=pack), found)
    for path in sorted((folder / "texts").glob("*.yaml")):
        _read(folder, path, _as_yaml, found)
    return found


def _read(folder: Path, path: Path, check: Callable[[PackFile], Wrong], found: Demo) -> None:
    try:
        file = PackFile(path, root=folder)
        found.problems += [file.problem(where, words) for where, words in check(file)]
    except PackError as error:
        found.problems += error.problems


def _as_yaml(file: PackFile) -> Wrong:
    yield from ()


def _sign_ins(file: PackFile, pack: WholePack) -> Wrong:
    held = {(person["username"], person["post"]) for person in pack.organisation.people}
    for number, one in enumerate(file.as_a(SignInFile).sign_ins):
        if (one.username, one.post) not in held:
            yield f"sign_ins[{number}].post", say("demo.not_in_people", username=one.username, post=one.post)


def _layout(file: PackFile, pack: WholePack) -> Wrong:
    streets = {unit["code"] for unit in pack.organisation.units if unit["kind"] == "street"}
    for bank in ("west", "east"):
        yield from _named(_part(file.data, bank), bank, streets, "units.csv")


def _year(file: PackFile, pack: WholePack) -> Wrong:
    year = file.data if isinstance(file.data, dict) else {}
    units = {unit["code"] for unit in pack.organisation.units}
    kinds = {unit["kind"] for unit in pack.organisation.units}
    categories = {one["code"] for one in pack.part(Matters).categories}
    measured = pack.part(Indicators)
    yield from _named(_part(year, "streets"), "streets", units, "units.csv")
    yield from _named(_part(year, "seasons"), "seasons", categories, "categories.csv")
    yield from _named(_part(_part(year, "storms"), "factors"), "storms.factors", categories, "categories.csv")
    yield from _named(_part(year, "habits"), "habits", {"default", *units, *kinds}, "units.csv")
    for where, one in _listed(year, "hot_spots"):
        yield from _one(one, "neighbourhood", where, units, "units.csv")
        yield from _one(one, "category", where, categories, "categories.csv")
    if measured.signs is not None:
        yield from _one(
            _part(year, "sensors"), "silent", "sensors", {s.code for s in measured.signs.signs}, "vitals.yaml"
        )
    plan = _part(year, "plan")
    if "file" in plan and not (file.path.parent / str(plan["file"])).is_file():
        yield "plan.file", say("demo.not_there", name=str(plan["file"]), file=file.path.parent.name)
    for where, one in _listed(plan, "titles_and_measures"):
        yield from _one(one, "indicator", f"plan.{where}", {i.indicator for i in measured.indicators}, "indicators/")


_FILES: dict[str, Callable[..., Wrong]] = {
    "layout.yaml": _layout,
    "sign_ins.yaml": _sign_ins,
    "year.yaml": _year,
}


def _part(whole: Any, name: str) -> dict[str, Any]:
    part = whole.get(name) if isinstance(whole, dict) else None
    return part if isinstance(part, dict) else {}


def _listed(whole: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    listed = whole.get(name)
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict):
            yield f"{name}[{number}]", one


def _named(part: dict[str, Any], where: str, known: set[str], file: str) -> Wrong:
    for name in part:
        if str(name) not in known:
            yield f"{where}.{name}", _unknown(str(name), known, file)


def _one(part: dict[str, Any], name: str, where: str, known: set[str], file: str) -> Wrong:
    if name in part and str(part[name]) not in known:
        yield f"{where}.{name}", _unknown(str(part[name]), known, file)


def _unknown(name: str, known: set[str], file: str) -> Words:
    near = like(name, known)
    return (
        say("demo.not_there_near", name=name, file=file, near=near)
        if near
        else say("demo.not_there", name=name, file=file)
    )


PART = Part(read=read)  # nothing is loaded: the simulation reads its files itself
