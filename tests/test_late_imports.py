"""Tests import at the top: Django is set up before the first of them is read (`tests/conftest.py`).

An import within a function hides what a file stands on. It is for what must be late, and its line says why
(`# late: …`); for optional packages; and for files that are read before Django is set up: conftests, and what runs
without pytest, with all that these import.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EARLY = ("conftest.py", "__main__.py", "mutation.py", "measure.py", "fuzz_atheris.py")
OPTIONAL = ("atheris", "playwright", "pyspark", "xdist")
MOST = 616  # how many are left; the number may only fall


def files() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


def read_before_django() -> set[Path]:
    """Files that are read before Django is set up, and those that they import at their top."""
    found: set[Path] = set()
    waiting = [file for file in files() if file.name in EARLY or "soak" in file.parts]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += [one for one in _imported_at_the_top(file) if one.is_file()]
    return found


def _imported_at_the_top(file: Path) -> Iterator[Path]:
    for node in ast.parse(file.read_text("utf-8")).body:
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        for name in names:
            if name.startswith("tests."):
                yield ROOT.joinpath(*name.split(".")).with_suffix(".py")


def late(file: Path) -> list[int]:
    """Lines of a file that import within a function and say no reason."""
    text = file.read_text("utf-8")
    lines = text.splitlines()
    return sorted(
        {
            node.lineno
            for function in ast.walk(ast.parse(text))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
            and not _optional(node)
            and "# late: " not in lines[node.lineno - 1]
        }
    )


def _optional(node: ast.Import | ast.ImportFrom) -> bool:
    names = [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return all(name.split(".")[0] in OPTIONAL for name in names)


def test_imports_stand_at_the_top() -> None:
    early = read_before_django()
    found = [f"{file.relative_to(ROOT)}:{line}" for file in files() if file not in early for line in late(file)]
    assert len(found) <= MOST, "\n".join(found)
