"""One reader for each format: tables, encodings, numerals, dates and typed numbers are read in one place (design §2).

Read from syntax trees. Where another file reads one, the reason stands here; the lists may only become shorter.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "yiwang"
OWN = "the platform's own text comes back as it was written"


def calls(*names: str) -> Callable[[ast.Module], bool]:
    """Whether a module calls, or hands on, one of these functions, written as `csv.reader` or `strptime`."""

    def found(tree: ast.Module) -> bool:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and (node.attr in names or ast.unparse(node) in names):
                return True
            if isinstance(node, ast.ImportFrom) and any(f"{node.module}.{one.name}" in names for one in node.names):
                return True
        return False

    return found


def says(*words: str) -> Callable[[ast.Module], bool]:
    """Whether one of these words is a text of a module (its docstrings aside)."""

    def found(tree: ast.Module) -> bool:
        texts = {
            node.value.lower()
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        return bool(texts & set(words))

    return found


def counts_in_chinese(tree: ast.Module) -> bool:
    """Whether a module turns the signs of numerals into numbers: a table of signs, or one that is enumerated."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if {"一", "二"} <= keys:
                return True
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("enumerate", "str.maketrans", "dict"):
            constants = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
            if any("一二三" in str(one) for one in constants):
                return True
    return False


def guards_int(tree: ast.Module) -> bool:
    """Whether a module looks at the digits of a text before it makes a number of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.IfExp | ast.BoolOp):
            parts = list(ast.walk(node))
            asked = {one.attr for one in parts if isinstance(one, ast.Attribute)}
            made = {one.id for one in parts if isinstance(one, ast.Name)}
            if asked & {"isdigit", "isdecimal", "isnumeric"} and made & {"int", "float", "Decimal"}:
                return True
    return False


READERS: dict[str, tuple[Callable[[ast.Module], bool], str, dict[str, str]]] = {
    # what is read: (how it shows, where it is read, who else and why)
    "rows of text": (calls("csv.reader", "csv.DictReader", "csv.Sniffer"), "tables/", {}),
    "workbooks": (calls("openpyxl.load_workbook"), "tables/", {}),
    "YAML": (
        calls("yaml.load", "yaml.safe_load", "yaml.SafeLoader", "yaml.CSafeLoader"),
        "why/yaml_text.py",
        {},
    ),
    "encodings": (says("gb18030", "gbk", "gb2312", "big5", "cp950", "utf-16"), "tables/", {}),
    "numerals": (
        counts_in_chinese,
        "typed/",
        {},
    ),
    "written dates": (
        calls("strptime"),
        "typed/moments.py",
        {
            "files/photo.py": "the moment that a camera writes into a photo, in the two forms of EXIF",
            "signals/definition.py": "tries whether a format of a pack can be read back",
        },
    ),
    "ISO dates": (
        calls("fromisoformat"),
        "typed/moments.py",
        {
            "commands/demo.py": "what a developer types, with argparse's own complaint",
            "expr/operands.py": "a literal of the language, bound to its own sentence",
            "files/decoder.py": OWN,
            "goals/queries/past.py": OWN,
            "goals/store/review.py": OWN,
            "goals/table.py": OWN,
            "desk/panels.py": OWN,
            "look/times.py": OWN,
            "matters/auditing.py": OWN,
            "matters/recusal.py": OWN,
            "matters/fields/rows.py": OWN,
            "matters/fields/shown.py": OWN,
            "matters/fields/types.py": OWN,
            "matters/clock_state.py": OWN,
            "matters/disclosure.py": OWN,
            "matters/facts.py": OWN,
            "matters/panels.py": OWN,
            "matters/schema.py": OWN,
            "matters/templates.py": OWN,
            "org/asker.py": OWN,
            "why/json_form.py": OWN,
            "worktime/calendar_file.py": "a day of a calendar's file, bound to its line",
        },
    ),
    "typed numbers": (
        guards_int,
        "typed/",
        {
            "matters/panel.py": "a share as a pack writes it, 2/3, of which neither part is a number by itself",
            "run/doors.py": "the length of a request, before anything of it is read",
            "worktime/calendar_file.py": "a year of a calendar's file, bound to its line",
        },
    ),
}


def trees() -> dict[str, ast.Module]:
    files = (file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts)
    return {file.relative_to(SOURCE).as_posix(): ast.parse(file.read_text("utf-8")) for file in files}


@pytest.mark.parametrize("what", READERS)
def test_it_is_read_in_one_place(what: str) -> None:
    shows, home, others = READERS[what]
    reading = {name for name, tree in trees().items() if shows(tree) and not name.startswith("demo/")}
    assert any(name.startswith(home) for name in reading)
    elsewhere = {name for name in reading if not name.startswith(home)}
    assert elsewhere - others.keys() == set()
    assert others.keys() - elsewhere == set()
