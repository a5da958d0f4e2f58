"""Files and functions are small, no test stands on another, and a name is imported from where it stands."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "yiwang"
LONGEST = 400  # lines of a file
MEDIAN = 80  # lines of a file of `src`, those aside that only make a folder a package, and migrations
COMPLEXITY = 12  # ways through a function (McCabe); the exceptions may only become fewer
COMPLEX = {"reading/assigning.py", "reading/numbers_that_count.py", "reading/periods.py"}


def lines(folder: Path) -> dict[str, int]:
    """file -> its lines."""
    return {
        file.relative_to(ROOT).as_posix(): file.read_text("utf-8").count("\n")
        for file in folder.rglob("*.py")
        if file.name != "__init__.py"
    }


def test_no_file_is_long() -> None:
    assert {name: n for name, n in (lines(SOURCE) | lines(ROOT / "tests")).items() if n > LONGEST} == {}


def test_half_of_the_files_fit_on_a_screen() -> None:
    written = {name: n for name, n in lines(SOURCE).items() if "/migrations/" not in name}
    assert median(written.values()) < MEDIAN


def test_no_function_is_complex() -> None:
    """The linter counts; here stands that it is told to."""
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "C901" in lint["select"]
    assert lint["mccabe"]["max-complexity"] == COMPLEXITY
    assert {name for name, rules in lint["per-file-ignores"].items() if "C901" in rules} <= {
        f"src/yiwang/{name}" for name in COMPLEX
    }
    silenced = [file for file in SOURCE.rglob("*.py") if "noqa: C901" in file.read_text("utf-8")]
    assert silenced == []


def test_no_test_stands_on_another() -> None:
    """What several tests write stands in `tests/support`, or beside them in a file that is no test."""
    leaning = {
        f"{file.relative_to(ROOT)}: {node.module}"
        for file in (ROOT / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1].startswith("test_")
    }
    assert leaning == set()


SAY_NOTHING = {"found", "one", "kept", "told"}  # how a value came, and not what it is (docs/words.md)
LONG_LIVED = 3  # lines that such a name may live


def spans(function: ast.FunctionDef) -> dict[str, int]:
    """name -> over how many lines a local or parameter of a function lives, what is within a comprehension aside."""
    within = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)
    apart = {
        id(inner)
        for node in ast.walk(function)
        if isinstance(node, (*within, ast.FunctionDef)) and node is not function
        for inner in ast.walk(node)
    }
    seen: dict[str, list[int]] = {}
    for node in ast.walk(function):
        if id(node) not in apart and isinstance(node, ast.Name | ast.arg):
            seen.setdefault(node.id if isinstance(node, ast.Name) else node.arg, []).append(node.lineno)
    return {name: max(lines) - min(lines) + 1 for name, lines in seen.items()}


def test_what_lives_long_has_a_name() -> None:
    """In two or three lines anybody sees what `found` is."""
    (short,) = ast.parse("def f(one):\n    return one").body
    (long,) = ast.parse("def f():\n    found = []\n    a()\n    b()\n    return found").body
    assert isinstance(short, ast.FunctionDef)
    assert isinstance(long, ast.FunctionDef)
    assert (spans(short)["one"], spans(long)["found"]) == (2, 4)
    nameless = [
        f"{file.relative_to(SOURCE)}: {node.name}: {name}"
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        for name, lines in spans(node).items()
        if name in SAY_NOTHING and lines > LONG_LIVED
    ]
    assert nameless == []


DOORS = ("queries", "__init__")  # a room's questions and a package's names may be gathered from several files


def bound(tree: ast.Module) -> dict[str, str]:
    """name -> the module of ours that it is imported from, at the top of a file."""
    froms = (node for node in tree.body if isinstance(node, ast.ImportFrom) and not node.level)
    return {one.asname or one.name: node.module or "" for node in froms for one in node.names}


def test_a_name_is_imported_from_where_it_stands() -> None:
    """No module hands on what another defines."""
    files = {
        ".".join(file.relative_to(ROOT / "src").with_suffix("").parts): file
        for file in SOURCE.rglob("*.py")
        if file.stem not in DOORS
    }
    borrowed = {name: bound(absolute(ast.parse(file.read_text("utf-8")), name)) for name, file in files.items()}
    handed_on = set()
    for file in [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]:
        inside = file.relative_to(ROOT / "src" if file.is_relative_to(SOURCE) else ROOT).with_suffix("")
        tree = absolute(ast.parse(file.read_text("utf-8")), ".".join(inside.parts))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in borrowed:
                for one in node.names:
                    origin = borrowed[node.module].get(one.name, "")
                    if origin.startswith("yiwang") and f"{node.module}.{one.name}" not in files:
                        handed_on.add(f"{file.relative_to(ROOT)}: {node.module}.{one.name} stands in {origin}")
    assert handed_on == set()


def absolute(tree: ast.Module, module: str) -> ast.Module:
    """The tree of a module with its relative imports written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            package = module.split(".")[: -node.level]
            node.module, node.level = ".".join([*package, *([node.module] if node.module else [])]), 0
    return tree
