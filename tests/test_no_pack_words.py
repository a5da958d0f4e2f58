"""No word of the demo pack stands in code: a kind, a role, a page of another district needs none of them.

The names are read from the pack; the literals of `src` (the demo's own room aside) from syntax trees, those of
templates and of the front end from their quotes. A name counts where it is a literal of its own ("accept"), a fact of
a matter ("at.accept", "form.result"), or quoted in SQL or a template's tag; a kind's, an indicator's and any name of
two words also inside a sentence.
"""

from __future__ import annotations

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "yiwang"
PACK = ROOT / "packs" / "demo"

# Words of the platform itself that the demo pack uses too. Who adds one says whose word it is.
ENGINE = {
    # fields that the engine keeps for every matter, or asks by one name behind every door
    **dict.fromkeys(["text", "address"], "what every door may ask beside the title; columns of the reading of texts"),
    **dict.fromkeys(["reporter_name", "reporter_phone", "phone"], "who reported, and how to reach them: kept apart"),
    **dict.fromkeys(["reason", "note", "result"], "what the platform's own forms ask (an export, a report, a line)"),
    **dict.fromkeys(["device", "file", "media"], "a browser, a kept file, an address of files"),
    # nouns of the platform
    **dict.fromkeys(["goal", "measures", "rate", "object", "other"], "goals: what a promise is, what a line tells"),
    **dict.fromkeys(["wall", "desk", "portal"], "the faces that a pack may say a page of (pages.definition.FILES)"),
    **dict.fromkeys(["platform"], "the platform as who acts"),
    **dict.fromkeys(["supervision", "dispatch"], "the two offices that pack.yaml names"),
    **dict.fromkeys(["water"], "the map's ground"),
    **dict.fromkeys(["red", "orange", "blue"], "colours of lamps and grades"),
    **dict.fromkeys(
        ["high", "low", "normal", "urgent"], "bounds of a sign of life; how pressing, where a kind has no words"
    ),
    # what is true of a matter, a report or a request, whatever the kind
    **dict.fromkeys(["closed", "reported", "found", "head", "contact"], "states of its own"),
    **dict.fromkeys(["assign", "accept", "verify"], "what is done to goals and their reports"),
    **dict.fromkeys(["basis", "workdays", "exclude"], "what a goal stands on; a unit of time; a key of indicators"),
    **dict.fromkeys(["matters_created", "matters_closed"], "indexes of the table of matters"),
}

# What is still here: this list only shrinks.
STILL: set[str] = set()


def names_of(pack: Path) -> dict[str, set[str]]:
    """name -> what it is of in a pack."""
    names: dict[str, set[str]] = defaultdict(set)

    def add(sort: str, found: Any) -> None:
        for name in found:
            names[name].add(sort)

    for path in (pack / "matters").glob("*.yaml"):
        kind = yaml.safe_load(path.read_text(encoding="utf-8"))
        add("kind", [kind["matter"]])
        parts = {"stages": "stage", "actions": "action", "clocks": "clock", "channels": "channel"}
        for part, sort in {**parts, "urgencies": "urgency", "form": "field", "asks": "field"}.items():
            add(sort, kind.get(part) or ())
        for part in ("form", "asks"):
            for spec in (kind.get(part) or {}).values():
                add("value", spec.get("values") or ())
    add("role", yaml.safe_load((pack / "roles.yaml").read_text(encoding="utf-8"))["roles"])
    add("indicator", [path.stem for path in (pack / "indicators").glob("*.yaml")])
    if (pack / "vitals.yaml").is_file():
        vitals = yaml.safe_load((pack / "vitals.yaml").read_text(encoding="utf-8"))
        add("vital sign", [sign["code"] for sign in vitals["signs"]])
        add("dimension", vitals["dimensions"])
    for sort, name in (("category", "categories.csv"), ("unit", "units.csv"), ("post", "posts.csv")):
        with (pack / name).open(encoding="utf-8", newline="") as lines:
            add(sort, [row["code"] for row in csv.DictReader(lines)])
    add("page", [path.stem for path in pack.glob("pages/*.yaml")])
    return {name: sorts for name, sorts in names.items() if len(name) > 1}  # a category's letter is any letter


NAMES = names_of(PACK)
_FACT = re.compile(r"^(?:form|at|in|first|count|clock)\.(\w+)")
_QUOTED = re.compile(r"""['"]((?:form\.|at\.|in\.|first\.|count\.|clock\.)?[\w-]+)(?:\.\w+)*['"]""")
_TAG = re.compile(r"{[{%](.*?)[}%]}", re.DOTALL)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*")
_TALL = {name for name, sorts in NAMES.items() if {"kind", "indicator"} & sorts or "_" in name or "-" in name}


def _names_in(literal: str) -> set[str]:
    """Names of the pack that a literal says."""
    found = {literal} | {fact[1] for fact in [_FACT.match(literal)] if fact}
    for quoted in _QUOTED.findall(literal):
        found |= {quoted, quoted.partition(".")[2]}
    found |= {word for word in _WORD.findall(literal) if word in _TALL}
    return found & NAMES.keys()


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """(line, literal) of a Python file, without its docstrings and the names of addresses."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):  # path("…", view, name="assign"): a page's name
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "path":
            aside |= {id(word.value) for word in node.keywords if word.arg == "name"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.lineno, node.value


def said_in(path: Path) -> Iterator[tuple[str, str]]:
    """(name of the pack, where it stands) of one file."""
    where = path.relative_to(ROOT).as_posix()
    if path.suffix == ".py":
        for line, literal in literals(path):
            yield from ((name, f"{where}:{line}") for name in _names_in(literal))
        return
    text = path.read_text(encoding="utf-8")
    parts = _TAG.findall(text) if path.suffix == ".html" else [text]
    for part in parts:
        for quoted in re.findall(r"""(["'`])([\w.-]+)\1""", part):
            yield from ((name, where) for name in _names_in(quoted[1]))


def files() -> Iterator[Path]:
    for path in sorted(SRC.rglob("*")):
        room, *rest = path.relative_to(SRC).parts
        if room != "demo" and "migrations" not in rest and "static" not in rest and path.suffix in {".py", ".html"}:
            yield path
    yield from sorted((ROOT / "frontend" / "src").rglob("*.ts"))


def found() -> dict[str, list[str]]:
    """name -> where it stands in the code."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in files():
        for name, where in said_in(path):
            places[name].append(where)
    return places


def test_no_name_of_the_demo_pack_stands_in_code() -> None:
    places = {name: where for name, where in found().items() if name not in ENGINE and name not in STILL}
    assert not places, "\n".join(f"{name} ({', '.join(NAMES[name])}): {where}" for name, where in places.items())


def test_the_lists_hold_nothing_that_is_gone() -> None:
    places = found()
    assert {name for name in STILL if name not in places} == set(), "no longer in code: strike it off"
    assert {name for name in ENGINE if name not in places} == set(), "the engine no longer says it: strike it off"
    assert set(ENGINE) & STILL == set()


@pytest.mark.parametrize(
    ("literal", "names"),
    [
        ("accept", {"accept"}),
        ("at.accept", {"accept"}),
        ("m.facts->>'form.result'", {"result"}),
        ("clock.answering.due", {"answering"}),
        ("board.accept", set()),  # a key of the words
        ("they accept it", set()),
        ("the kind, e.g. hotline", {"hotline"}),
        ("ask_extension:7", {"ask_extension"}),
    ],
)
def test_where_a_name_counts(literal: str, names: set[str]) -> None:
    assert _names_in(literal) == names
