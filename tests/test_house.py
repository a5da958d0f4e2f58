"""The house in numbers: every package has its floor, and imports stand at the top."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "yiwang"
LATE_IMPORTS = 20


def late(tree: ast.Module) -> int:
    """Imports that do not stand at the top of the file; those for types alone are counted too."""
    return sum(isinstance(node, ast.Import | ast.ImportFrom) and node.col_offset > 0 for node in ast.walk(tree))


def test_late_imports_are_found() -> None:
    assert late(ast.parse("import a\nif T:\n    import b\ndef f():\n    from c import d\n")) == 2


def test_imports_stand_at_the_top() -> None:
    files = SOURCE.rglob("*.py")
    counts = {file.relative_to(SOURCE).as_posix(): late(ast.parse(file.read_text("utf-8"))) for file in files}
    assert sum(counts.values()) < LATE_IMPORTS, {name: n for name, n in counts.items() if n}


def test_every_package_has_its_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["type"] == "layers")
    listed = {name.strip(" ()").removeprefix("yiwang.") for floor in floors for name in floor.split("|")}
    there = {one.stem for one in SOURCE.iterdir() if one.suffix == ".py" or (one / "__init__.py").exists()}
    assert there - {"__init__"} <= listed
