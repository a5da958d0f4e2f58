"""What is worked out from a pack is kept by one cache, `org.per_load`; whatever else is kept has its reason here.

Read from syntax trees: what `functools` keeps, and what a module keeps in a mapping or a global of its own. The list
may only become shorter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "yiwang"
KEPT = {
    "commands/frame/command.py: _HANDLERS": "the commands of the program, found once",
    "expr/explain.py: _value_of": "a compiled part of an expression, by itself alone",
    "expr/functions.py: _registered": "the functions of the language",
    "expr/library.py: _zone": "a time zone, by its name",
    "ledger/clock.py: _measured": "how far this machine's clock is off, for some seconds",
    "ledger/keys.py: _derived": "a key that is derived from another",
    "ledger/keys.py: _read": "the file of keys, by its time of change",
    "ledger/rooms.py: aside": "what the program's rooms say, whatever district",
    "ledger/rooms.py: checked": "what the program's rooms say, whatever district",
    "ledger/rooms.py: digested": "what the program's rooms say, whatever district",
    "ledger/rooms.py: district_of": "what the program's rooms say, whatever district",
    "ledger/store.py: algorithm_of": "a ledger keeps for ever the hash that it began with",
    "look/clocks.py: _china": "a calendar that is shipped",
    "look/demo_sign_ins.py: demo_sign_ins": "a file of the demo, which no district loads",
    "matters/clock_state.py: limit_of": "a limit, by its text",
    "matters/proof_kept.py: _code": "the files of the program, which runs as it was started",
    "matters/proof_once.py: _complaints": "the complaints about a kind, by all that its proof looks at",
    "nouns/register.py: _added": "the nouns of other packages",
    "nouns/register.py: nouns": "the nouns of the program",
    "nouns/register.py: references": "the nouns of the program",
    "org/pack_misfit.py: _info": "what a type of a pack's file is made of",
    "org/personal/forms.py: _called": "a form of words, by itself alone",
    "org/personal/forms.py: _met": "the forms that logs take, one for each district that is served",
    "org/personal/forms.py: _pattern": "a form of numbers, by itself alone",
    "org/personal/forms.py: _telling": "a form of words, by itself alone",
    "org/roles.py: _before": "a file of the program: roles as they were before they said so themselves",
    "portal/public.py: _counting": "who counts the public figures just now",
    "portal/public.py: _kept": "figures that grow old by the clock, and older ones shown while somebody counts",
    "run/doors.py: _view": "which view answers an address",
    "worktime/calendar.py: _shipped": "a calendar that is shipped",
}
BY_FOLDER = {"reading": "what the grammar says, files of the program that no district changes", "demo": "a simulation"}
INTO = ("update", "setdefault", "append", "add", "pop", "popitem", "clear", "extend", "remove", "insert")
MUTABLE = ("dict", "list", "set", "defaultdict", "OrderedDict", "WeakKeyDictionary", "deque", "Counter")


def kept(tree: ast.Module) -> Iterator[str]:
    """The names by which a module keeps what it has worked out."""
    keepers = {
        one.asname or one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "functools"
        for one in node.names
        if one.name in ("cache", "lru_cache")
    }
    lasting = [*tree.body, *(node for one in tree.body if isinstance(one, ast.ClassDef) for node in one.body)]
    for node in lasting:
        if isinstance(node, ast.FunctionDef) and any(_names(one) & keepers for one in node.decorator_list):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _names(node.value.func) & keepers:
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield from node.names
    yield from _changed(tree)


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _changed(tree: ast.Module) -> Iterator[str]:
    """Mappings and lists of a module that its functions write into."""
    collections = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _is_mutable(node.value)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
                yield from {ast.unparse(node.value)} & collections
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in INTO:
                yield from {ast.unparse(node.func.value)} & collections


def _is_mutable(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).split("[")[0].split(".")[-1] in MUTABLE
    return isinstance(value, ast.Dict | ast.List | ast.Set)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from functools import cache\n@cache\ndef f(): ...", {"f"}),
        ("from functools import lru_cache\n@lru_cache(maxsize=1)\ndef f(): ...", {"f"}),
        ("from functools import lru_cache\nf = lru_cache(8)(g)", {"f"}),
        ("known = {}\ndef f(x):\n    known[x] = 1", {"known"}),
        ("known: dict[int, int] = {}\ndef f(x):\n    return known.setdefault(x, 1)", {"known"}),
        ("def f():\n    global seen\n    seen = 1", {"seen"}),
        ("known = {}\ndef f(x):\n    return known[x]", set()),
        ("from functools import cache\ndef f():\n    @cache\n    def g(): ...", set()),
        ("from yiwang.org.per_load import per_load\n@per_load\ndef f(asker): ...", set()),
    ],
)
def test_what_is_kept_is_found(code: str, found: set[str]) -> None:
    assert set(kept(ast.parse(code))) == found


def test_what_hangs_on_a_pack_is_kept_in_one_cache() -> None:
    found = set()
    for file in SOURCE.rglob("*.py"):
        name = file.relative_to(SOURCE).as_posix()
        if name.split("/")[0] not in BY_FOLDER:
            found |= {f"{name}: {one}" for one in kept(ast.parse(file.read_text("utf-8")))}
    assert found - KEPT.keys() == set()
    assert KEPT.keys() - found == set()
