"""Reads what a demo pack says beside its district: layout, sign-ins, the simulated year. A real pack has none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from msgspec import Struct

from yiwang.indicators.loading import Indicators
from yiwang.matters.loading import Matters
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError, Problem
from yiwang.org.titles import Title
from yiwang.why import say

from .definition import (
    PHRASES,
    Groups,
    Layout,
    Phrases,
    Wrong,
    Year,
    wrong_in_groups,
    wrong_in_phrases,
    wrong_in_year,
)
from .files import texts_of
from .loop_words import LoopsFile, wrong_in_loops
from .naming import one_of


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
    demo = Demo()
    for name, check in _FILES.items():
        if (folder / name).exists():
            _read(folder, folder / name, partial(check, pack=pack), demo)
    said: list[Phrases] = []
    for path in sorted(texts_of(folder), key=lambda path: path.name != PHRASES):
        if path.name == PHRASES:
            _read(folder, path, partial(_phrases, said=said), demo)
        else:
            _read(folder, path, partial(_groups, pack=pack, said=said), demo)
    return demo


def _read(folder: Path, path: Path, check: Callable[[PackFile], Wrong], demo: Demo) -> None:
    try:
        file = PackFile(path, root=folder)
        demo.problems += [file.problem(where, words) for where, words in check(file)]
    except PackError as error:
        demo.problems += error.problems


def _phrases(file: PackFile, said: list[Phrases]) -> Wrong:
    said.append(file.as_a(Phrases))
    yield from wrong_in_phrases(said[0])


def _groups(file: PackFile, pack: WholePack, said: list[Phrases]) -> Wrong:
    classes = {one["code"]: one["class_name"] for one in pack.part(Matters).categories}
    yield from wrong_in_groups(file.as_a(Groups), classes, said[0] if said else None)


def _sign_ins(file: PackFile, pack: WholePack) -> Wrong:
    held = {(person["username"], person["post"]) for person in pack.organisation.people}
    for number, one in enumerate(file.as_a(SignInFile).sign_ins):
        if (one.username, one.post) not in held:
            yield f"sign_ins[{number}].post", say("demo.not_in_people", username=one.username, post=one.post)


def _layout(file: PackFile, pack: WholePack) -> Wrong:
    streets, layout = {unit["code"] for unit in pack.organisation.units if unit["kind"] == "street"}, file.as_a(Layout)
    for bank, named in (("west", layout.west), ("east", layout.east)):
        yield from _named(named, bank, streets, "units.csv")


def _year(file: PackFile, pack: WholePack) -> Wrong:
    year = file.as_a(Year)
    units = {unit["code"] for unit in pack.organisation.units}
    kinds = {unit["kind"] for unit in pack.organisation.units}
    categories = {one["code"] for one in pack.part(Matters).categories}
    measured = pack.part(Indicators)
    indicators = {one.indicator for one in measured.indicators}
    yield from wrong_in_year(year)
    yield from _named(year.streets, "streets", units, "units.csv")
    yield from _named(year.seasons, "seasons", categories, "categories.csv")
    yield from _named(year.storms.factors, "storms.factors", categories, "categories.csv")
    yield from _named(year.habits, "habits", {"default", *units, *kinds}, "units.csv")
    for number, spot in enumerate(year.hot_spots):
        yield from one_of(spot.neighbourhood, f"hot_spots[{number}].neighbourhood", units, "units.csv")
        yield from one_of(spot.category, f"hot_spots[{number}].category", categories, "categories.csv")
    if measured.signs is not None:
        yield from one_of(
            year.sensors.silent, "sensors.silent", {one.code for one in measured.signs.signs}, "vitals.yaml"
        )
    if not (file.path.parent / year.plan.file).is_file():
        yield "plan.file", say("demo.not_there", name=year.plan.file, file=file.path.parent.name)
    for number, titled in enumerate(year.plan.titles_and_measures):
        where = f"plan.titles_and_measures[{number}].indicator"
        yield from one_of(titled.indicator, where, indicators, "indicators/")


def _loops(file: PackFile, pack: WholePack) -> Wrong:
    matters = pack.part(Matters)
    kinds = {kind.matter: kind for kind in matters.kinds}
    yield from wrong_in_loops(file.as_a(LoopsFile), kinds, {one["code"] for one in matters.categories})


_FILES: dict[str, Callable[..., Wrong]] = {
    "layout.yaml": _layout,
    "loops.yaml": _loops,
    "sign_ins.yaml": _sign_ins,
    "year.yaml": _year,
}


def _named(names: Iterable[str], where: str, known: set[str], file: str) -> Wrong:
    for name in names:
        yield from one_of(name, f"{where}.{name}", known, file)


PART = Part(read=read)  # nothing is loaded: the simulation reads its files itself
