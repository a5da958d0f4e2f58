"""No word of the demo pack stands in code: a kind, a role, a page of another district needs none of them.

The names are read from the pack; the literals of `src` (the demo's own room aside) from syntax trees, those of
templates and of the front end from their quotes. A name counts where it is a literal of its own ("accept"), a fact of
a matter ("at.accept", "form.result"), or quoted in SQL or a template's tag; a kind's, an indicator's and any name of
two words also inside a sentence.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.pack_words import ENGINE, PACK, names_of

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "yiwang"


# What is still here: this list only shrinks.
STILL: set[str] = set()


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
