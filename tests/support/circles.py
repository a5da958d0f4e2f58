"""Which files of the project import one another in a circle, read from their syntax trees.

Every import counts: at the top, inside a function, and under TYPE_CHECKING. What is only hidden from the interpreter is
a circle for the reader all the same.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"


def circles(package: str) -> list[list[str]]:
    """The groups of modules of a package ("yiwang.reading") that lead back to themselves, each sorted by name."""
    return strong(imports_within(package))


def imports_within(package: str, source: Path = SOURCE) -> dict[str, set[str]]:
    """module -> the modules of the same package that it names in an import."""
    files = {name: file for file in source.rglob("*.py") if (name := _name(file, source)).startswith(package)}
    modules = {name: file for name, file in files.items() if name == package or name.startswith(f"{package}.")}
    return {name: set(_imported(name, file, modules)) - {name} for name, file in modules.items()}


def strong(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected parts of a graph that have more than one member.

    >>> strong({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})
    [['a', 'b', 'c']]
    """
    reach = {name: _reached(name, graph) for name in graph}
    parts = {tuple(sorted(other for other in reach[name] if name in reach.get(other, ()))) for name in graph}
    return [list(part) for part in sorted(parts) if len(part) > 1]


def _reached(first: str, graph: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [first]
    while waiting:
        for other in graph.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _name(file: Path, source: Path) -> str:
    parts = file.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(name: str, file: Path, modules: Mapping[str, Path]) -> Iterator[str]:
    package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{origin}.{alias.name}"
                if whole in modules:
                    yield whole
                elif origin in modules:
                    yield origin
